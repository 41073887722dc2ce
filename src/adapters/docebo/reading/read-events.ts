import type { EventFacts, SessionId } from '../../../domain/model';
import { readEventTimes, type EventTimes } from './event-times';
import { readEventInstructors } from './instructors';
import { readFirstAs } from '../profile/json-pointers';
import { readPlace } from './places';
import type { Pointers } from '../profile/profile';
import { READ } from './read-problems';
import type { Reading } from './reading';
import { toFilledText, toId } from '../api/wire';

export interface SessionEvents {
  readonly events: readonly EventFacts[];
  readonly complete: boolean;
  readonly instructorsComplete: boolean;
}

/** All events of a session. One without a readable id or time is reported and leaves the list incomplete. */
export async function readEvents(
  reading: Reading,
  session: { readonly sessionId: SessionId; readonly courseId: string },
): Promise<SessionEvents> {
  const { docebo, problems } = reading;
  const list = await docebo.list('sessionEvents', { session_id: session.sessionId });
  problems.addIncomplete({ subject: 'session', id: session.sessionId, list: 'The list of events' }, list.faults);
  let complete = list.faults.length === 0;
  let instructorsComplete = true;
  const events = new Map<string, EventFacts>();
  for (const item of list.items) {
    const key = readKey(reading, item, events);
    if ('fault' in key) {
      complete = false;
      problems.add({
        code: READ.eventUnreadable,
        subject: 'event',
        id: key.eventId,
        detail: `An event of session ${session.sessionId} cannot be read: ${key.fault}.`,
      });
      continue;
    }
    const instructors = await readEventInstructors(reading, { item, eventId: key.eventId, ...session });
    if (instructors.faults.length > 0) instructorsComplete = false;
    const facts = await toEvent(reading, item, key);
    events.set(key.eventId, { ...facts, instructors: instructors.userIds });
  }
  return { events: [...events.values()], complete, instructorsComplete };
}

function readKey(
  { profile }: Reading,
  item: unknown,
  known: ReadonlyMap<string, EventFacts>,
): (EventTimes & { readonly eventId: string }) | { readonly eventId: string | null; readonly fault: string } {
  const eventId = readFirstAs(item, profile.fields.event.id, toId) ?? null;
  if (eventId === null) return { eventId, fault: 'it has no id (fields.event.id)' };
  if (known.has(eventId)) return { eventId, fault: 'its id stands on the list twice' };
  return { eventId, ...readEventTimes(item, profile) };
}

async function toEvent(
  reading: Reading,
  item: unknown,
  key: EventTimes & { readonly eventId: string },
): Promise<Omit<EventFacts, 'instructors'>> {
  const fields = reading.profile.fields.event;
  const text = (pointers: Pointers): string => readFirstAs(item, pointers, toFilledText) ?? '';
  const place = await readPlace(reading, {
    eventId: key.eventId,
    locationId: readFirstAs(item, fields.locationId, toId) ?? null,
    classroomId: readFirstAs(item, fields.classroomId, toId) ?? null,
  });
  return {
    ...key,
    ...place,
    name: text(fields.name),
    description: text(fields.description),
    webinarTool: text(fields.webinarTool),
    webinarUrl: text(fields.webinarUrl),
  };
}
