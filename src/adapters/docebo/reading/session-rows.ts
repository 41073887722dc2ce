import { canonical } from '../../../domain/ledger-hashes';
import type { CourseId, Instant } from '../../../domain/model';
import type { CourseRow, SessionRow } from '../../../domain/sweep/session-row';
import { readFirst } from '../profile/json-pointers';
import type { TenantProfile } from '../profile/profile';
import { classify } from '../profile/value-lists';
import { isObject, toCount, toId, toText, toUtcDate, type JsonObject } from '../api/wire';

/** Of a type that cannot have sessions; the others seen are `classroom` and, from before 2022, `webinar`. */
const WITHOUT_SESSIONS = 'elearning';

/** An item of the list of courses: its keys are seen in public clients. Null: it names no course. */
export function toCourseRow(item: unknown, { fields, values }: TenantProfile): CourseRow | null {
  const courseId = isObject(item) ? (toId(item['id_course']) ?? toId(item['id']) ?? toId(item['course_id'])) : null;
  if (!isObject(item) || courseId === null) return null;
  const rsvp = readFirst(item, fields.course.rsvp);
  const position = rsvp === undefined ? undefined : classify(rsvp, { on: values.rsvpOn, off: values.rsvpOff });
  const { name, code, course_type, date_last_updated } = item;
  return {
    courseId,
    mayHaveSessions: toText(course_type).toLowerCase() !== WITHOUT_SESSIONS,
    rsvp: position === undefined ? null : position === 'on',
    details: canonical({ name, code, date_last_updated, rsvp, hide: readFirst(item, fields.course.hideAttendees) }),
  };
}

/**
 * An item of a course's session list. Counters come as strings, dates as zeros. Switches and texts that the profile finds in a session's own
 * answer are looked for here too: a tenant's rows may show them. Null: it names no session.
 */
export function toSessionRow(
  item: unknown,
  { courseId, profile: { fields, values } }: { readonly courseId: CourseId; readonly profile: TenantProfile },
): SessionRow | null {
  const sessionId = isObject(item) ? (toId(item['id']) ?? toId(item['id_session'])) : null;
  if (!isObject(item) || sessionId === null) return null;
  const rsvp = readFirst(item, fields.session.rsvp);
  const lists = { on: values.rsvpOn, off: values.rsvpOff, inherit: values.rsvpInherit };
  return {
    sessionId,
    courseId,
    name: toText(item['name']),
    startsAt: toInstant(item['date_start']),
    endsAt: toInstant(item['date_end']),
    events: toCount(item['events']),
    enrolled: toCount(item['enrolled']),
    waiting: toCount(item['waiting']),
    instructors: toCount(item['instructors']),
    length: toLength(item['hours']),
    rsvp: rsvp === undefined ? null : (classify(rsvp, lists) ?? null),
    details: canonical({
      attendance: item['attendance_type'],
      location: toPlace(item['location']),
      fields: toFieldValues(item['additional_fields']),
      status: readFirst(item, fields.session.status),
      hide: readFirst(item, fields.session.hideAttendees),
      description: readFirst(item, fields.session.description),
    }),
  };
}

function toInstant(value: unknown): Instant | null {
  return toUtcDate(value)?.toISOString() ?? null;
}

/** `8:45` hours and minutes. */
function toLength(value: unknown): number | null {
  const [, hours, minutes] = /^(\d+):(\d{2})$/.exec(toText(value).trim()) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}

function toPlace(value: unknown): JsonObject | null {
  if (!isObject(value)) return null;
  const { id, name, address, count } = value;
  return { id, name, address, count };
}

/** Values alone, by id: the order in which fields are listed says nothing. */
function toFieldValues(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter(isObject)
    .map((field) => canonical([field['id'], field['value']]))
    .sort();
}
