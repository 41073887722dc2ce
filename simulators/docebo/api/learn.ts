import type { DateTime } from 'luxon';
import type { Profile } from '../profile';
import type { Json } from '../wire/json';
import { learnCourse, learnLocation, learnSession } from '../wire/learn-course';
import { eventsOf, sessionsOf, type TimedEvent } from '../wire/reading';
import { classroomResource, locationResource } from '../wire/resources';
import { classroomSessionRow, courseRow } from '../wire/session-row';
import { courseOf } from './course';
import { ApiError } from './api-error';
import { found, get, toRoutePath, type Call, type Endpoint } from './endpoint';

/** The learners' service, and the places. */
export function learnEndpoints({ endpoints }: Profile): Endpoint[] {
  return [
    get('/learn/v1/courses', 'courses', 'List of courses', (call) =>
      call.page('courses', Object.values(call.reading.state.courses).map(courseRow), { idPointer: '/id_course' }),
    ),
    get('/learn/v1/courses/:course_id', 'courseDetails', 'Course with its sessions', (call) => ({
      ...call.one(learnCourse(call.reading, courseOf(call))),
      permissions: [],
    })),
    get('/learn/v1/courses/:course_id/sessions', 'learnSessions', 'Sessions of a course', (call) => {
      const { id } = courseOf(call);
      const items = sessionsOf(call.reading.state, id).map((session) => learnSession(call.reading, session));
      return call.page('courseSessions', items, { ofId: id, idPointer: '/id_session' });
    }),
    get(
      '/learn/v1/courses/:course_id/classroom/session',
      'classroomSessions',
      'Sessions of a course by date',
      classroomSessions,
    ),
    get('/learn/v1/location', 'locations', 'List of locations', (call) =>
      call.page('locations', Object.values(call.reading.state.locations).map(learnLocation), {
        idPointer: '/id_location',
      }),
    ),
    get(toRoutePath(endpoints.location), 'location', 'Location details', (call) => {
      const id = call.id('location_id');
      return call.one(locationResource(call.reading, found(call.reading.state.locations[id], `Location ${id}`)));
    }),
    get(toRoutePath(endpoints.classroom), 'classroom', 'Classroom details', classroom),
  ];
}

function classroom(call: Call): Json {
  const id = call.id('classroom_id');
  const it = found(call.reading.state.classrooms[id], `Classroom ${id}`);
  if (call.has('location_id') && call.id('location_id') !== it.locationId)
    throw new ApiError(404, `Classroom ${id} not found`);
  return call.one(classroomResource(call.reading, it));
}

/** The one list that filters by date (inclusive days in UTC). Its rows stand under `sessions`. */
function classroomSessions(call: Call): Json {
  const { id } = courseOf(call);
  const from = dayOf(call, 'date_from') ?? yearOf(call, 'first');
  const to = dayOf(call, 'date_to') ?? yearOf(call, 'last');
  const sessions = sessionsOf(call.reading.state, id).filter((session) =>
    eventsOf(call.reading.state, session.id).some((timed) => isWithin(timed, from, to)),
  );
  const rows = sessions.map((session) => classroomSessionRow(call.reading, session));
  return call.page('classroomSessions', rows, { ofId: id, idPointer: '/id_session', key: 'sessions' });
}

function isWithin({ start, end }: TimedEvent, from: string, to: string): boolean {
  return utcDay(end) >= from && utcDay(start) <= to;
}

function utcDay(at: DateTime): string {
  return at.toUTC().toFormat('yyyy-MM-dd');
}

function dayOf(call: Call, name: string): string | undefined {
  const text = call.text(name);
  if (text === '') return undefined;
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) throw new ApiError(400, `${name} must be a date: YYYY-MM-DD`);
  return text.slice(0, 10);
}

function yearOf(call: Call, end: 'first' | 'last'): string {
  const year = call.text('year');
  if (end === 'first') return year === '' ? '0000-01-01' : `${year}-01-01`;
  return year === '' ? '9999-12-31' : `${year}-12-31`;
}
