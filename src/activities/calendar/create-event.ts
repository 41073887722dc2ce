import type { CalendarOutcome, CreateCalendarEventInput } from '../../contract/activities';
import { transactionId } from '../../contract/calendar-keys';
import type { CalendarEvent, EventRef } from '../../domain/model';
import type { AddressKeys, CalendarStore, EventDraft } from '../../domain/ports';
import type { CalendarSettings } from '../../domain/settings';
import { assertSeats } from './assert-seats';
import { atTheRightTime } from './content-changes';
import { findLive, isInCalendar } from './find-live';
import { learnAliases } from './learn-aliases';
import { bringAttendees, bringContent } from './write-event';

/** So many generations are tried at a time when the calendar holds cancelled events under the earlier transaction ids. */
const MAX_GENERATIONS = 5;

/** Longer than a call and the difference of two servers' clocks; a wrong guess costs one look into the calendar. */
const CLOCK_TOLERANCE_MS = 120_000;

export interface Creation {
  readonly store: CalendarStore;
  readonly settings: CalendarSettings;
  readonly keyOf: AddressKeys;
  readonly input: CreateCalendarEventInput;
  /** True: an earlier attempt may have been carried out. */
  readonly lookFirst: boolean;
  readonly now: Date;
}

/**
 * Makes the event exist once. The transaction id makes a repeated POST harmless as long as Graph remembers it; the look-up before a
 * repeat does not depend on that. A cancelled event keeps its transaction id, so the next generation is posted then; `gone` when all
 * that were tried are cancelled.
 */
export async function createEvent(creation: Creation): Promise<CalendarOutcome> {
  const { store, input, settings, keyOf } = creation;
  const ref = { platform: input.platform, sessionId: input.sessionId, eventId: input.eventId };
  assertSeats(input.attendees.length, input.eventId);
  const adopted = creation.lookFirst ? await adoptEarlier(creation, ref) : null;
  if (adopted !== null) return adopted;

  const organiser = await store.organiserAddress();
  for (let generation = input.generation; generation < input.generation + MAX_GENERATIONS; generation++) {
    const draft = toDraft(creation, ref, { generation, organiser });
    const outcome = await store.create(draft);
    if (outcome.kind === 'duplicate') {
      const named = outcome.existingId === null ? null : await store.get(outcome.existingId);
      const live = named !== null && !named.isCancelled && (await isInCalendar(store, named));
      const found = live ? await adopt(creation, named) : await adoptEarlier(creation, ref);
      if (found !== null) return found;
      continue;
    }
    const { event } = outcome;
    // The answer is the first POST's event, whatever became of it since.
    if (event.isCancelled) continue;
    if (isOlderThanThisCall(event, creation.now) && !(await isInCalendar(store, event))) continue;
    if (!isAsDrafted(event, input)) {
      const found = await adopt(creation, event);
      if (found !== null) return found;
      continue;
    }
    const { graphEventId } = await atTheRightTime(store, event, input.schedule);
    const invited = new Set(draft.attendees.map(({ address }) => keyOf(address)));
    return {
      ...{ did: 'created', graphEventId, generation, mails: 'all', added: input.attendees.length, removed: 0 },
      ...learnAliases(draft.attendees, event.attendees, keyOf, invited),
    };
  }
  // The session records this generation as withdrawn and counts on from it.
  const last = input.generation + MAX_GENERATIONS - 1;
  return { did: 'gone', graphEventId: null, generation: last, mails: 'nobody', added: 0, removed: 0 };

  async function adoptEarlier(of: Creation, wanted: EventRef): Promise<CalendarOutcome | null> {
    const found = await findLive(store, wanted, input.schedule);
    if (found === null) return null;
    if (found.by === 'transaction' && settings.adoptStamp) await store.stamp(found.event, wanted);
    return adopt(of, found.event);
  }
}

/** Brings an event that exists already to the wish; nothing is written, and nobody gets mail, when it is there. Null: it is gone. */
async function adopt(
  { store, settings, keyOf, input }: Creation,
  event: CalendarEvent,
): Promise<CalendarOutcome | null> {
  const { graphEventId } = event;
  const content = await bringContent(store, graphEventId, input);
  if (content === null) return null;
  const { attendees: desired, aliases } = input;
  const wish = { phase: 'all', desired, aliases, remove: [], forwarded: settings.forwarded } as const;
  const people = await bringAttendees(store, graphEventId, wish, keyOf);
  if (people === null) return null;
  const mails = content === 'updated' ? 'all' : people.added + people.removed > 0 ? 'changed' : 'nobody';
  return { did: 'adopted', graphEventId, generation: event.generation ?? input.generation, mails, ...people };
}

/** True when the POST found an event of an earlier one. It may have been deleted since without mail: then it answers, uncancelled. */
function isOlderThanThisCall({ createdAt }: CalendarEvent, now: Date): boolean {
  return createdAt === null || Date.parse(createdAt) < now.getTime() - CLOCK_TOLERANCE_MS;
}

/** False for a repeated POST's event that has been changed since. Exchange may tidy texts up, so these are not compared. */
function isAsDrafted(event: CalendarEvent, input: CreateCalendarEventInput): boolean {
  const sameInvitation = event.invitationHash === null || event.invitationHash === input.invitationHash;
  return sameInvitation && event.hideAttendees === input.place.hideAttendees;
}

/** The same input gives the same draft, so that a repeated POST has the same content. */
function toDraft(
  { settings, input }: Creation,
  ref: EventRef,
  { generation, organiser }: { readonly generation: number; readonly organiser: string | null },
): EventDraft {
  const invited = input.attendees.filter(({ address }) => address.toLowerCase() !== organiser);
  return {
    ref,
    generation,
    transactionId: transactionId(ref, generation),
    invitationHash: input.invitationHash,
    subject: input.invitation.subject,
    html: input.invitation.html,
    schedule: input.schedule,
    place: input.place,
    attendees: invited.map(({ address, name }) => ({ address, name })),
    teamsMeeting: settings.teamsMeeting === 'webinars' && input.webinar,
  };
}
