import type { CalendarOutcome } from '../../contract/activities';
import type { EventRef, GraphEventId } from '../../domain/model';
import type { AddressKeys, CalendarStore } from '../../domain/ports';
import { contentChanges, writeContent, type ContentWish } from './content-changes';
import { assertSeats } from './assert-seats';
import { learnAliases } from './learn-aliases';
import { mergeAttendees, type AttendeeWish } from './merge-attendees';
import { withFreshEvent } from './with-fresh-event';

/** Brings the content of a live event to the wish by at most one PATCH. Null: the event is gone. */
export function bringContent(
  store: CalendarStore,
  graphEventId: GraphEventId,
  wish: ContentWish & EventRef,
): Promise<'updated' | 'unchanged' | null> {
  const { platform, sessionId, eventId } = wish;
  return withFreshEvent(store, graphEventId, async (event) => {
    const changes = contentChanges(event, wish);
    if (changes === null) return 'unchanged';
    // An event that was adopted carries no key; the ledger knows whose it is.
    await writeContent(store, { ...event, ref: event.ref ?? { platform, sessionId, eventId } }, changes);
    return 'updated';
  });
}

type PeopleBrought = Pick<CalendarOutcome, 'added' | 'removed' | 'aliases'>;

/** Brings the attendees of a live event to the wish by at most one PATCH of them alone. Null: the event is gone. */
export function bringAttendees(
  store: CalendarStore,
  graphEventId: GraphEventId,
  wish: AttendeeWish,
  keyOf: AddressKeys,
): Promise<PeopleBrought | null> {
  return withFreshEvent(store, graphEventId, async (event) => {
    const merge = mergeAttendees(event, wish, keyOf);
    const counts = { added: merge.added, removed: merge.removed };
    if (merge.added + merge.removed > 0) {
      if (merge.added > 0) assertSeats(merge.attendees.length, graphEventId);
      const { attendees } = await store.replaceAttendees(event, merge.attendees);
      const invited = new Set(wish.desired.map(({ address }) => keyOf(address)));
      return { ...counts, ...learnAliases(merge.attendees, attendees, keyOf, invited) };
    }
    return counts;
  });
}
