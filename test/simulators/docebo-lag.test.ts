import { Receiver, seedSmall, startDocebo, type Harness } from './docebo-harness';

describe('Docebo simulator: an API that shows changes late', () => {
  let docebo: Harness;
  let seed: Awaited<ReturnType<typeof seedSmall>>;
  beforeEach(async () => {
    docebo = await startDocebo();
    seed = await seedSmall(docebo.control);
  });
  afterEach(() => docebo.close());

  async function nameNow(): Promise<unknown> {
    return (await docebo.get(`/course/v1/sessions/${seed.session.id}`)).data.name;
  }

  const rename = (name: string) => docebo.control.run('update-session', { sessionId: seed.session.id, name });

  it('sends the webhook ahead of the API, which shows nothing new until it is released', async () => {
    const receiver = new Receiver();
    await docebo.control.addWebhook({ url: await receiver.listen() });
    await docebo.control.settings({ lag: { mode: 'held' } });

    await rename('Second');
    await docebo.control.whenIdle();

    expect(receiver.bodies).toHaveLength(1);
    expect(await nameNow()).toBe('Spring Édition 1');
    expect((await docebo.control.truth()).sessions[0]?.name).toBe('Second');
    await docebo.control.settings({ lag: { mode: 'none' } });
    expect(await nameNow()).toBe('Second');
    await receiver.close();
  });

  it('shows each change when its time has come', async () => {
    await docebo.control.settings({ lag: { mode: 'delay', ms: 3_600_000 } });

    await rename('Second');
    await docebo.control.advanceClock(1_800_000);
    await rename('Third');

    expect(await nameNow()).toBe('Spring Édition 1');
    await docebo.control.advanceClock(1_800_000);
    expect(await nameNow()).toBe('Second');
    await docebo.control.advanceClock(1_800_000);
    expect(await nameNow()).toBe('Third');
  });

  it('still shows what no longer exists, and not yet what is new', async () => {
    await docebo.control.settings({ lag: { mode: 'held' } });

    await docebo.control.run('delete-session', { sessionId: seed.session.id });
    const fresh = (await docebo.control.run('create-session', { courseId: seed.course.id, name: 'Fresh' })).result;

    await docebo.get(`/course/v1/sessions/${seed.session.id}/events`);
    await docebo.get(`/course/v1/sessions/${fresh.id}`, 404);
    const { data } = await docebo.get(`/course/v1/courses/${seed.course.id}/sessions`);
    expect(data.items).toMatchObject([{ id: seed.session.id }]);
  });

  it('goes on from what it shows when the lag changes', async () => {
    await docebo.control.settings({ lag: { mode: 'held' } });
    await rename('Second');

    await docebo.control.settings({ lag: { mode: 'delay', ms: 60_000 } });

    expect(await nameNow()).toBe('Spring Édition 1');
    await docebo.control.advanceClock(61_000);
    expect(await nameNow()).toBe('Second');
  });
});
