import type { TenantProfile } from '../../src/adapters/docebo/profile/profile';
import type { AppError } from '../../src/domain/errors';
import { DoceboRig, PROFILES } from './docebo-rig';

/** Both calls are what the tenant profile says: each test runs with two profiles that have nothing in common. */
describe.each(PROFILES)('answers told to Docebo by profile %s', (profile) => {
  let rig: DoceboRig;
  let ids: { courseId: string; sessionId: string; eventId: string; userId: string };
  afterEach(() => rig.close());

  const switchedOn = (shipped: TenantProfile): TenantProfile => ({
    ...shipped,
    rsvpWriteBack: { ...shipped.rsvpWriteBack, enabled: true },
    ...(shipped.unenrol !== undefined && { unenrol: { ...shipped.unenrol, enabled: true } }),
  });

  async function start(adapt = switchedOn): Promise<void> {
    rig = await DoceboRig.start({ profile, adapt });
    const course = rig.run('create-course', { name: 'Safety', rsvp: true });
    const session = rig.run('create-session', { courseId: course.id, name: 'Spring', maxEnroll: 10 });
    const at = { date: '2026-06-01', timeBegin: '09:00', timeEnd: '17:00', timezone: 'Europe/Rome' };
    const event = rig.run('add-event', { sessionId: session.id, name: 'Day 1', ...at });
    const user = rig.run('create-user', { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@academy.example' });
    rig.run('enrol', { sessionId: session.id, userIds: [user.id] });
    ids = {
      courseId: String(course.id),
      sessionId: String(session.id),
      eventId: String(event.id),
      userId: String(user.id),
    };
  }

  const write = (response: 'none' | 'accepted' | 'tentative' | 'declined') =>
    rig.sink.writeAnswer({ ...ids, response });
  const answers = () => rig.simulator.academy.state.answers;
  const seats = () => rig.simulator.academy.state.enrolments[Number(ids.sessionId)] ?? [];

  async function failure(promise: Promise<unknown>): Promise<AppError> {
    try {
      await promise;
    } catch (error) {
      return error as AppError;
    }
    throw new Error('nothing was thrown');
  }

  it.each(['accepted', 'tentative', 'declined', 'none'] as const)('arrive: %s', async (response) => {
    await start();

    await expect(write(response)).resolves.toEqual({ kind: 'written' });

    const { sessionId, eventId, userId } = ids;
    expect(answers()).toMatchObject([
      { sessionId: Number(sessionId), eventId: Number(eventId), userId: Number(userId), answer: response },
    ]);
    expect(rig.client.calls()).toMatchObject({ rsvpWriteBack: 1 });
  });

  it('arrive once more when the first answer of Docebo was lost, and mean the same', async () => {
    await start();
    rig.fault({ match: '^(PUT|POST) /(course|enrollment)/', kind: 'commitThenFail', status: 503 });

    expect((await failure(write('accepted'))).code).toBe('DOCEBO_UNAVAILABLE');
    await write('accepted');

    expect(answers().map((a) => a.answer)).toEqual(['accepted', 'accepted']);
  });

  it('are not told, and Docebo is not asked, while the profile has it off', async () => {
    await start((shipped) => shipped);

    await expect(write('accepted')).resolves.toEqual({ kind: 'off' });
    await expect(rig.sink.unenrol(ids)).resolves.toEqual({ kind: 'off' });

    expect(answers()).toEqual([]);
    expect(rig.client.calls()).toEqual({});
  });

  it('of somebody without a seat are not found', async () => {
    await start();

    const error = await failure(rig.sink.writeAnswer({ ...ids, userId: '999', response: 'accepted' }));

    expect([error.code, error.kind]).toEqual(['DOCEBO_NOT_FOUND', 'not-found']);
  });

  it.each([
    [400, 'DOCEBO_REFUSED'],
    [403, 'DOCEBO_ACCESS'],
    [429, 'DOCEBO_THROTTLED'],
    [500, 'DOCEBO_UNAVAILABLE'],
  ])('fail by Docebo’s %i with the code of every call', async (status, code) => {
    await start();
    await rig.source.whoAmI();
    rig.fault({ match: '^(PUT|POST) /(course|enrollment)/', kind: 'status', status, retryAfter: 30 });

    expect((await failure(write('accepted'))).code).toBe(code);
  });

  it('are told with a fresh token when the old one died', async () => {
    await start();
    await write('tentative');
    rig.fault({ match: '^(PUT|POST) /(course|enrollment)/', kind: 'status', status: 401 });

    await expect(write('accepted')).resolves.toEqual({ kind: 'written' });
    expect(rig.client.calls()).toMatchObject({ token: 2 });
  });

  it('free the seat of a learner, once', async () => {
    await start();

    await expect(rig.sink.unenrol(ids)).resolves.toEqual({ kind: 'unenrolled' });
    expect(seats()).toEqual([]);

    await expect(rig.sink.unenrol(ids)).resolves.toEqual({ kind: 'absent' });
    expect(rig.client.calls()).toMatchObject({ unenrol: 2 });
  });

  it('free no seat where the profile knows no call for it', async () => {
    await start((shipped) => ({ ...switchedOn(shipped), unenrol: undefined }));

    await expect(rig.sink.unenrol(ids)).resolves.toEqual({ kind: 'off' });
    expect(seats()).toHaveLength(1);
  });

  it('wait for the course’s id when the profile wants it', async () => {
    await start((shipped) => {
      const on = switchedOn(shipped);
      return { ...on, rsvpWriteBack: { ...on.rsvpWriteBack, path: '/course/v1/{course_id}/answers' } };
    });

    const error = await failure(rig.sink.writeAnswer({ ...ids, courseId: null, response: 'accepted' }));

    expect(error.code).toBe('DOCEBO_COURSE_UNKNOWN');
    expect(rig.client.calls()).toEqual({});
  });
});
