import { NotFoundError } from '../../../domain/errors';
import type { EventId, SessionId } from '../../../domain/model';
import { readFirst, readFirstAs } from '../profile/json-pointers';
import type { Pointers, TenantProfile } from '../profile/profile';
import { READ } from './read-problems';
import type { EventInstructors, Reading } from './reading';
import { isObject, toId } from '../api/wire';

/** Instructors of the session as a whole, from its own answer. */
export function readSessionInstructors(reading: Reading, session: unknown, sessionId: SessionId): EventInstructors {
  const inline = readInline(session, reading.profile.fields.session.instructors, reading.profile);
  const found = inline ?? { userIds: [], faults: ['its answer holds no list (fields.session.instructors)'] };
  report(reading, { subject: 'session', id: sessionId, faults: found.faults });
  return found;
}

/**
 * Instructors of one event: the list in the event's own answer, else the endpoint `eventInstructors`. What is no list there (Docebo writes
 * counts under such keys elsewhere) does not count as one.
 */
export async function readEventInstructors(
  reading: Reading,
  event: {
    readonly item: unknown;
    readonly eventId: EventId;
    readonly sessionId: SessionId;
    readonly courseId: string;
  },
): Promise<EventInstructors> {
  const { profile, caches, notOlderThan } = reading;
  const found =
    readInline(event.item, profile.fields.event.instructors, profile) ??
    (await caches.eventInstructors.get(event.eventId, notOlderThan, () => askForInstructors(reading, event)));
  report(reading, { subject: 'event', id: event.eventId, faults: found.faults });
  return found;
}

async function askForInstructors(
  { docebo, profile }: Reading,
  event: { readonly eventId: EventId; readonly sessionId: SessionId; readonly courseId: string },
): Promise<EventInstructors> {
  try {
    const list = await docebo.list('eventInstructors', {
      event_id: event.eventId,
      session_id: event.sessionId,
      course_id: event.courseId,
    });
    const { userIds, faults } = toUserIds(list.items, profile);
    return { userIds, faults: [...faults, ...list.faults] };
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    return { userIds: [], faults: ["the profile's endpoint eventInstructors does not find it"] };
  }
}

function readInline(item: unknown, pointers: Pointers, profile: TenantProfile): EventInstructors | undefined {
  const list = readFirst(item, pointers);
  return Array.isArray(list) ? toUserIds(list, profile) : undefined;
}

function toUserIds(items: readonly unknown[], profile: TenantProfile): EventInstructors {
  const ids = items.map((item) =>
    isObject(item) ? (readFirstAs(item, profile.fields.instructor.userId, toId) ?? null) : toId(item),
  );
  const userIds = [...new Set(ids.filter((id) => id !== null))];
  const without = ids.filter((id) => id === null).length;
  return { userIds, faults: without === 0 ? [] : [`${without} without a user id (fields.instructor.userId)`] };
}

function report(
  { problems }: Reading,
  about: { readonly subject: 'session' | 'event'; readonly id: string; readonly faults: readonly string[] },
): void {
  if (about.faults.length === 0) return;
  const detail = `Instructors of ${about.subject} ${about.id} cannot be read in full: ${about.faults.join(', ')}.`;
  problems.add({ code: READ.instructorUnreadable, subject: 'instructor', id: about.id, detail });
}
