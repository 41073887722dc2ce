import { seedSmall, startDocebo, type Harness } from './docebo-harness';

describe('Docebo simulator: limits and faults', () => {
  let docebo: Harness;
  let seed: Awaited<ReturnType<typeof seedSmall>>;
  beforeEach(async () => {
    docebo = await startDocebo();
    seed = await seedSmall(docebo.control);
  });
  afterEach(() => docebo.close());

  const course = () => docebo.request(`/course/v1/courses/${seed.course.id}`);

  it('answers 429 once the calls of an hour are used up, and says when to come back', async () => {
    await docebo.control.settings({ limits: { callsPerHour: 2 } });
    await course();
    await course();

    const refused = await course();

    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ name: 'Too Many Requests', status: 429 });
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(3500);
    await docebo.control.advanceClock(wait * 1000);
    expect((await course()).status).toBe(200);
  });

  it('answers 429 without Retry-After when told to', async () => {
    await docebo.control.settings({ limits: { callsPerHour: 0, retryAfter: false } });

    const refused = await course();

    expect(refused.status).toBe(429);
    expect(refused.headers.has('retry-after')).toBe(false);
  });

  it('counts calls by kind; tokens and the control API do not use up the hour', async () => {
    await docebo.control.call('DELETE', 'calls');
    await docebo.get(`/course/v1/courses/${seed.course.id}/sessions`);
    await docebo.get(`/course/v1/sessions/${seed.session.id}/enrollments`);
    await docebo.get(`/course/v1/sessions/${seed.session.id}/enrollments?page=2`);
    await docebo.control.truth();

    expect(await docebo.control.calls()).toEqual({
      total: 3,
      refused: 0,
      byKind: { courseSessions: 1, sessionEnrollments: 2 },
      lastHour: { '127.0.0.1': 3 },
    });
  });

  it('fails as the fault board says, without counting against the hour', async () => {
    await docebo.control.call('POST', 'faults', { kind: 'status', match: '^GET /course/', status: 503, times: 2 });

    expect((await course()).status).toBe(503);
    expect((await course()).status).toBe(503);
    expect((await course()).status).toBe(200);
  });

  it('keeps pages and control out of the faults', async () => {
    await docebo.control.call('POST', 'faults', { kind: 'status', match: '.*', status: 500, times: 0 });

    expect((await docebo.control.truth()).courses).toHaveLength(1);
  });

  it('hides from a lesser level what it must not see, or forbids it', async () => {
    const hidden = (await docebo.control.run('create-course', { name: 'Draft', isPublished: false })).result;
    const session = (await docebo.control.run('create-session', { courseId: hidden.id, name: 'Hidden' })).result;
    await docebo.get(`/course/v1/sessions/${session.id}`);

    await docebo.control.settings({ rights: { level: 'power_user', hiddenCourseIds: [seed.course.id] } });

    expect((await docebo.get('/manage/v1/user/session')).data).toMatchObject({ user_level: 'power_user' });
    await docebo.get(`/course/v1/sessions/${session.id}`, 404);
    await docebo.get(`/course/v1/sessions/${seed.session.id}/events`, 404);
    expect((await docebo.get('/learn/v1/courses')).data.items).toEqual([]);

    await docebo.control.settings({ rights: { beyond: 'forbid' } });
    expect(await docebo.get(`/course/v1/sessions/${session.id}`, 403)).toMatchObject({ name: 'Forbidden' });
    await docebo.get('/manage/v1/user/session');
  });

  it.each([
    [{ limits: { callsPerHour: -1 } }, '/limits/callsPerHour must be >= 0'],
    [{ limit: { callsPerHour: 1 } }, '"additionalProperty":"limit"'],
    [{ lag: { mode: 'delay' } }, '/lag'],
  ])('refuses settings that it does not understand: %j', async (change, message) => {
    const before = await docebo.control.call('GET', 'settings');

    await expect(docebo.control.call('PATCH', 'settings', change)).rejects.toThrow(message);
    expect(await docebo.control.call('GET', 'settings')).toEqual(before);
  });
});
