import { stamp, startOf, wallTimes } from '../academy/times';
import type { Classroom, Course, Enrolment, Location, Session, SessionEvent, User } from '../academy/model';
import { eventsOf, type Reading } from './reading';
import { put, type Json } from './json';

/**
 * The resources whose keys Docebo does not publish: a few are attested by public clients and stand here; the others come from the profile.
 * Nothing more is written, so that a reader who guesses finds nothing.
 */

/** `GET /course/v1/sessions/{id}`. */
export function sessionResource(reading: Reading, session: Session): Json {
  const { profile, state } = reading;
  const people = instructors(reading, session.instructorIds);
  const { rsvpOn, rsvpOff, rsvpInherit, hideOn, hideOff, hideInherit, sessionActive, sessionCancelled } =
    profile.values;
  const resource: Json = {
    id: session.id,
    name: session.name,
    course: { name: state.courses[session.courseId]?.name ?? '' },
    instructors: people,
    additional_fields: additionalFields(session),
  };
  write(resource, profile.fields.session, {
    courseId: session.courseId,
    description: session.description,
    status: session.status === 'cancelled' ? sessionCancelled[0] : sessionActive[0],
    rsvp: { inherit: rsvpInherit[0], on: rsvpOn[0], off: rsvpOff[0] }[session.rsvp],
    hideAttendees: { inherit: hideInherit[0], on: hideOn[0], off: hideOff[0] }[session.hideAttendees],
    instructors: people,
  });
  return resource;
}

/** `GET /course/v1/courses/{id}`: the administrator's view, the likely home of the RSVP switches. */
export function courseResource(reading: Reading, course: Course): Json {
  const { profile } = reading;
  const { rsvpOn, rsvpOff, hideOn, hideOff } = profile.values;
  const resource: Json = { id: course.id, name: course.name };
  write(resource, profile.fields.course, {
    rsvp: course.rsvp ? rsvpOn[0] : rsvpOff[0],
    hideAttendees: course.hideAttendees ? hideOn[0] : hideOff[0],
  });
  return resource;
}

/** An item of `GET /course/v1/sessions/{id}/events`. */
export function eventResource(reading: Reading, event: SessionEvent): Json {
  const { profile } = reading;
  const times = wallTimes(event, profile.times.eventBase);
  const resource: Json = {
    schedule: { date: times.date, time_begin: times.timeBegin, timezone: event.timezone, offset: times.offset },
  };
  write(resource, profile.fields.event, {
    id: event.id,
    name: event.name,
    description: event.description,
    timeEnd: times.timeEnd,
    locationId: event.locationId,
    classroomId: event.classroomId,
    webinarTool: event.webinarTool,
    webinarUrl: event.webinarUrl,
    instructors: instructors(reading, event.instructorIds),
  });
  return resource;
}

/** Items of `GET /course/v1/sessions/{id}/enrollments`: learners, and people with another level. */
export function enrolmentResources(reading: Reading, session: Session): Json[] {
  const rows = reading.state.enrolments[session.id] ?? [];
  const learners = rows.map((row) => enrolmentResource(reading, session.id, row, 'learner'));
  if (!reading.settings.wire.instructorsInEnrollments) return learners;
  const teaching = session.instructorIds.map((userId) =>
    enrolmentResource(
      reading,
      session.id,
      { userId, status: 'active', completed: false, enrolledAt: session.createdAt },
      'instructor',
    ),
  );
  return [...learners, ...teaching];
}

function enrolmentResource(reading: Reading, sessionId: number, row: Enrolment, level: 'learner' | 'instructor'): Json {
  const { profile, state } = reading;
  const { values } = profile;
  const user = state.users[row.userId];
  const resource: Json = {
    email: user?.email ?? '',
    firstname: user?.firstName ?? '',
    lastname: user?.lastName ?? '',
  };
  const answer = state.answers.findLast((a) => a.sessionId === sessionId && a.userId === row.userId);
  const status = {
    active: values.enrollmentActive[0],
    waiting: values.enrollmentWaiting[0],
    inactive: values.enrollmentInactive[0],
  };
  write(resource, profile.fields.enrollment, {
    userId: row.userId,
    status: status[row.status],
    level: level === 'learner' ? values.levelLearner[0] : values.levelInstructor[0],
    waiting: row.status === 'waiting' ? values.waitingTrue[0] : values.waitingFalse[0],
    rsvp: profile.rsvpWriteBack.answers[answer?.answer ?? 'none'],
  });
  return resource;
}

/** Docebo names instructors without an address: readers look the user up. */
export function instructors(reading: Reading, ids: readonly number[]): Json[] {
  return ids.map((id) => {
    const user: User | undefined = reading.state.users[id];
    const person: Json = {
      firstname: user?.firstName ?? '',
      lastname: user?.lastName ?? '',
      username: user?.username ?? '',
    };
    write(person, reading.profile.fields.instructor, { userId: id });
    return person;
  });
}

export function locationResource(reading: Reading, location: Location): Json {
  const resource: Json = { id: location.id };
  const { name, address, phone, email, direction, accommodations, otherInfo } = location;
  write(resource, reading.profile.fields.location, {
    name,
    address,
    phone,
    email,
    direction,
    accommodations,
    otherInfo,
  });
  return resource;
}

export function classroomResource(reading: Reading, classroom: Classroom): Json {
  const resource: Json = { id: classroom.id };
  const { name, details, seats, equipment, locationId } = classroom;
  write(resource, reading.profile.fields.classroom, { name, details, seats, equipment, locationId });
  return resource;
}

/** A course of a learning plan, at the profile's endpoint. */
export function planCourseResource(reading: Reading, courseId: number): Json {
  const resource: Json = { name: reading.state.courses[courseId]?.name ?? '' };
  write(resource, reading.profile.fields.learningPlanCourse, { courseId });
  return resource;
}

export function additionalFields(entity: Pick<Session, 'additionalFields'>): Json[] {
  return entity.additionalFields.map((field) => ({
    id: String(field.id),
    name: field.name,
    value: field.value,
    mandatory: false,
    type: field.type ?? 'textfield',
  }));
}

/** First begin and last end of the session's events in UTC; a session without events has no dates, in one of Docebo's spellings. */
export function sessionSpan(reading: Reading, session: Session): { start: string | null; end: string | null } {
  const events = eventsOf(reading.state, session.id);
  const first = events[0];
  if (first === undefined) return { start: emptyDate(reading, session.id), end: emptyDate(reading, session.id) };
  const ends = events.map((event) => event.end.toMillis());
  return { start: stamp(startOf(first.event).toJSDate()), end: stamp(new Date(Math.max(...ends))) };
}

function emptyDate(reading: Reading, id: number): string | null {
  const spellings = { null: null, empty: '', zero: '0000-00-00 00:00:00' };
  const { emptyDates } = reading.settings.wire;
  if (emptyDates !== 'mixed') return spellings[emptyDates];
  return Object.values(spellings)[id % 3] ?? null;
}

function write<K extends string>(
  target: Json,
  fields: Readonly<Record<K, readonly [string, ...string[]]>>,
  values: Record<K, unknown>,
): void {
  for (const key of Object.keys(values) as K[]) put(target, fields[key][0], values[key]);
}
