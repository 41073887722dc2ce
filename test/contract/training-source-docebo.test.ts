import type { Fault } from '../../simulators/kit/faults';
import type { AppError } from '../../src/domain/errors';
import type { SessionFacts } from '../../src/domain/model';
import { ledgerOf, planOf } from '../support/builders';
import { DoceboRig, PROFILES, type ProfileName } from './docebo-rig';

const SOON = { date: '2098-07-01', timeBegin: '09:00', timeEnd: '17:00', timezone: 'Europe/Rome' };

/** What the Docebo adapter does about Docebo's own ways. */
describe.each(PROFILES)('training in Docebo by %s', (profile) => {
  let rig: DoceboRig;
  let courseId: number;
  let sessionId: number;
  let eventId: number;
  let learners: number[];

  async function start(options: Omit<NonNullable<Parameters<typeof DoceboRig.start>[0]>, 'profile'> = {}) {
    rig = await DoceboRig.start({ profile, ...options });
    courseId = rig.run('create-course', { name: 'Forklifts', description: '<p>All</p>' }).id;
    sessionId = rig.run('create-session', { courseId, name: 'Day 1', description: 'Boots' }).id;
    eventId = rig.run('add-event', { sessionId, ...SOON }).id;
    const users = [1, 2, 3].map((n) => ({ firstName: 'User', lastName: String(n), email: `user${n}@example.com` }));
    learners = rig.run('create-users', { users }).map((user) => user.id);
    rig.run('enrol', { sessionId, userIds: learners });
  }
  beforeEach(() => start());
  afterEach(() => rig.close());

  async function restart(options: Parameters<typeof start>[0]): Promise<void> {
    await rig.close();
    await start(options);
  }

  async function foundNow() {
    const reading = await rig.read(sessionId, courseId);
    if (reading.kind !== 'found') throw new Error(`the reading is ${reading.kind}`);
    return reading;
  }

  async function factsNow(): Promise<SessionFacts> {
    const { facts, problems } = await foundNow();
    expect(problems).toEqual([]);
    return facts;
  }

  async function failure(work: Promise<unknown> = rig.read(sessionId, courseId)): Promise<AppError> {
    const outcome = await work.then(
      () => new Error('nothing was thrown'),
      (error: unknown) => error as AppError,
    );
    return outcome as AppError;
  }

  describe('facts', () => {
    it('of places, webinars and texts', async () => {
      const location = rig.run('create-location', {
        name: 'HQ',
        address: 'Street 1',
        phone: '+39 06',
        email: 'hq@example.com',
        direction: '<b>Bus</b> 7',
        accommodations: 'Inn',
        otherInfo: 'Ring twice',
      });
      const classroom = rig.run('create-classroom', {
        locationId: location.id,
        name: 'Blue',
        details: '2nd floor',
        seats: 30,
        equipment: 'Beamer',
      });
      rig.run('update-event', {
        eventId,
        name: 'Morning',
        description: 'Bring <b>boots</b>',
        locationId: location.id,
        classroomId: classroom.id,
        webinarTool: 'teams',
        webinarUrl: 'https://teams.example/1',
      });

      const facts = await factsNow();

      expect(facts.course).toMatchObject({ name: 'Forklifts', description: '<p>All</p>' });
      expect(facts.session).toMatchObject({ description: 'Boots', slugName: 'day-1' });
      expect(facts.events).toEqual([
        {
          eventId: String(eventId),
          name: 'Morning',
          description: 'Bring <b>boots</b>',
          startsAt: '2098-07-01T07:00:00.000Z',
          endsAt: '2098-07-01T15:00:00.000Z',
          timeZone: 'Europe/Rome',
          location: {
            name: 'HQ',
            address: 'Street 1',
            phone: '+39 06',
            email: 'hq@example.com',
            direction: '<b>Bus</b> 7',
            accommodations: 'Inn',
            otherInfo: 'Ring twice',
          },
          classroom: { name: 'Blue', details: '2nd floor', seats: '30', equipment: 'Beamer' },
          webinarTool: 'teams',
          webinarUrl: 'https://teams.example/1',
          instructors: [],
        },
      ]);
    });

    it.each([
      [
        'far west, into the next day',
        { timeBegin: '22:00', timeEnd: '01:30', timezone: 'America/Los_Angeles' },
        '2098-07-02T05:00:00.000Z',
        '2098-07-02T08:30:00.000Z',
      ],
      [
        'far east, where it is yesterday in UTC',
        { timeBegin: '08:00', timeEnd: '12:00', timezone: 'Pacific/Auckland' },
        '2098-06-30T20:00:00.000Z',
        '2098-07-01T00:00:00.000Z',
      ],
      [
        'at a zone of half an hour',
        { timeBegin: '09:00', timeEnd: '10:00', timezone: 'Asia/Kolkata' },
        '2098-07-01T03:30:00.000Z',
        '2098-07-01T04:30:00.000Z',
      ],
    ])('of times %s', async (_where, times, startsAt, endsAt) => {
      rig.run('update-event', { eventId, ...times });

      expect((await factsNow()).events).toMatchObject([{ startsAt, endsAt, timeZone: times.timezone }]);
    });

    it('of times in the nights when the clocks change', async () => {
      rig.run('update-event', { eventId, date: '2026-03-28', timeBegin: '23:00', timeEnd: '06:00' });

      expect((await factsNow()).events).toMatchObject([
        { startsAt: '2026-03-28T22:00:00.000Z', endsAt: '2026-03-29T04:00:00.000Z' },
      ]);
    });

    it('of additional fields', async () => {
      await restart({
        additionalInputs: [
          { input: 'dress_code', of: 'session', field: 'Dress code' },
          { input: 'ects', of: 'course', field: '9' },
        ],
      });
      rig.run('update-session', {
        sessionId,
        additionalFields: [{ id: 5, name: 'Dress code', value: 'Boots', type: 'text' }],
      });
      rig.run('update-course', { courseId, additionalFields: [{ id: 9, name: 'ECTS', value: '2', type: 'text' }] });

      expect((await factsNow()).session.additionalInputs).toEqual({ dress_code: 'Boots', ects: '2' });
    });

    it('of what routes to mailboxes ask for, and no more', async () => {
      expect((await factsNow()).routing).toBeUndefined();
      await restart({
        routeReads: {
          category: true,
          fields: [
            { of: 'session', field: 'Region' },
            { of: 'course', field: '9' },
          ],
        },
      });
      rig.run('update-session', {
        sessionId,
        additionalFields: [{ id: 5, name: 'Region', value: 'EMEA', type: 'text' }],
      });
      rig.run('update-course', { courseId, category: 'Safety' });

      expect((await factsNow()).routing).toEqual({
        category: ['1', 'Safety'],
        fields: { 'session:Region': ['EMEA'], 'course:9': [] },
      });
    });

    it('of people who teach, whether or not enrolment lists name them', async () => {
      const [trainer] = rig.run('create-users', {
        users: [{ firstName: 'Tr', lastName: 'Ainer', email: 'trainer@example.com' }],
      });
      rig.run('update-session', { sessionId, instructorIds: [trainer?.id ?? 0] });
      const listed = await factsNow();
      rig.settings({ wire: { instructorsInEnrollments: false } });
      const unlisted = await factsNow();

      expect(listed.session.instructors).toEqual([String(trainer?.id)]);
      expect(listed.enrolments.at(-1)).toEqual({
        userId: String(trainer?.id),
        standing: 'active',
        level: 'instructor',
      });
      expect(unlisted.enrolments).toHaveLength(3);
      expect(unlisted.people.at(-1)).toEqual({
        userId: String(trainer?.id),
        address: 'trainer@example.com',
        name: 'Tr Ainer',
      });
    });

    it('of instructors whom Docebo does not know any more', async () => {
      const [trainer] = rig.run('create-users', { users: [{ firstName: 'T', lastName: 'R', email: 't@example.com' }] });
      rig.run('update-event', { eventId, instructorIds: [trainer?.id ?? 0] });
      rig.run('delete-user', { userId: trainer?.id ?? 0 });

      const { facts, problems } = await foundNow();

      expect(facts.events[0]?.instructors).toEqual([String(trainer?.id)]);
      expect(facts.people).toHaveLength(3);
      expect(problems).toMatchObject([{ code: 'READ_PERSON_MISSING', id: String(trainer?.id) }]);
    });

    it('are the same however Docebo writes them', async () => {
      const usual = await factsNow();
      rig.settings({ wire: { numbersAsStrings: 'all', errorMessages: 'array', defaultPageSize: 1 } });
      rig.advance(1);

      expect(await factsNow()).toEqual(usual);
    });

    it('by a token of either grant', async () => {
      await restart({ grant: 'password' });

      expect((await factsNow()).people).toHaveLength(3);
    });
  });

  describe('a change', () => {
    it('of the course shows to whoever asks for nothing older', async () => {
      await foundNow();
      rig.run('update-course', { courseId, rsvp: false });
      rig.advance(1);

      expect((await factsNow()).course.rsvp).toBe(false);
    });

    it('that the API does not show yet is read when it does', async () => {
      rig.settings({ lag: { mode: 'held' } });
      rig.run('update-session', { sessionId, name: 'Day one' });
      rig.run('update-course', { courseId, name: 'Cranes' });
      expect(await factsNow()).toMatchObject({ session: { name: 'Day 1' }, course: { name: 'Forklifts' } });

      rig.settings({ lag: { mode: 'none' } });
      rig.advance(1);
      expect(await factsNow()).toMatchObject({ session: { name: 'Day one' }, course: { name: 'Cranes' } });
    });
  });

  describe('what goes wrong on the wire', () => {
    const sessionUrl = '^GET /course/v1/sessions/\\d+$';

    it.each<[string, Fault, Partial<AppError> & { readonly retryAfterMs?: number | null }]>([
      [
        '429 with Retry-After',
        { match: sessionUrl, kind: 'status', status: 429, retryAfter: 7 },
        { code: 'DOCEBO_THROTTLED', kind: 'throttled', retryAfterMs: 7_000 },
      ],
      [
        '429 without it',
        { match: sessionUrl, kind: 'status', status: 429 },
        { code: 'DOCEBO_THROTTLED', kind: 'throttled', retryAfterMs: null },
      ],
      [
        '503 with Retry-After',
        { match: sessionUrl, kind: 'status', status: 503, retryAfter: 2 },
        { code: 'DOCEBO_THROTTLED', kind: 'throttled', retryAfterMs: 2_000 },
      ],
      [
        '503 without it',
        { match: sessionUrl, kind: 'status', status: 503 },
        { code: 'DOCEBO_UNAVAILABLE', kind: 'upstream' },
      ],
      ['500', { match: sessionUrl, kind: 'status', status: 500 }, { code: 'DOCEBO_UNAVAILABLE', kind: 'upstream' }],
      ['a closed connection', { match: sessionUrl, kind: 'reset' }, { code: 'DOCEBO_UNAVAILABLE', kind: 'upstream' }],
      [
        'a success that is no JSON',
        { match: sessionUrl, kind: 'wrongJson' },
        { code: 'DOCEBO_CONTRACT', kind: 'contract' },
      ],
      [
        'an error in the middle of the lists',
        { match: '^GET .*/enrollments', kind: 'status', status: 500 },
        { code: 'DOCEBO_UNAVAILABLE', kind: 'upstream' },
      ],
      [
        'a token endpoint that is down',
        { match: '^POST /oauth2/token', kind: 'status', status: 500 },
        { code: 'DOCEBO_UNAVAILABLE', kind: 'upstream' },
      ],
    ])('%s is an error, and the next attempt reads all', async (_what, fault, error) => {
      rig.fault(fault);

      expect(await failure()).toMatchObject(error);
      rig.advance(10_000);
      expect((await factsNow()).people).toHaveLength(3);
    });

    it('an answer that hangs ends at the time limit', async () => {
      await restart({ timeoutMs: 45_000 });
      rig.fault({ match: sessionUrl, kind: 'hold', where: 'before' });
      const limits: AbortController[] = [];
      const limit = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
        limits.push(new AbortController());
        return limits.at(-1)!.signal;
      });

      const failed = failure();
      await rig.simulator.app.inject('/__control/holds?wait=60000');
      expect(limit).toHaveBeenLastCalledWith(45_000);
      limit.mockRestore();
      for (const one of limits) one.abort(new DOMException('The time is over', 'TimeoutError'));

      expect(await failed).toMatchObject({
        code: 'DOCEBO_UNAVAILABLE',
        message: `DOCEBO: no answer to GET /course/v1/sessions/${sessionId}`,
      });
      rig.simulator.faults.disarm();
      expect((await factsNow()).people).toHaveLength(3);
    });

    it('the hourly limit of the platform is a request to wait', async () => {
      rig.settings({ limits: { callsPerHour: 3 } });

      const error = await failure();

      expect(error).toMatchObject({ code: 'DOCEBO_THROTTLED', kind: 'throttled' });
      expect((error as { retryAfterMs?: number }).retryAfterMs).toBeGreaterThan(3_500_000);
    });
  });

  describe('tokens', () => {
    it('that end are replaced before they do', async () => {
      rig.settings({ tokens: { expiresInSeconds: 100 } });
      await foundNow();
      rig.advance(95_000);
      await foundNow();

      expect(rig.client.calls()['token']).toBe(2);
    });

    it('that are revoked are replaced', async () => {
      await foundNow();
      rig.simulator.tenant.tokens.revokeAll();

      expect((await factsNow()).people).toHaveLength(3);
    });

    it('that are refused are an access error that says what to check', async () => {
      rig.settings({ tokens: { refuse: true } });

      expect(await failure()).toMatchObject({
        code: 'DOCEBO_TOKEN',
        kind: 'access',
        message:
          'DOCEBO issues no token (400 invalid_client): check client id and secret, and that the API client allows the grant "client_credentials"',
      });
    });

    it('by a password that is wrong are an access error', async () => {
      await restart({ grant: 'password' });
      rig.settings({ tokens: { refuse: true } });

      expect((await failure()).message).toMatch(
        /^DOCEBO issues no token \(400 invalid_client\): .*, user and password/,
      );
    });
  });

  describe('lists that do not tell the truth', () => {
    it.each([
      ['sessionEnrollments', 'missingItems', 'enrolmentsComplete'],
      ['sessionEnrollments', 'unreadableItem', 'enrolmentsComplete'],
      ['sessionEnrollments', 'hasMoreLies', 'enrolmentsComplete'],
      ['sessionEvents', 'missingItems', 'eventsComplete'],
      ['sessionEvents', 'unreadableItem', 'eventsComplete'],
      ['sessionEvents', 'hasMoreLies', 'eventsComplete'],
    ] as const)('%s, %s: not complete, and told', async (list, kind, flag) => {
      rig.oddity({ kind, list });

      const { facts, problems } = await foundNow();

      expect(facts[flag]).toBe(false);
      expect(problems.length).toBeGreaterThan(0);
      const others = { eventsComplete: true, enrolmentsComplete: true, instructorsComplete: true, [flag]: false };
      expect(facts).toMatchObject(others);
    });

    it('keep what they tell', async () => {
      rig.oddity({ kind: 'unreadableItem', list: 'sessionEnrollments', index: 1 });

      expect((await foundNow()).facts.people.map((p) => p.userId)).toEqual([String(learners[0]), String(learners[2])]);
    });
  });

  describe('a session that a user with fewer rights does not see', () => {
    it('is gone only for those rights, which the reading tells', async () => {
      const before = await foundNow();
      rig.settings({ rights: { level: 'power_user', hiddenCourseIds: [courseId] } });
      rig.advance(600_000);

      const after = await rig.read(sessionId, courseId);

      expect(before.readAs).toBe('13000/godadmin');
      expect(after).toEqual({ kind: 'gone', readAs: '13000/power_user', evidence: 'course-gone' });
    });

    it('stands in the calendar though user and level are what they were', async () => {
      rig.settings({ rights: { level: 'power_user', hiddenCourseIds: [] } });
      rig.advance(600_000);
      const { facts, readAs } = await foundNow();
      const ledger = { ...ledgerOf(facts), readAs };

      rig.settings({ rights: { level: 'power_user', hiddenCourseIds: [courseId] } });
      const plan = planOf(await rig.read(sessionId, courseId), ledger, { now: rig.now() });

      expect(plan).toMatchObject({ position: 'unproven', steps: [], problems: [{ code: 'PLAN_COURSE_MISSING' }] });
    });
  });

  it('one session costs this many calls, and half of them when it comes again', async () => {
    const first = {
      token: 1,
      whoAmI: 1,
      session: 1,
      sessionEvents: 1,
      sessionEnrollments: 1,
      course: 1,
      courseDetails: 1,
    };
    const hintAt = rig.now();
    await rig.read(sessionId, courseId, hintAt);
    expect(rig.client.calls()).toEqual(first);

    await rig.read(sessionId, courseId, hintAt);
    expect(rig.client.calls()).toEqual({ ...first, session: 2, sessionEvents: 2, sessionEnrollments: 2 });
  });
});

it.each(PROFILES.map((name): [ProfileName, ProfileName] => [name, PROFILES.find((other) => other !== name) ?? name]))(
  'a tenant of %s read by the other profile switches, removes and invites nobody',
  async (tenant, other) => {
    const rig = await DoceboRig.start({ profile: tenant, readBy: other });
    try {
      const courseId = rig.run('create-course', { name: 'Forklifts' }).id;
      const sessionId = rig.run('create-session', { courseId, name: 'Day 1' }).id;
      rig.run('add-event', { sessionId, ...SOON });

      const reading = await rig.read(sessionId, courseId);

      if (reading.kind === 'found') {
        expect(reading.facts).toMatchObject({ course: { rsvp: null, hideAttendees: null }, eventsComplete: false });
        expect(reading.problems.length).toBeGreaterThan(1);
      } else {
        expect(reading.kind).toBe('unproven');
      }
    } finally {
      await rig.close();
    }
  },
);
