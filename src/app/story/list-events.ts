import { transactionId } from '../../contract/calendar-keys';
import { NotFoundError } from '../../domain/errors';
import type { EventId, Instant } from '../../domain/model';
import type { LedgerEvent } from '../../domain/plan';
import type { SessionView } from '../open-operator';

/** One event of a session as Convoke keeps it in the calendar. */
export interface EventRow {
  readonly eventId: EventId;
  /** Immutable id in Graph; null: withdrawn. */
  readonly graphEventId: string | null;
  readonly transactionId: string;
  readonly generation: number;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** How many gave each answer; nobody is named. */
  readonly answers: Readonly<Record<string, number>>;
}

/** @param only one event. @throws NotFoundError `TEMPORAL_NO_EVENT` nothing was written for it. */
export function listEvents({ ref, workflowId, state }: SessionView, only: EventId | null = null): EventRow[] {
  const rows = Object.entries(state.ledger.events).map(([eventId, row]) => ({
    eventId,
    graphEventId: row.graphEventId,
    transactionId: transactionId({ ...ref, eventId }, row.generation),
    generation: row.generation,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    answers: countAnswers(row),
  }));
  const found = rows.filter(({ eventId }) => only === null || eventId === only);
  if (found.length > 0 || only === null) return found;
  throw new NotFoundError(`${workflowId} has no event ${only} in its ledger: nothing was written for it.`, {
    code: 'TEMPORAL_NO_EVENT',
  });
}

export function countAnswers({ answers }: Pick<LedgerEvent, 'answers'>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [response] of Object.values(answers)) counts[response] = (counts[response] ?? 0) + 1;
  return counts;
}
