import type { Course, Session } from '../academy/model';
import type { Profile } from '../profile';
import type { Json } from '../wire/json';
import { eventsOf, sessionsOf } from '../wire/reading';
import { courseResource, enrolmentResources, eventResource, instructors, sessionResource } from '../wire/resources';
import { sessionRow, sessionsIfAny } from '../wire/session-row';
import { ApiError } from './api-error';
import { found, get, toRoutePath, type Call, type Endpoint } from './endpoint';

/** The administrators' service. */
export function courseEndpoints({ endpoints }: Profile): Endpoint[] {
  return [
    get('/course/v1/courses/:course_id', 'course', 'Course details', (call) =>
      call.one(courseResource(call.reading, courseOf(call))),
    ),
    get('/course/v1/courses/:course_id/sessions', 'courseSessions', 'Sessions of a course', courseSessions),
    get('/course/v1/courses/:course_id/enrollments', 'courseEnrollments', 'Enrollments of a course', courseEnrollments),
    get('/course/v1/sessions/:session_id', 'session', 'Session details', (call) =>
      call.one(sessionResource(call.reading, sessionOf(call))),
    ),
    get('/course/v1/sessions/:session_id/events', 'sessionEvents', 'Events of a session', sessionEvents),
    get(
      '/course/v1/sessions/:session_id/enrollments',
      'sessionEnrollments',
      'Enrollments of a session',
      sessionEnrollments,
    ),
    get(toRoutePath(endpoints.eventInstructors), 'eventInstructors', 'Instructors of an event', eventInstructors),
  ];
}

export function courseOf(call: Call): Course {
  const id = call.id('course_id');
  return found(call.reading.state.courses[id], `Course ${id}`);
}

function sessionOf(call: Call): Session {
  const id = call.id('session_id');
  return found(call.reading.state.sessions[id], `Session ${id}`);
}

/** Docebo answers 400, not 404 or an empty list, for a course of a type that cannot have sessions. */
function courseSessions(call: Call): Json {
  const course = courseOf(call);
  const sessions = sessionsIfAny(call.reading, course);
  if (sessions === undefined) throw new ApiError(400, `The course ${course.id} does not have sessions`);
  const rows = sessions.map((session) => sessionRow(call.reading, session));
  return call.page('courseSessions', rows, { ofId: course.id });
}

function sessionEvents(call: Call): Json {
  const { id } = sessionOf(call);
  const items = eventsOf(call.reading.state, id).map(({ event }) => eventResource(call.reading, event));
  const idPointer = call.reading.profile.fields.event.id[0];
  return call.page('sessionEvents', items, { ofId: id, idPointer });
}

function sessionEnrollments(call: Call): Json {
  const session = sessionOf(call);
  const idPointer = call.reading.profile.fields.enrollment.userId[0];
  const items = enrolmentResources(call.reading, session);
  return call.page('sessionEnrollments', items, { ofId: session.id, idPointer });
}

function eventInstructors(call: Call): Json {
  const id = call.id('event_id');
  const event = found(call.reading.state.events[id], `Event ${id}`);
  if (call.has('session_id') && call.id('session_id') !== event.sessionId)
    throw new ApiError(404, `Event ${id} not found`);
  const idPointer = call.reading.profile.fields.instructor.userId[0];
  const items = instructors(call.reading, event.instructorIds);
  return call.page('eventInstructors', items, { ofId: id, idPointer });
}

/** Everybody who is enrolled in any session of the course, once. Level 3 is the learner's. */
function courseEnrollments(call: Call): Json {
  const { state } = call.reading;
  const course = courseOf(call);
  const levels = call.texts('level');
  const rows = sessionsOf(state, course.id).flatMap((session) => state.enrolments[session.id] ?? []);
  const learners = new Set(rows.filter((row) => row.status !== 'inactive').map((row) => row.userId));
  const people = [...learners].map((userId) => ({ userId, level: '3' }));
  const teaching = course.instructorIds.map((userId) => ({ userId, level: '6' }));
  const items = [...people, ...teaching]
    .filter(({ level }) => levels.length === 0 || levels.includes(level))
    .map(({ userId, level }) => ({
      user_id: userId,
      username: state.users[userId]?.username ?? '',
      course_id: course.id,
      level,
      status: 'not_started',
    }));
  return call.page('courseEnrollments', items, { ofId: course.id, idPointer: '/user_id' });
}
