import { parseTransactionId } from '../../contract/calendar-keys';
import type { FindCalendarEventsInput, FoundCalendarEvents } from '../../contract/activities';
import { resolveAlias } from '../../domain/aliases';
import { ContractError } from '../../domain/errors';
import { AS_FOUND, peopleHash, placeHash } from '../../domain/ledger-hashes';
import type { AddressKey, CalendarEvent, EventId } from '../../domain/model';
import type { LedgerEvent } from '../../domain/plan';
import type { AddressKeys, CalendarStore, Digest } from '../../domain/ports';
import { matchAnswers } from '../../domain/rsvp/match-answers';
import type { CalendarSettings } from '../../domain/settings';
import type { DoceboConnectIndex } from './docebo-connect-index';
import { isInCalendar, latest } from './find-live';
import { peopleOn } from './merge-attendees';

export interface Look {
  readonly store: CalendarStore;
  readonly settings: CalendarSettings;
  readonly keyOf: AddressKeys;
  readonly digest: Digest;
  /** Where Docebo Connect's events are to be taken over. */
  readonly connect: Pick<DoceboConnectIndex, 'eventsOf'> | null;
}

/**
 * What the calendar holds of a session, as its ledger would: events that carry Convoke's keys; then those that the ledger has and that do not
 * show by them, and those that Docebo Connect made. Mails nobody.
 *
 * @throws ContractError `GRAPH_CONTRACT` an event that is the session's but of no event of it: taking it for absent would make a second one.
 */
export async function findEvents(look: Look, input: FindCalendarEventsInput): Promise<FoundCalendarEvents> {
  const { store, settings, keyOf, digest } = look;
  const { platform, sessionId, known } = input;
  const live = (await store.findBySession({ platform, sessionId })).filter((event) => !event.isCancelled);
  const own = new Set(known);
  const placedKey = (address: string): AddressKey => resolveAlias(keyOf(address), own, input.aliases);
  // Where forwarded people are dropped, they count like placed ones: their presence is a difference.
  const counts = known === null || settings.forwarded === 'drop' ? null : own;
  const placedOn = (event: CalendarEvent): AddressKey[] =>
    peopleOn(event, placedKey).filter((key) => counts === null || counts.has(key));

  const events: Record<EventId, LedgerEvent> = {};
  const surplus: FoundCalendarEvents['surplus'][number][] = [];
  const answered: FoundCalendarEvents['answered'][number][] = [];
  const present = new Set<AddressKey>();
  const enter = (eventId: EventId, event: CalendarEvent): void => {
    const people = placedOn(event);
    for (const key of people) present.add(key);
    const answers = matchAnswers(event, keyOf);
    if (answers.length > 0) answered.push({ eventId, graphEventId: event.graphEventId, answers });
    events[eventId] = {
      graphEventId: event.graphEventId,
      generation: event.generation ?? 1,
      invitationHash: event.invitationHash ?? (isForeign(event) ? AS_FOUND : ''),
      placeHash: isForeign(event) ? AS_FOUND : placeHash(digest, event),
      peopleHash: peopleHash(digest, people),
      startsAt: event.startsAt,
      endsAt: event.endsAt,
      answers: {},
    };
  };

  for (const [eventId, copies] of byEvent(live)) {
    const kept = latest(copies);
    for (const event of copies) {
      const { graphEventId, generation } = event;
      if (event === kept) enter(eventId, event);
      else surplus.push({ eventId, graphEventId, generation: generation ?? 1 });
    }
  }
  const shown = new Set(live.map((event) => event.graphEventId));
  for (const { eventId, graphEventId } of await withoutKeys(look, input)) {
    if (events[eventId] !== undefined || shown.has(graphEventId)) continue;
    const event = await store.get(graphEventId);
    if (event === null || event.isCancelled || !(await isInCalendar(store, event))) continue;
    enter(eventId, event);
    if (settings.adoptStamp && event.ref === null) await store.stamp(event, { platform, sessionId, eventId });
  }
  return { events, present: [...present], answered, surplus };
}

/** Events that may be the session's although nothing on them that can be asked for says so. The ledger's come first. */
async function withoutKeys({ connect }: Look, { sessionId, held = {} }: FindCalendarEventsInput) {
  const ledger = Object.entries(held).flatMap(([eventId, graphEventId]) =>
    graphEventId === null ? [] : [{ eventId, graphEventId }],
  );
  return [...ledger, ...(connect === null ? [] : await connect.eventsOf(sessionId))];
}

/** Made by somebody else, and never written by Convoke: nothing tells which inputs its text and place stand for. */
function isForeign({ invitationHash, transactionId }: CalendarEvent): boolean {
  return invitationHash === null && (transactionId === null || parseTransactionId(transactionId) === null);
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
