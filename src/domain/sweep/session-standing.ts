import type { CourseId, Instant, MailboxKey, SessionId } from '../model';
import type { LedgerEvent, SessionLedger, SwitchPosition } from '../plan';

/** A running workflow as Temporal's list shows it. The list may lag behind by seconds: good for finding candidates. */
export interface SessionStanding {
  readonly status: 'pending' | 'in_sync' | 'error' | 'held' | 'off' | 'closed';
  readonly courseId: CourseId | null;
  /** Start of the present run. */
  readonly startedAt: Instant;
}

export type Standings = ReadonlyMap<SessionId, SessionStanding>;

/** What a workflow says of itself when it is asked. */
export interface SessionInspection {
  readonly position: SwitchPosition | 'unknown';
  /** Hints wait, or a plan is under way: it will have read Docebo anew before long. */
  readonly busy: boolean;
  readonly held: boolean;
  readonly failingSince: Instant | null;
  readonly lastPlanAt: Instant | null;
  /** As Docebo had it at the last plan. */
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly events: number;
  readonly learners: number;
  readonly mailbox: MailboxKey | null;
  readonly ledger: LedgerNumbers;
}

/** Seats in the calendar: `learners` on each of `live` events; `ended` ones are over. */
export interface LedgerNumbers {
  readonly learners: number;
  readonly live: number;
  readonly ended: number;
}

/** The part of a session's state that `inspectSession` reads. */
export interface InspectableState {
  readonly position: SwitchPosition | 'unknown';
  readonly inbox: { readonly count: number };
  readonly busy: boolean;
  readonly held: object | null;
  readonly failures: readonly { readonly since: Instant }[];
  readonly lastPlanAt: Instant | null;
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly counts: { readonly events: number; readonly learners: number };
  readonly ledger: Pick<SessionLedger, 'people' | 'events' | 'mailbox'>;
}

export function inspectSession(state: InspectableState, now: Instant): SessionInspection {
  const { position, inbox, busy, held, failures, lastPlanAt, startsAt, endsAt, counts, ledger } = state;
  return {
    position,
    busy: busy || inbox.count > 0,
    held: held !== null,
    failingSince: failures.map((f) => f.since).sort()[0] ?? null,
    lastPlanAt,
    startsAt,
    endsAt,
    events: counts.events,
    learners: counts.learners,
    mailbox: ledger.mailbox,
    ledger: measureLedger(ledger, now),
  };
}

function measureLedger(ledger: InspectableState['ledger'], now: Instant): LedgerNumbers {
  const rows: LedgerEvent[] = Object.values(ledger.events);
  return {
    learners: Object.values(ledger.people).filter((p) => p.role === 'learner').length,
    live: rows.filter((row) => row.graphEventId !== null && row.endsAt > now).length,
    ended: rows.filter((row) => row.endsAt <= now).length,
  };
}
