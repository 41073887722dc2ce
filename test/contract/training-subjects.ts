import { AccessError } from '../../src/domain/errors';
import type { Override, SessionFacts } from '../../src/domain/model';
import type { TrainingSource } from '../../src/domain/ports';
import { FakeTrainingSource } from '../fakes/fake-training-source';
import { aLearner, anEvent, someFacts } from '../support/builders';
import { DoceboRig, PROFILES, type ProfileName } from './docebo-rig';

export interface NewSession {
  readonly rsvp?: Override;
  readonly hideAttendees?: Override;
  readonly instructors?: readonly string[];
  /** 09:00 to 17:00 in Rome on these dates, `YYYY-MM-DD`. */
  readonly dates?: readonly string[];
  /** Who teaches on each of them. */
  readonly eventInstructors?: readonly string[];
}

/** A training source and the hand of an administrator who changes what it reads. Ids are strings. */
export interface Subject {
  readonly source: TrainingSource;
  now(): string;
  addPeople(count: number): readonly string[];
  addCourse(over?: { readonly rsvp?: boolean; readonly hideAttendees?: boolean; readonly elearning?: boolean }): string;
  changeCourse(courseId: string, changes: { readonly name?: string; readonly rsvp?: boolean }): void;
  addSession(courseId: string, over?: NewSession): { readonly sessionId: string; readonly eventIds: readonly string[] };
  setStatus(sessionId: string, status: 'active' | 'cancelled'): void;
  removeEvent(sessionId: string, eventId: string): void;
  enrol(sessionId: string, userIds: readonly string[], status?: 'active' | 'waiting'): void;
  /** Takes them off the list, or leaves them on it as inactive. */
  unenrol(sessionId: string, userIds: readonly string[], how?: 'off' | 'inactive'): void;
  deleteSession(sessionId: string): void;
  deleteCourse(courseId: string): void;
  addPlan(courseIds: readonly string[]): string;
  /** From now on the course's session list lacks an item without saying so. */
  spoilSessionList(courseId: string): void;
  setLevel(level: 'godadmin' | 'power_user'): void;
  /** From now on every read but the self-test is refused. */
  refuseAccess(): void;
  close(): Promise<void>;
}

export const subjects: readonly (readonly [string, () => Promise<Subject>])[] = [
  ['the fake', () => Promise.resolve(aFake())],
  ...PROFILES.map((profile) => [`Docebo by ${profile}`, () => aDocebo(profile)] as const),
];

async function aDocebo(profile: ProfileName): Promise<Subject> {
  const rig = await DoceboRig.start({ profile });
  return {
    source: rig.source,
    now: () => rig.now(),
    close: () => rig.close(),
    addPeople(count) {
      const users = Array.from({ length: count }, (_, i) => ({
        firstName: 'User',
        lastName: String(i + 1),
        email: `user${i + 1}@example.com`,
      }));
      return rig.run('create-users', { users }).map((user) => String(user.id));
    },
    addCourse({ elearning = false, ...over } = {}) {
      const type = elearning ? ('elearning' as const) : ('classroom' as const);
      return String(rig.run('create-course', { name: 'Forklifts', type, ...over }).id);
    },
    changeCourse: (courseId, changes) => void rig.run('update-course', { courseId: Number(courseId), ...changes }),
    addSession(courseId, { rsvp, hideAttendees, instructors = [], dates = [], eventInstructors = [] } = {}) {
      const switches = { ...(rsvp && { rsvp }), ...(hideAttendees && { hideAttendees }) };
      const instructorIds = instructors.map(Number);
      const session = rig.run('create-session', {
        courseId: Number(courseId),
        name: 'Day 1',
        instructorIds,
        ...switches,
      });
      const events = dates.map((date) =>
        rig.run('add-event', {
          sessionId: session.id,
          name: 'Day 1',
          date,
          timeBegin: '09:00',
          timeEnd: '17:00',
          timezone: 'Europe/Rome',
          instructorIds: eventInstructors.map(Number),
        }),
      );
      return { sessionId: String(session.id), eventIds: events.map((event) => String(event.id)) };
    },
    setStatus(sessionId, status) {
      const id = Number(sessionId);
      if (status === 'active') rig.run('restore-session', { sessionId: id });
      else rig.run('cancel-session', { sessionId: id, reason: 'snow' });
    },
    removeEvent: (_sessionId, eventId) => void rig.run('remove-event', { eventId: Number(eventId) }),
    enrol: (sessionId, userIds, status = 'active') =>
      void rig.run('enrol', { sessionId: Number(sessionId), userIds: userIds.map(Number), status }),
    unenrol: (sessionId, userIds, how = 'off') =>
      void rig.run('unenrol', {
        sessionId: Number(sessionId),
        userIds: userIds.map(Number),
        keepRow: how === 'inactive',
      }),
    deleteSession: (sessionId) => void rig.run('delete-session', { sessionId: Number(sessionId) }),
    deleteCourse: (courseId) => void rig.run('delete-course', { courseId: Number(courseId) }),
    addPlan: (courseIds) =>
      String(rig.run('create-learning-plan', { name: 'Onboarding', courseIds: courseIds.map(Number) }).id),
    spoilSessionList: (courseId) =>
      rig.oddity({ kind: 'missingItems', list: 'courseSessions', ofId: Number(courseId), index: 0, count: 1 }),
    setLevel: (level) => rig.settings({ rights: { level } }),
    refuseAccess: () => rig.settings({ rights: { level: 'power_user', beyond: 'forbid' } }),
  };
}

function aFake(): Subject {
  const source = new FakeTrainingSource();
  let lastId = 100;
  const newId = (): string => String(++lastId);
  return {
    source,
    now: () => new Date().toISOString(),
    close: () => Promise.resolve(),
    addPeople(count) {
      const ids = Array.from({ length: count }, newId);
      ids.forEach((userId, i) =>
        source.people.set(userId, { userId, address: `user${i + 1}@example.com`, name: `User ${i + 1}` }),
      );
      return ids;
    },
    addCourse({ rsvp = true, hideAttendees = false, elearning = false } = {}) {
      const courseId = newId();
      source.courses.set(courseId, { courseId, name: 'Forklifts', description: '', rsvp, hideAttendees });
      if (elearning) source.withoutSessions.add(courseId);
      return courseId;
    },
    changeCourse(courseId, changes) {
      const course = source.courses.get(courseId);
      if (course !== undefined) source.courses.set(courseId, { ...course, ...changes });
    },
    addSession(courseId, over = {}) {
      const { rsvp = 'inherit', hideAttendees = 'inherit', instructors = [], dates = [], eventInstructors = [] } = over;
      const sessionId = newId();
      const events = dates.map((date) =>
        anEvent({
          eventId: newId(),
          startsAt: atInRome(date, 9),
          endsAt: atInRome(date, 17),
          instructors: eventInstructors,
        }),
      );
      const session = { sessionId, name: 'Day 1', slugName: 'day-1', rsvp, hideAttendees, instructors };
      const course = source.courses.get(courseId);
      source.sessions.set(sessionId, someFacts({ course, session, events, enrolments: [], people: [] }));
      return { sessionId, eventIds: events.map((event) => event.eventId) };
    },
    setStatus: (sessionId, status) => source.change(sessionId, ({ session }) => ({ session: { ...session, status } })),
    removeEvent: (sessionId, eventId) =>
      source.change(sessionId, ({ events }) => ({ events: events.filter((e) => e.eventId !== eventId) })),
    enrol: (sessionId, userIds, standing = 'active') =>
      source.change(sessionId, ({ enrolments }) => ({
        enrolments: [...without(enrolments, userIds), ...userIds.map((id) => aLearner(id, { standing }))],
      })),
    unenrol: (sessionId, userIds, how = 'off') =>
      source.change(sessionId, ({ enrolments }) => ({
        enrolments: [
          ...without(enrolments, userIds),
          ...(how === 'inactive' ? userIds.map((id) => aLearner(id, { standing: 'inactive' as const })) : []),
        ],
      })),
    deleteSession: (sessionId) => void source.sessions.delete(sessionId),
    deleteCourse: (courseId) => source.deleteCourse(courseId),
    addPlan(courseIds) {
      const id = newId();
      source.learningPlans.set(id, courseIds);
      return id;
    },
    spoilSessionList: (courseId) => void source.partialLists.add(courseId),
    setLevel: (level) => (source.readAs = `13000/${level}`),
    refuseAccess: () => (source.failure = new AccessError('refused', { code: 'DOCEBO_ACCESS' })),
  };
}

function without(enrolments: SessionFacts['enrolments'], userIds: readonly string[]): SessionFacts['enrolments'] {
  return enrolments.filter((row) => !userIds.includes(row.userId));
}

/** An hour on a clock in Rome; the dates of these tests lie in summer. */
export function atInRome(date: string, hour: number): string {
  return `${date}T${String(hour - 2).padStart(2, '0')}:00:00.000Z`;
}
