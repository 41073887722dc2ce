import type { EventId, GraphEventId, Instant } from '../model';
import type { LedgerEvent, SessionLedger } from '../plan';

export type LiveEvent = LedgerEvent & { readonly eventId: EventId; readonly graphEventId: GraphEventId };

/** Rows whose event stands in the calendar and has not ended, by start. Past events are left alone: cancelling them would mail people. */
export function liveFutureEvents(ledger: Pick<SessionLedger, 'events'>, now: Instant): LiveEvent[] {
  const live: LiveEvent[] = [];
  for (const [eventId, row] of Object.entries(ledger.events)) {
    if (row.graphEventId === null || isPast(row, now)) continue;
    live.push({ ...row, eventId, graphEventId: row.graphEventId });
  }
  return live.sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
}

export function isPast(event: { readonly endsAt: Instant }, now: Instant): boolean {
  return event.endsAt <= now;
}
