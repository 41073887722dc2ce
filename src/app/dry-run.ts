import { doceboQueue, graphQueue } from '../contract/queues';
import { describePlan, type PlannedChange } from '../domain/describe-plan';
import { createEmptyLedger } from '../domain/empty-ledger';
import { NotFoundError } from '../domain/errors';
import type { AddressKey, SessionRef } from '../domain/model';
import type { SessionLedger, SessionPlan } from '../domain/plan';
import type { Operator } from '../temporal/operator/operator';
import type { QueueReads } from '../temporal/queues/queue-reads';

/** What a session would do now. Holds the names and addresses of those who would get mail: see `toDryRunReport`. */
export interface DryRun {
  readonly plan: SessionPlan;
  readonly changes: readonly PlannedChange[];
  /** Events in the calendar that a workflow to come would adopt; null: its workflow runs, and knows its events. */
  readonly adopted: number | null;
  readonly via: 'worker' | 'here';
}

/** A dry run in ids, counts and codes. */
export interface DryRunReport
  extends Pick<DryRun, 'adopted' | 'via'>, Pick<SessionPlan, 'position' | 'counts' | 'problems' | 'readProblems'> {
  readonly session: SessionRef;
  readonly changes: readonly ReportedChange[];
}

/** How many get which mail, instead of who. */
interface ReportedChange extends Omit<PlannedChange, 'invitations' | 'updates'> {
  readonly invitations: number;
  readonly updates: number;
}

/**
 * What the session would do now. Writes nothing. Without a workflow the calendar is looked through as its first cycle would, and what is found
 * there counts as the ledger.
 *
 * @param ledger of `readLedger`.
 */
export async function dryRun(
  reads: Pick<QueueReads, 'read'>,
  input: { readonly ref: SessionRef; readonly ledger: SessionLedger | null; readonly now: Date },
): Promise<DryRun> {
  const { ref, now } = input;
  const ask = async (ledger: SessionLedger) =>
    reads.read(doceboQueue(ref.platform), 'planSession', {
      ...ref,
      ledger,
      notOlderThan: now.toISOString(),
      evenIfFrozen: true,
    });

  if (input.ledger !== null) {
    const { result, via } = await ask(input.ledger);
    const placed = [...Object.values(input.ledger.people).map((p) => p.addressKey), ...input.ledger.departed];
    return { plan: result.plan, changes: describePlan(result.plan, input.ledger, new Set(placed)), adopted: null, via };
  }
  const empty = createEmptyLedger();
  const first = await ask(empty);
  for (const mailbox of first.result.mailboxes) {
    const { result: found } = await reads.read(graphQueue(mailbox), 'lookForEvents', { ...ref, mailbox, known: null });
    const adopted = Object.keys(found.events).length;
    if (adopted === 0) continue;
    const ledger: SessionLedger = { ...empty, mailbox, events: found.events, departed: [...found.present] };
    const { result, via } = await ask(ledger);
    const placed: ReadonlySet<AddressKey> = new Set(found.present);
    return { plan: result.plan, changes: describePlan(result.plan, ledger, placed), adopted, via };
  }
  const { plan } = first.result;
  return { plan, changes: describePlan(plan, empty, new Set()), adopted: 0, via: first.via };
}

/**
 * Null: no workflow of it runs, and one to come would begin with the calendar. A workflow that does not answer is an error: without its ledger
 * everything would look new.
 */
export async function readLedger(operator: Pick<Operator, 'session'>, ref: SessionRef): Promise<SessionLedger | null> {
  try {
    const { state, execution } = await operator.session(ref);
    if (execution !== 'running') return null;
    return { ...state.ledger, courseId: state.ledger.courseId ?? state.courseId };
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

export function toDryRunReport(ref: SessionRef, { plan, changes, adopted, via }: DryRun): DryRunReport {
  const { position, counts, problems, readProblems } = plan;
  return {
    session: ref,
    position,
    counts,
    adopted,
    via,
    changes: changes.map(({ invitations, updates, ...change }) => ({
      ...change,
      invitations: invitations.length,
      updates: updates.length,
    })),
    problems,
    readProblems,
  };
}
