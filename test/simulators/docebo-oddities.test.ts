import { seedSmall, startDocebo, type Harness } from './docebo-harness';

describe("Docebo simulator: the API's oddities", () => {
  let docebo: Harness;
  let seed: Awaited<ReturnType<typeof seedSmall>>;
  let enrolments: string;
  beforeEach(async () => {
    docebo = await startDocebo();
    seed = await seedSmall(docebo.control);
    enrolments = `/course/v1/sessions/${seed.session.id}/enrollments`;
  });
  afterEach(() => docebo.close());

  async function enrolMany(count: number): Promise<number[]> {
    const users = Array.from({ length: count }, (_, i) => ({
      firstName: `N${i}`,
      lastName: 'N',
      email: `n${i}@example.com`,
    }));
    const ids = (await docebo.control.run('create-users', { users })).result.map((user) => user.id);
    await docebo.control.run('enrol', { sessionId: seed.session.id, userIds: ids, status: 'active' });
    return ids;
  }

  const ids = (items: readonly Record<string, unknown>[]) => items.map((item) => item.user_id);

  it('gives at most 200 items a page, however many are asked for', async () => {
    const all = await enrolMany(450);

    const pages = await Promise.all(
      [1, 2, 3, 4].map((page) => docebo.get(`${enrolments}?page=${page}&page_size=5000`)),
    );

    expect(pages.map(({ data }) => [data.count, data.has_more_data, data.current_page_size])).toEqual([
      [200, true, 200],
      [200, true, 200],
      [50, false, 200],
      [0, false, 200],
    ]);
    expect(pages[0]?.data).toMatchObject({ total_count: 450, total_page_count: 3 });
    expect(pages.flatMap(({ data }) => ids(data.items))).toEqual(all);
  });

  it.each(['page=0', 'page_size=x'])('refuses %s', async (query) => {
    expect(await docebo.get(`${enrolments}?${query}`, 400)).toMatchObject({ name: 'Bad Request' });
  });

  it('answers 400 "does not have sessions" for an e-learning course', async () => {
    const course = (await docebo.control.run('create-course', { name: 'Film', type: 'elearning' })).result;

    const string = await docebo.get(`/course/v1/courses/${course.id}/sessions`, 400);
    expect(string).toMatchObject({ name: 'Bad Request', status: 400 });
    expect(string.message).toContain('does not have sessions');

    await docebo.control.settings({ wire: { errorMessages: 'array' } });
    const array = await docebo.get(`/course/v1/courses/${course.id}/sessions`, 400);
    expect(array.message).toEqual([expect.stringContaining('does not have sessions')]);
  });

  it('writes every number as a string when told to, but not the counts of the page', async () => {
    await enrolMany(1);
    await docebo.control.settings({ wire: { numbersAsStrings: 'all' } });

    const { data } = await docebo.get(enrolments);

    expect(data).toMatchObject({ total_count: 1, items: [{ user_id: expect.stringMatching(/^\d+$/) as unknown }] });
    expect((await docebo.get(`/course/v1/sessions/${seed.session.id}`)).data).toMatchObject({
      id: String(seed.session.id),
      course: { id: String(seed.course.id) },
    });
  });

  it('writes a missing date as null, as an empty string and as zeros', async () => {
    for (const name of ['A', 'B', 'C']) await docebo.control.run('create-session', { courseId: seed.course.id, name });
    const starts = async () =>
      (await docebo.get(`/course/v1/courses/${seed.course.id}/sessions`)).data.items.slice(1).map((s) => s.date_start);

    expect(new Set(await starts())).toEqual(new Set([null, '', '0000-00-00 00:00:00']));
    await docebo.control.settings({ wire: { emptyDates: 'zero' } });
    expect(new Set(await starts())).toEqual(new Set(['0000-00-00 00:00:00']));
  });

  it('leaves items out of one page while the count still tells of them', async () => {
    const all = await enrolMany(6);
    const oddity = { kind: 'missingItems', list: 'sessionEnrollments', page: 2, index: 1, count: 2 } as const;
    await docebo.control.addOddity({ ...oddity, ofId: seed.session.id });

    const first = await docebo.get(`${enrolments}?page=1&page_size=3`);
    const second = await docebo.get(`${enrolments}?page=2&page_size=3`);

    expect(ids(first.data.items)).toEqual(all.slice(0, 3));
    expect(ids(second.data.items)).toEqual([all[3]]);
    expect(second.data.total_count).toBe(6);
  });

  it('lies about more data, as often as told', async () => {
    await enrolMany(4);
    await docebo.control.addOddity({ kind: 'hasMoreLies', list: 'sessionEnrollments', times: 1 });

    expect((await docebo.get(`${enrolments}?page_size=2`)).data).toMatchObject({
      has_more_data: false,
      total_count: 4,
    });
    expect((await docebo.get(`${enrolments}?page_size=2`)).data).toMatchObject({ has_more_data: true });
  });

  it('shows an enrolment without a user id, until the oddity is removed', async () => {
    const all = await enrolMany(3);
    await docebo.control.addOddity({ kind: 'unreadableItem', list: 'sessionEnrollments', index: 1 });

    expect(ids((await docebo.get(enrolments)).data.items)).toEqual([all[0], undefined, all[2]]);
    await docebo.control.clearOddities();
    expect(ids((await docebo.get(enrolments)).data.items)).toEqual(all);
  });

  it('shows an empty list where there is none', async () => {
    await docebo.control.addOddity({ kind: 'emptyList', list: 'courseSessions', ofId: seed.course.id });

    const { data } = await docebo.get(`/course/v1/courses/${seed.course.id}/sessions`);

    expect(data).toMatchObject({ items: [], total_count: 0, has_more_data: false });
  });

  it('keeps unenrolled people on the list as inactive when told to', async () => {
    const [userId = 0] = await enrolMany(1);

    await docebo.control.run('unenrol', { sessionId: seed.session.id, userIds: [userId], keepRow: true });

    expect((await docebo.get(enrolments)).data.items).toMatchObject([{ user_id: userId, status: 'unenrolled' }]);
  });

  it('sends people to the waiting list when no seat is free', async () => {
    await docebo.control.run('update-session', { sessionId: seed.session.id, maxEnroll: 1 });

    const { result } = await docebo.control.run('enrol', {
      sessionId: seed.session.id,
      userIds: seed.users.slice(0, 2).map((user) => user.id),
    });

    expect(result.map((row) => row.status)).toEqual(['active', 'waiting']);
  });
});
