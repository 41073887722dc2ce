import { canHaveSessions, type Course, type Session } from '../academy/model';
import { slug } from '../academy/slug';
import { stamp } from '../academy/times';
import { additionalFields, sessionSpan } from './resources';
import { eventsOf, sessionsOf, type Reading, type TimedEvent } from './reading';
import type { Json } from './json';

/** An item of `GET /course/v1/courses/{id}/sessions`; every key is attested, and so are the numbers written as strings. */
export function sessionRow(reading: Reading, session: Session): Json {
  const events = eventsOf(reading.state, session.id);
  const rows = reading.state.enrolments[session.id] ?? [];
  const span = sessionSpan(reading, session);
  return {
    id: session.id,
    code: session.code,
    name: session.name,
    uid_session: session.uid,
    date_start: span.start,
    date_end: span.end,
    hours: hoursAndMinutes(events),
    events: String(events.length),
    events_with_sync_failed: '0',
    instructors: String(session.instructorIds.length),
    instructors_emails_number: session.instructorIds.length,
    waiting: String(rows.filter((row) => row.status === 'waiting').length),
    enrolled: String(rows.filter((row) => row.status === 'active').length),
    max_enroll: String(session.maxEnroll),
    created_by: '13000',
    externally_managed: false,
    attendance_type: attendanceType(events),
    attendance_details: attendanceDetails(rows.length, events),
    location: firstLocation(reading, events),
    additional_fields: additionalFields(session),
  };
}

/** An item of `GET /learn/v1/courses`. */
export function courseRow(course: Course): Json {
  return {
    id_course: String(course.id),
    name: course.name,
    code: course.code,
    uidCourse: `C${course.id.toString(36).toUpperCase()}`,
    slug_name: slug(course.name),
    course_type: course.type,
    date_last_updated: stamp(course.updatedAt),
    start_date: null,
    end_date: '0000-00-00',
    category: { id: '1', name: course.category },
    language: course.language,
  };
}

/** A row of `GET /learn/v1/courses/{id}/classroom/session`: the one list that filters by date. */
export function classroomSessionRow(reading: Reading, session: Session): Json {
  const events = eventsOf(reading.state, session.id);
  return {
    id_session: session.id,
    name: session.name,
    date_begin: sessionSpan(reading, session).start,
    dates: events.map(({ event, start, end }) => {
      const zone = reading.profile.times.eventBase === 'utc' ? 'utc' : event.timezone;
      return {
        day: start.setZone(zone).toFormat('yyyy-MM-dd'),
        name: event.name,
        time_begin: start.setZone(zone).toFormat('HH:mm:ss'),
        time_end: end.setZone(zone).toFormat('HH:mm:ss'),
        timezone: event.timezone,
      };
    }),
  };
}

export function attendanceType(events: readonly TimedEvent[]): 'onsite' | 'online' | 'blended' {
  const online = events.filter(({ event }) => event.webinarTool !== null).length;
  if (online === 0) return 'onsite';
  return online === events.length ? 'online' : 'blended';
}

/** Sessions of a course, or undefined for one that cannot have any. */
export function sessionsIfAny(reading: Reading, course: Course): Session[] | undefined {
  return canHaveSessions(course) ? sessionsOf(reading.state, course.id) : undefined;
}

function attendanceDetails(people: number, events: readonly TimedEvent[]): Json {
  const type = attendanceType(events);
  return { onsite: type === 'online' ? 0 : people, online: type === 'online' ? people : 0, flexible: 0 };
}

function firstLocation(reading: Reading, events: readonly TimedEvent[]): Json | null {
  const ids = new Set(events.flatMap(({ event }) => event.locationId ?? []));
  const [first] = ids;
  const location = first === undefined ? undefined : reading.state.locations[first];
  if (location === undefined) return null;
  return { id: location.id, name: location.name, address: location.address, count: ids.size };
}

function hoursAndMinutes(events: readonly TimedEvent[]): string {
  const minutes = events.reduce((sum, { start, end }) => sum + end.diff(start).as('minutes'), 0);
  return `${Math.floor(minutes / 60)}:${String(Math.round(minutes % 60)).padStart(2, '0')}`;
}
