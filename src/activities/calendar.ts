import type {
  CalendarOutcome,
  CancelCalendarEventInput,
  CreateCalendarEventInput,
  FindCalendarEventsInput,
  FoundCalendarEvents,
  UpdateAttendeesInput,
  UpdateCalendarEventInput,
} from '../contract/activities';
import { InputError } from '../domain/errors';
import type { EventRef, MailboxKey, PlatformKey } from '../domain/model';
import type { AddressKeys, CalendarStore, Clock, Digest } from '../domain/ports';
import type { PlatformSettings } from '../domain/settings';
import { assertGone } from './calendar/assert-gone';
import { assertSeats } from './calendar/assert-seats';
import { createEvent } from './calendar/create-event';
import type { DoceboConnectIndex } from './calendar/docebo-connect-index';
import { findEvents } from './calendar/find-events';
import { isInCalendar } from './calendar/find-live';
import { withFreshEvent } from './calendar/with-fresh-event';
import { bringAttendees, bringContent } from './calendar/write-event';

export interface CalendarPorts {
  readonly storeOf: (mailbox: MailboxKey) => CalendarStore;
  readonly settingsOf: (platform: PlatformKey) => Pick<PlatformSettings, 'calendar'>;
  readonly keyOf: AddressKeys;
  readonly digest: Digest;
  readonly clock: Clock;
  /** Number of the running attempt of this activity, from 1. */
  readonly attempt: () => number;
  /** Docebo Connect's events in a mailbox, for platforms that take them over from it; absent or null: none are looked for. */
  readonly doceboConnectOf?: (platform: PlatformKey, mailbox: MailboxKey) => DoceboConnectIndex | null;
}

export interface CalendarActivities {
  /** What the calendar holds of the session: for adoption, resync and sweep. Writes nothing but Convoke's keys, where `adoptStamp` says so. */
  findCalendarEvents(input: FindCalendarEventsInput): Promise<FoundCalendarEvents>;
  createCalendarEvent(input: CreateCalendarEventInput): Promise<CalendarOutcome>;
  /** Time, place and text. Everybody on the event gets an update when something differs. */
  updateCalendarEvent(input: UpdateCalendarEventInput): Promise<CalendarOutcome>;
  /** The attendee list alone. Only those added or taken off get mail. */
  updateAttendees(input: UpdateAttendeesInput): Promise<CalendarOutcome>;
  /** Sends the cancellation to everybody on the event. */
  cancelCalendarEvent(input: CancelCalendarEventInput): Promise<CalendarOutcome>;
}

/**
 * The writes into calendars, on the queue of their mailbox. Each carries the desired state: a repeat finds it there and mails nobody.
 * None ever has two requests open. Errors: the domain's, with `GRAPH_*` and `ENTRA_*` codes.
 */
export function createCalendarActivities(ports: CalendarPorts): CalendarActivities {
  return {
    findCalendarEvents(input) {
      const settings = ports.settingsOf(input.platform).calendar;
      const connect = ports.doceboConnectOf?.(input.platform, input.mailbox) ?? null;
      return findEvents({ ...ports, store: ports.storeOf(input.mailbox), settings, connect }, input);
    },

    createCalendarEvent(input) {
      return createEvent({
        store: ports.storeOf(input.mailbox),
        settings: ports.settingsOf(input.platform).calendar,
        keyOf: ports.keyOf,
        input,
        lookFirst: ports.attempt() > 1 || input.lookFirst === true,
        now: ports.clock.now(),
      });
    },

    async updateCalendarEvent(input) {
      const store = ports.storeOf(input.mailbox);
      const did = await bringContent(store, input.graphEventId, input);
      return did === null ? gone(store, input) : outcome(input, { did, mails: did === 'updated' ? 'all' : 'nobody' });
    },

    async updateAttendees(input) {
      const { attendees: desired, aliases, phase, remove, graphEventId } = input;
      assertSeats(desired.length, input.eventId);
      const { forwarded } = ports.settingsOf(input.platform).calendar;
      const wish = { phase, desired, aliases, remove, forwarded };
      const store = ports.storeOf(input.mailbox);
      const people = await bringAttendees(store, graphEventId, wish, ports.keyOf);
      if (people === null) return gone(store, input);
      const changed = people.added + people.removed > 0;
      return outcome(input, {
        did: changed ? 'updated' : 'unchanged',
        mails: changed ? 'changed' : 'nobody',
        ...people,
      });
    },

    async cancelCalendarEvent(input) {
      const store = ports.storeOf(input.mailbox);
      const { cancelComment } = ports.settingsOf(input.platform).calendar;
      const cancelled = await withFreshEvent(store, input.graphEventId, async (event) => {
        try {
          await store.cancel(event, cancelComment);
          return true;
        } catch (error) {
          // Deleted by hand without ever having had attendees: still there under its id, and refused.
          if (error instanceof InputError && !(await isInCalendar(store, event))) return false;
          throw error;
        }
      });
      return cancelled === true ? outcome(input, { did: 'cancelled', mails: 'all' }) : gone(store, input);
    },
  };
}

type Target = Pick<UpdateCalendarEventInput, 'graphEventId' | 'generation'>;

function outcome(
  { graphEventId, generation }: Target,
  what: Pick<CalendarOutcome, 'did' | 'mails'> & Partial<Pick<CalendarOutcome, 'added' | 'removed' | 'aliases'>>,
): CalendarOutcome {
  return { graphEventId, generation, added: 0, removed: 0, ...what };
}

async function gone(store: CalendarStore, input: Target & EventRef): Promise<CalendarOutcome> {
  const { platform, sessionId, eventId, graphEventId, generation } = input;
  await assertGone(store, { platform, sessionId, eventId }, graphEventId);
  return { did: 'gone', graphEventId: null, generation, mails: 'nobody', added: 0, removed: 0 };
}
