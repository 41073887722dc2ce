import type { Course, Location, Session } from '../academy/model';
import { slug } from '../academy/slug';
import { wallTimes } from '../academy/times';
import { attendanceType } from './session-row';
import { additionalFields, sessionSpan } from './resources';
import { eventsOf, sessionsOf, type Reading, type TimedEvent } from './reading';
import type { Json } from './json';

/** `data` of `GET /learn/v1/courses/{id}`, the learner's view of a course with all its sessions. Every key is attested. */
export function learnCourse(reading: Reading, course: Course): Json {
  const plans = Object.values(reading.state.learningPlans).filter((plan) => plan.courseIds.includes(course.id));
  return {
    id: course.id,
    name: course.name,
    code: course.code,
    uidCourse: `C${course.id.toString(36).toUpperCase()}`,
    slug_name: slug(course.name),
    description: course.description,
    short_description: course.shortDescription,
    lang_code: course.language,
    type: course.type,
    is_published: course.isPublished,
    status: course.isPublished ? 2 : 0,
    course_date_start: null,
    course_date_end: '0000-00-00',
    instructors: people(reading, course.instructorIds),
    additional_fields: additionalFields(course),
    learningplans: plans.map((plan) => ({ id: plan.id })),
    enrollment_policy: 2,
    category: { id: 1, name: course.category },
    can_manage_course: reading.settings.rights.level !== 'user',
    sessions: sessionsOf(reading.state, course.id).map((session) => learnSession(reading, session)),
  };
}

export function learnSession(reading: Reading, session: Session): Json {
  const events = eventsOf(reading.state, session.id);
  const rows = reading.state.enrolments[session.id] ?? [];
  const span = sessionSpan(reading, session);
  return {
    id_session: session.id,
    uid_session: session.uid,
    name: session.name,
    slug_name: slug(session.name),
    description: session.description,
    start_date: span.start,
    end_date: span.end,
    last_subscription_date: null,
    min_enroll: 0,
    max_enroll: session.maxEnroll,
    attendance_type: attendanceType(events),
    is_instructor: false,
    is_session_instructor: false,
    is_event_instructor: false,
    enrolled: {
      total: rows.filter((row) => row.status === 'active').length,
      waiting: rows.filter((row) => row.status === 'waiting').length,
    },
    instructors: people(reading, session.instructorIds),
    dates: events.map((timed) => learnDate(reading, timed)),
    locations: locationsOf(reading, events).map(learnLocation),
    additional_fields: additionalFields(session),
    evaluation_type: 1,
    webinar_session_id: null,
  };
}

function learnDate(reading: Reading, { event, start, end }: TimedEvent): Json {
  const times = wallTimes(event, reading.profile.times.eventBase);
  const hours = end.diff(start).as('hours');
  return {
    id_date: event.id,
    date: times.date,
    name: event.name,
    description: event.description,
    start_hour: times.timeBegin,
    end_hour: times.timeEnd,
    timezone: event.timezone,
    gmt: times.offset,
    duration: hours,
    effective_duration: hours * 60,
    id_location: event.locationId,
    id_classroom: event.classroomId,
    classroom_name: event.classroomId === null ? '' : (reading.state.classrooms[event.classroomId]?.name ?? ''),
    webinar_tool: event.webinarTool,
    collaboration_tool: null,
    instructors: people(reading, event.instructorIds),
  };
}

export function learnLocation(location: Location): Json {
  return {
    id_location: location.id,
    name: location.name,
    address: location.address,
    id_country: 1,
    name_country: location.country,
    iso_code_country: '',
    id_zone: 0,
    telephone: location.phone,
    email: location.email,
    reaching_info: location.direction,
    accommodation: location.accommodations,
    other_info: location.otherInfo,
  };
}

function locationsOf(reading: Reading, events: readonly TimedEvent[]): Location[] {
  const ids = new Set(events.flatMap(({ event }) => event.locationId ?? []));
  return [...ids].flatMap((id) => reading.state.locations[id] ?? []);
}

/** Instructors as learners see them: without an address. */
function people(reading: Reading, ids: readonly number[]): Json[] {
  return ids.map((id) => {
    const user = reading.state.users[id];
    return {
      instructor_id: id,
      username: user?.username ?? '',
      firstname: user?.firstName ?? '',
      lastname: user?.lastName ?? '',
      avatar_url: '',
    };
  });
}
