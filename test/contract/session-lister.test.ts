import { DoceboRig, PROFILES } from './docebo-rig';

describe.each(PROFILES)('the session lister before Docebo by %s', (profile) => {
  let rig: DoceboRig;
  beforeEach(async () => {
    rig = await DoceboRig.start({ profile });
  });
  afterEach(() => rig.close());

  const FROM = '2026-05-04T09:00:00.000Z';

  function addCourse(over: { readonly type?: 'classroom' | 'elearning'; readonly rsvp?: boolean } = {}): number {
    return rig.run('create-course', { name: 'Forklifts', ...over }).id;
  }

  function addSession(courseId: number, dates: readonly string[], learners = 0): number {
    const users = Array.from({ length: learners }, (_, i) => ({
      firstName: 'User',
      lastName: `${i}`,
      email: `user${i}-${courseId}@example.com`,
    }));
    const userIds = learners === 0 ? [] : rig.run('create-users', { users }).map((user) => user.id);
    const events = dates.map((date) => ({ date, timeBegin: '09:00', timeEnd: '17:00', timezone: 'Europe/Rome' }));
    const { id } = rig.run('create-session', { courseId, name: 'Day 1', events });
    if (userIds.length > 0) rig.run('enrol', { sessionId: id, userIds, status: 'active' });
    return id;
  }

  async function rowsOf(courseId: number, range: { readonly from?: string; readonly to?: string } = {}) {
    const listing = await rig.lister.listSessionRows({ courseId: String(courseId), from: FROM, to: null, ...range });
    if (listing.kind !== 'sessions') throw new Error(`the list is ${listing.kind}`);
    return listing;
  }

  it('lists all courses, told apart by whether they can have sessions', async () => {
    const [classroom, elearning] = [addCourse(), addCourse({ type: 'elearning' })];

    const listing = await rig.lister.listCourses();

    expect(listing).toMatchObject({ complete: true, interruptedBy: null, calls: 1 });
    expect(listing.courses.map((c) => [c.courseId, c.mayHaveSessions])).toEqual([
      [String(classroom), true],
      [String(elearning), false],
    ]);
  });

  it('tells by a course’s row that it was edited', async () => {
    const courseId = addCourse();
    const [before] = (await rig.lister.listCourses()).courses;
    rig.advance(60_000);
    rig.run('update-course', { courseId, rsvp: false });

    const [after] = (await rig.lister.listCourses()).courses;

    expect(after?.details).not.toBe(before?.details);
  });

  it('lists sessions with dates in UTC and counters as numbers', async () => {
    const courseId = addCourse();
    const sessionId = addSession(courseId, ['2026-06-01', '2026-06-02'], 3);

    const listing = await rowsOf(courseId);

    expect(listing).toMatchObject({ complete: true, interruptedBy: null, outside: [], calls: 1 });
    expect(listing.rows).toEqual([
      {
        sessionId: String(sessionId),
        courseId: String(courseId),
        name: 'Day 1',
        startsAt: '2026-06-01T07:00:00.000Z',
        endsAt: '2026-06-02T15:00:00.000Z',
        events: 2,
        enrolled: 3,
        waiting: 0,
        instructors: 0,
        length: 960,
        rsvp: null,
        details: expect.any(String) as string,
      },
    ]);
  });

  it('keeps sessions apart that are over, or begin later than asked', async () => {
    const courseId = addCourse();
    const [past, now, later] = ['2026-05-01', '2026-05-04', '2026-07-01'].map((date) => addSession(courseId, [date]));

    const listing = await rowsOf(courseId, { to: '2026-05-18T09:00:00.000Z' });

    expect(listing.rows.map((row) => row.sessionId)).toEqual([String(now)]);
    expect(listing.outside).toEqual([String(past), String(later)]);
  });

  it.each(['null', 'empty', 'zero'])('takes a session without dates in, written as %s', async (emptyDates) => {
    rig.settings({ wire: { emptyDates } });
    const courseId = addCourse();
    addSession(courseId, []);

    const { rows } = await rowsOf(courseId);

    expect(rows).toMatchObject([{ startsAt: null, endsAt: null, events: 0 }]);
  });

  it('reads numbers that are all written as texts', async () => {
    rig.settings({ wire: { numbersAsStrings: 'all' } });
    const courseId = addCourse();
    const sessionId = addSession(courseId, ['2026-06-01'], 2);

    expect((await rig.lister.listCourses()).courses.map((c) => c.courseId)).toEqual([String(courseId)]);
    expect((await rowsOf(courseId)).rows).toMatchObject([{ sessionId: String(sessionId), events: 1, enrolled: 2 }]);
  });

  it('says of a course that cannot have sessions, or is gone, that it is so', async () => {
    const elearning = addCourse({ type: 'elearning' });
    const range = { from: FROM, to: null };

    expect(await rig.lister.listSessionRows({ courseId: String(elearning), ...range })).toEqual({
      kind: 'no-sessions',
      calls: 1,
    });
    expect(await rig.lister.listSessionRows({ courseId: '99', ...range })).toEqual({ kind: 'gone', calls: 1 });
  });

  it.each([
    ['lacks an item', 'missingItems'],
    ['holds one without an id', 'unreadableItem'],
  ] as const)('is not complete when the list %s', async (_what, kind) => {
    const courseId = addCourse();
    addSession(courseId, ['2026-06-01']);
    const second = addSession(courseId, ['2026-06-02']);
    rig.oddity({ kind, list: 'courseSessions', ofId: courseId, index: 0 });

    const listing = await rowsOf(courseId);

    expect(listing).toMatchObject({ complete: false, interruptedBy: null });
    expect(listing.rows.map((row) => row.sessionId)).toEqual([String(second)]);
  });

  it('keeps what it read when Docebo goes away in the middle of a list', async () => {
    const courseId = addCourse();
    for (let i = 0; i < 201; i++) addSession(courseId, ['2026-06-01']);
    rig.fault({ match: 'GET /course/v1/courses/.+/sessions.*page=2', kind: 'status', status: 503 });

    const listing = await rowsOf(courseId);

    expect(listing).toMatchObject({ complete: false, interruptedBy: { code: 'DOCEBO_UNAVAILABLE' }, calls: 2 });
    expect(listing.rows).toHaveLength(200);
    expect(await rowsOf(courseId)).toMatchObject({ complete: true, calls: 2 });
  });

  it('throws when it could read nothing', async () => {
    rig.fault({ match: 'GET /learn/v1/courses', kind: 'status', status: 503 });

    await expect(rig.lister.listCourses()).rejects.toMatchObject({ code: 'DOCEBO_UNAVAILABLE' });
  });

  it('looks at a course: what invitations show of it, and its switch', async () => {
    const courseId = addCourse({ rsvp: false });
    const before = await rig.lister.lookAtCourse(String(courseId));
    rig.run('update-course', { courseId, description: 'Other' });
    const edited = await rig.lister.lookAtCourse(String(courseId));
    rig.run('update-course', { courseId, rsvp: true });
    const switchedOn = await rig.lister.lookAtCourse(String(courseId));

    expect(before).toMatchObject({ rsvp: false, calls: 2 });
    expect(switchedOn).toMatchObject({ rsvp: true });
    expect(new Set([before?.facts, edited?.facts, switchedOn?.facts]).size).toBe(3);
    expect(await rig.lister.lookAtCourse('99')).toBeNull();
  });
});
