import { parseTransactionId } from '../../contract/calendar-keys';
import type { CalendarEvent, EventRef } from '../../domain/model';
import type { EventSchedule } from '../../domain/plan';
import type { CalendarStore } from '../../domain/ports';

const DAY_MS = 86_400_000;

export interface FoundEvent {
  readonly event: CalendarEvent;
  /** How it was found; only those found by `transaction` lack our extended properties. */
  readonly by: 'property' | 'transaction';
}

/**
 * The live event that an earlier attempt with unknown outcome left: by extended property, then by transaction id over the schedule's
 * days (Graph has no filter on it). Of several the latest generation.
 */
export async function findLive(
  store: CalendarStore,
  ref: EventRef,
  schedule: EventSchedule,
): Promise<FoundEvent | null> {
  const stamped = latest((await store.findByEvent(ref)).filter((event) => !event.isCancelled));
  if (stamped !== null) return { event: stamped, by: 'property' };
  const around = await store.listBetween(daysAround(schedule));
  const ours = latest(around.filter((event) => !event.isCancelled && isOurs(event, ref)));
  return ours === null ? null : { event: ours, by: 'transaction' };
}

/** Whether the event lies in the calendar: one that was deleted without a cancellation still answers to its id, as if it lived. */
export async function isInCalendar(store: CalendarStore, event: CalendarEvent): Promise<boolean> {
  const around = await store.listBetween(daysAround(event));
  return around.some(({ graphEventId }) => graphEventId === event.graphEventId);
}

export function latest(events: readonly CalendarEvent[]): CalendarEvent | null {
  return events.reduce<CalendarEvent | null>(
    (best, event) => (best === null || (event.generation ?? 0) > (best.generation ?? 0) ? event : best),
    null,
  );
}

function isOurs(event: CalendarEvent, ref: EventRef): boolean {
  const parsed = event.transactionId === null ? null : parseTransactionId(event.transactionId);
  if (parsed === null) return false;
  const { platform, sessionId, eventId } = parsed.ref;
  return platform === ref.platform && sessionId === ref.sessionId && eventId === ref.eventId;
}

function daysAround({ startsAt, endsAt }: Pick<EventSchedule, 'startsAt' | 'endsAt'>) {
  return {
    from: new Date(Date.parse(startsAt) - DAY_MS).toISOString(),
    to: new Date(Date.parse(endsAt) + DAY_MS).toISOString(),
  };
}
