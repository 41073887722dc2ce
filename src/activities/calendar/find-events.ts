import type { FindCalendarEventsInput, FoundCalendarEvents } from '../../contract/activities';
import { ContractError } from '../../domain/errors';
import { peopleHash, placeHash } from '../../domain/ledger-hashes';
import type { AddressKey, CalendarEvent, EventId } from '../../domain/model';
import type { LedgerEvent } from '../../domain/plan';
import type { AddressKeys, CalendarStore, Digest } from '../../domain/ports';
import type { CalendarSettings } from '../../domain/settings';
import { latest } from './find-live';
import { peopleOn } from './merge-attendees';

/**
 * What the calendar holds of a session, as its ledger would. Writes nothing.
 *
 * @throws ContractError `GRAPH_CONTRACT` an event that is the session's but of no event of it: taking it for absent would make a second one.
 */
export async function findEvents(
  {
    store,
    settings,
    keyOf,
    digest,
  }: { store: CalendarStore; settings: CalendarSettings; keyOf: AddressKeys; digest: Digest },
  { platform, sessionId, known }: FindCalendarEventsInput,
): Promise<FoundCalendarEvents> {
  const live = (await store.findBySession({ platform, sessionId })).filter((event) => !event.isCancelled);
  // Where forwarded people are dropped, they count like placed ones: their presence is a difference.
  const counts = known === null || settings.forwarded === 'drop' ? null : new Set(known);
  const placedOn = (event: CalendarEvent): AddressKey[] =>
    peopleOn(event, keyOf).filter((key) => counts === null || counts.has(key));

  const events: Record<EventId, LedgerEvent> = {};
  const surplus: FoundCalendarEvents['surplus'][number][] = [];
  const present = new Set<AddressKey>();
  for (const [eventId, copies] of byEvent(live)) {
    const kept = latest(copies);
    for (const event of copies) {
      const { graphEventId, generation } = event;
      if (event !== kept) {
        surplus.push({ eventId, graphEventId, generation: generation ?? 1 });
        continue;
      }
      const people = placedOn(event);
      for (const key of people) present.add(key);
      events[eventId] = {
        graphEventId,
        generation: generation ?? 1,
        invitationHash: event.invitationHash ?? '',
        placeHash: placeHash(digest, event),
        peopleHash: peopleHash(digest, people),
        startsAt: event.startsAt,
        endsAt: event.endsAt,
        answers: {},
      };
    }
  }
  return { events, present: [...present], surplus };
}

function byEvent(events: readonly CalendarEvent[]): Map<EventId, CalendarEvent[]> {
  const groups = new Map<EventId, CalendarEvent[]>();
  for (const event of events) {
    if (event.ref === null) {
      throw new ContractError(
        `Event ${event.graphEventId} carries the session's key but none of its events': delete it in Outlook or restore its key`,
        { code: 'GRAPH_CONTRACT', context: { graphEventId: event.graphEventId } },
      );
    }
    const { eventId } = event.ref;
    groups.set(eventId, [...(groups.get(eventId) ?? []), event]);
  }
  return groups;
}
