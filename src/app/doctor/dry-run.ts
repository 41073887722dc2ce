import { doceboQueue, graphQueue } from '../../contract/queues';
import { describePlan, type PlannedChange } from '../../domain/describe-plan';
import { createEmptyLedger } from '../../domain/empty-ledger';
import type { AddressKey, SessionRef } from '../../domain/model';
import type { SessionLedger, SessionPlan } from '../../domain/plan';
import type { QueueReads } from '../../temporal/queues/queue-reads';

export interface DryRun {
  readonly plan: SessionPlan;
  readonly changes: readonly PlannedChange[];
  /** Events in the calendar that a workflow to come would adopt; null: the session has a workflow, which knows its events. */
  readonly adopted: number | null;
  readonly via: 'worker' | 'here';
}

/**
 * What the session would do now. Writes nothing. Without a workflow the calendar is looked through as its first cycle would, and what is found
 * there counts as the ledger.
 */
export async function dryRun(
  reads: QueueReads,
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
