import { setTimeout as sleep } from 'node:timers/promises';
import type { SessionFacts, SessionReading, SwitchedOff } from '../../src/domain/model';
import { atInRome, subjects, type Subject } from './training-subjects';

const SOON = '2098-07-01';
const NEXT = '2098-07-02';
const LONG_AGO = '2024-07-01';

describe.each(subjects)('a training source: %s', (_name, start) => {
  let subject: Subject;
  beforeEach(async () => (subject = await start()));
  afterEach(() => subject.close());

  function read(sessionId: string, courseId: string | null = null): Promise<SessionReading> {
    return subject.source.readSession({ sessionId, courseId, notOlderThan: subject.now() });
  }

  function readUnlessOff(sessionId: string): Promise<SessionReading | SwitchedOff> {
    return subject.source.readUnlessOff({ sessionId, courseId: null, notOlderThan: subject.now() });
  }

  async function factsOf(sessionId: string): Promise<SessionFacts> {
    const reading = await read(sessionId);
    if (reading.kind !== 'found') throw new Error(`the reading is ${reading.kind}`);
    expect(reading.problems).toEqual([]);
    return reading.facts;
  }

  describe('reads no further than the switches', () => {
    it.each([
      ['its own switch is off', { rsvp: true }, 'off', 'off'],
      ['it follows its course, which is off', { rsvp: false }, 'inherit', 'off'],
    ] as const)('where %s', async (_why, course, rsvp, position) => {
      const courseId = subject.addCourse(course);
      const { sessionId } = subject.addSession(courseId, { rsvp, dates: [SOON] });

      expect(await readUnlessOff(sessionId)).toEqual({
        kind: 'off',
        readAs: '13000/godadmin',
        position,
        courseId,
        problems: [],
      });
    });

    it('where it is cancelled', async () => {
      const { sessionId } = subject.addSession(subject.addCourse(), { rsvp: 'on', dates: [SOON] });
      subject.setStatus(sessionId, 'cancelled');

      expect(await readUnlessOff(sessionId)).toMatchObject({ kind: 'off', position: 'session-cancelled' });
    });

    it.each([
      ['it follows its course', { rsvp: true }, 'inherit'],
      ['it overrides its course', { rsvp: false }, 'on'],
    ] as const)('but all of a session that is on because %s', async (_why, course, rsvp) => {
      const { sessionId } = subject.addSession(subject.addCourse(course), { rsvp, dates: [SOON] });

      expect(await readUnlessOff(sessionId)).toEqual(await read(sessionId));
    });

    it('and judges one that is not found as ever', async () => {
      const courseId = subject.addCourse({ rsvp: false });
      const { sessionId } = subject.addSession(courseId);
      subject.deleteSession(sessionId);

      const evidence = await subject.source.readUnlessOff({ sessionId, courseId, notOlderThan: subject.now() });

      expect(evidence).toMatchObject({ kind: 'gone', evidence: 'absent-from-course' });
      expect(await readUnlessOff(sessionId)).toMatchObject({ kind: 'unproven' });
    });

    it('as they are after each change', async () => {
      const courseId = subject.addCourse({ rsvp: false });
      const { sessionId } = subject.addSession(courseId, { dates: [SOON] });
      expect(await readUnlessOff(sessionId)).toMatchObject({ kind: 'off' });

      // What was asked for in the very millisecond of a change counts as new enough.
      await sleep(2);
      subject.changeCourse(courseId, { rsvp: true });

      expect(await readUnlessOff(sessionId)).toMatchObject({ kind: 'found' });
    });
  });

  describe('reads a session', () => {
    it('with its course, events, seats, instructors and their addresses', async () => {
      const [ada, bob, trainer, speaker] = subject.addPeople(4) as [string, string, string, string];
      const courseId = subject.addCourse();
      const { sessionId, eventIds } = subject.addSession(courseId, {
        dates: [SOON, NEXT],
        instructors: [trainer],
        eventInstructors: [speaker],
      });
      subject.enrol(sessionId, [ada, bob]);

      const reading = await read(sessionId);

      expect(reading).toMatchObject({ kind: 'found', readAs: '13000/godadmin', problems: [] });
      const facts = await factsOf(sessionId);
      expect(facts.course).toEqual({ courseId, name: 'Forklifts', description: '', rsvp: true, hideAttendees: false });
      expect(facts.session).toEqual({
        sessionId,
        name: 'Day 1',
        slugName: 'day-1',
        description: '',
        status: 'active',
        rsvp: 'inherit',
        hideAttendees: 'inherit',
        instructors: [trainer],
        additionalInputs: {},
      });
      expect(facts.events.map(({ eventId, startsAt, endsAt }) => ({ eventId, startsAt, endsAt }))).toEqual([
        { eventId: eventIds[0], startsAt: atInRome(SOON, 9), endsAt: atInRome(SOON, 17) },
        { eventId: eventIds[1], startsAt: atInRome(NEXT, 9), endsAt: atInRome(NEXT, 17) },
      ]);
      expect(facts.events[0]).toMatchObject({
        name: 'Day 1',
        timeZone: 'Europe/Rome',
        location: null,
        classroom: null,
        webinarTool: '',
        webinarUrl: '',
        instructors: [speaker],
      });
      expect(facts.enrolments.filter((e) => e.level === 'learner')).toEqual([
        { userId: ada, standing: 'active', level: 'learner' },
        { userId: bob, standing: 'active', level: 'learner' },
      ]);
      expect(facts).toMatchObject({ eventsComplete: true, enrolmentsComplete: true, instructorsComplete: true });
      expect([...facts.people].sort((a, b) => (a.userId < b.userId ? -1 : 1))).toEqual([
        { userId: ada, address: 'user1@example.com', name: 'User 1' },
        { userId: bob, address: 'user2@example.com', name: 'User 2' },
        { userId: trainer, address: 'user3@example.com', name: 'User 3' },
        { userId: speaker, address: 'user4@example.com', name: 'User 4' },
      ]);
    });

    it('without events and people', async () => {
      const { sessionId } = subject.addSession(subject.addCourse());

      expect(await factsOf(sessionId)).toMatchObject({
        events: [],
        eventsComplete: true,
        enrolments: [],
        enrolmentsComplete: true,
        people: [],
      });
    });

    it.each(['inherit', 'on', 'off'] as const)('with its switches %s', async (position) => {
      const courseId = subject.addCourse({ rsvp: false, hideAttendees: true });
      const { sessionId } = subject.addSession(courseId, { rsvp: position, hideAttendees: position });

      expect(await factsOf(sessionId)).toMatchObject({
        course: { rsvp: false, hideAttendees: true },
        session: { rsvp: position, hideAttendees: position },
      });
    });

    it('that is cancelled, and restored', async () => {
      const { sessionId } = subject.addSession(subject.addCourse(), { dates: [SOON] });

      subject.setStatus(sessionId, 'cancelled');
      expect((await factsOf(sessionId)).session.status).toBe('cancelled');
      subject.setStatus(sessionId, 'active');
      expect((await factsOf(sessionId)).session.status).toBe('active');
    });

    it('with a waiting list and people who were unenrolled', async () => {
      const [ada, bob, cyd, dan] = subject.addPeople(4) as [string, string, string, string];
      const { sessionId } = subject.addSession(subject.addCourse(), { dates: [SOON] });
      subject.enrol(sessionId, [ada, bob, dan]);
      subject.enrol(sessionId, [cyd], 'waiting');
      subject.unenrol(sessionId, [bob], 'inactive');
      subject.unenrol(sessionId, [dan], 'off');

      const facts = await factsOf(sessionId);

      expect(Object.fromEntries(facts.enrolments.map((e) => [e.userId, e.standing]))).toEqual({
        [ada]: 'active',
        [bob]: 'inactive',
        [cyd]: 'waiting',
      });
      expect(facts.people.map((p) => p.userId)).toEqual([ada]);
      expect(facts.enrolmentsComplete).toBe(true);
    });

    it('with more people than one page holds', async () => {
      const people = subject.addPeople(450);
      const { sessionId } = subject.addSession(subject.addCourse(), { dates: [SOON] });
      subject.enrol(sessionId, people);

      const facts = await factsOf(sessionId);

      expect(facts.enrolments.map((e) => e.userId)).toEqual(people);
      expect(facts.people).toHaveLength(450);
      expect(facts.enrolmentsComplete).toBe(true);
    });

    it('as it is after each change', async () => {
      const [ada] = subject.addPeople(1) as [string];
      const courseId = subject.addCourse();
      const { sessionId, eventIds } = subject.addSession(courseId, { dates: [SOON, NEXT] });
      subject.enrol(sessionId, [ada]);
      await factsOf(sessionId);

      subject.removeEvent(sessionId, eventIds[0] ?? '');
      subject.unenrol(sessionId, [ada]);
      subject.changeCourse(courseId, { name: 'Cranes', rsvp: false });
      const facts = await factsOf(sessionId);

      expect(facts.course).toMatchObject({ name: 'Cranes', rsvp: false });
      expect(facts.events.map((e) => e.eventId)).toEqual([eventIds[1]]);
      expect(facts.enrolments).toEqual([]);
      expect(facts).toMatchObject({ eventsComplete: true, enrolmentsComplete: true });
    });
  });

  describe('says of a session that is not found', () => {
    it('that it is gone when its course lists others only', async () => {
      const courseId = subject.addCourse();
      const { sessionId } = subject.addSession(courseId, { dates: [SOON] });
      subject.addSession(courseId, { dates: [SOON] });
      subject.deleteSession(sessionId);

      expect(await read(sessionId, courseId)).toEqual({
        kind: 'gone',
        readAs: '13000/godadmin',
        evidence: 'absent-from-course',
      });
    });

    it('that it is gone when its course is gone', async () => {
      const courseId = subject.addCourse();
      const { sessionId } = subject.addSession(courseId, { dates: [SOON] });
      subject.deleteCourse(courseId);

      expect(await read(sessionId, courseId)).toEqual({
        kind: 'gone',
        readAs: '13000/godadmin',
        evidence: 'course-gone',
      });
    });

    it('that nothing proves it when its course is not known', async () => {
      const { sessionId } = subject.addSession(subject.addCourse(), { dates: [SOON] });
      subject.deleteSession(sessionId);

      expect(await read(sessionId, null)).toMatchObject({
        kind: 'unproven',
        problem: { code: 'READ_SESSION_UNPROVEN', subject: 'session', id: sessionId },
      });
    });

    it('that nothing proves it when the list of its course does not tell the whole truth', async () => {
      const courseId = subject.addCourse();
      const { sessionId } = subject.addSession(courseId, { dates: [SOON] });
      subject.addSession(courseId, { dates: [SOON] });
      subject.deleteSession(sessionId);
      subject.spoilSessionList(courseId);

      expect(await read(sessionId, courseId)).toMatchObject({ kind: 'unproven' });
    });

    it('that nothing proves it when its course cannot have sessions', async () => {
      expect(await read('999999', subject.addCourse({ elearning: true }))).toMatchObject({ kind: 'unproven' });
    });
  });

  describe('lists future sessions of a course', () => {
    const futureOf = (courseId: string) => subject.source.listFutureSessions({ courseId, now: subject.now() });

    it('without those that are over', async () => {
      const courseId = subject.addCourse();
      subject.addSession(courseId, { dates: [LONG_AGO] });
      const running = subject.addSession(courseId, { dates: [LONG_AGO, SOON] });
      const coming = subject.addSession(courseId, { dates: [SOON] });
      subject.addSession(subject.addCourse(), { dates: [SOON] });

      expect(await futureOf(courseId)).toEqual({
        kind: 'sessions',
        sessionIds: [running.sessionId, coming.sessionId],
        complete: true,
      });
    });

    it('with those that have no dates yet', async () => {
      const courseId = subject.addCourse();
      const sessions = [1, 2, 3].map(() => subject.addSession(courseId).sessionId);

      expect(await futureOf(courseId)).toEqual({ kind: 'sessions', sessionIds: sessions, complete: true });
    });

    it('of more than one page', async () => {
      const courseId = subject.addCourse();
      const sessions = Array.from({ length: 230 }, () => subject.addSession(courseId).sessionId);

      expect(await futureOf(courseId)).toEqual({ kind: 'sessions', sessionIds: sessions, complete: true });
    });

    it('and says when the list may lack some', async () => {
      const courseId = subject.addCourse();
      subject.addSession(courseId, { dates: [SOON] });
      subject.spoilSessionList(courseId);

      expect(await futureOf(courseId)).toMatchObject({ kind: 'sessions', complete: false });
    });

    it('and that it cannot have any', async () => {
      expect(await futureOf(subject.addCourse({ elearning: true }))).toEqual({ kind: 'no-sessions' });
    });

    it('and that the course is gone', async () => {
      const courseId = subject.addCourse();
      subject.deleteCourse(courseId);

      expect(await futureOf(courseId)).toEqual({ kind: 'gone' });
    });
  });

  it('lists the courses of a learning plan', async () => {
    const courses = [subject.addCourse(), subject.addCourse()];

    expect(await subject.source.listLearningPlanCourses(subject.addPlan(courses))).toEqual(courses);
    expect(await subject.source.listLearningPlanCourses(subject.addPlan([]))).toEqual([]);
  });

  it('does not find a learning plan that is gone', async () => {
    await expect(subject.source.listLearningPlanCourses('999999')).rejects.toMatchObject({
      code: 'DOCEBO_NOT_FOUND',
      kind: 'not-found',
    });
  });

  it('tells with whose rights it reads', async () => {
    expect(await subject.source.whoAmI()).toBe('13000/godadmin');
    subject.setLevel('power_user');

    expect(await subject.source.whoAmI()).toBe('13000/power_user');
  });

  it('tells a refusal of access as an error, never as an empty answer', async () => {
    const courseId = subject.addCourse();
    const { sessionId } = subject.addSession(courseId, { dates: [SOON] });
    subject.refuseAccess();

    const refused = { code: 'DOCEBO_ACCESS', kind: 'access' };
    await expect(read(sessionId, courseId)).rejects.toMatchObject(refused);
    await expect(subject.source.listFutureSessions({ courseId, now: subject.now() })).rejects.toMatchObject(refused);
  });
});
