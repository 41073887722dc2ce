import { Receiver, seedSmall, startDocebo, type Harness, type Json } from './docebo-harness';

describe('Docebo simulator: the form of webhook messages', () => {
  let docebo: Harness;
  let receiver: Receiver;
  let seed: Awaited<ReturnType<typeof seedSmall>>;
  beforeEach(async () => {
    docebo = await startDocebo();
    receiver = new Receiver();
    seed = await seedSmall(docebo.control);
    await docebo.control.addWebhook({ url: await receiver.listen() });
  });
  afterEach(async () => {
    await docebo.close();
    await receiver.close();
  });

  /** Enrols `count` new people at once; gives the sizes of the messages that tell of it (0: a single `payload`). */
  async function sizesFor(count: number): Promise<number[]> {
    const users = Array.from({ length: count }, () => ({ firstName: 'N', lastName: 'N', email: 'n@example.com' }));
    const userIds = (await docebo.control.run('create-users', { users })).result.map((user) => user.id);
    receiver.received.length = 0;
    await docebo.control.run('enrol', { sessionId: seed.session.id, userIds, status: 'active' });
    await docebo.control.whenIdle();
    return receiver.bodies.map((body) => ('payload' in body ? 0 : (body.payloads as Json[]).length));
  }

  it('puts at most 25 events into a message', async () => {
    expect(await sizesFor(60)).toEqual([25, 25, 10]);
  });

  it('cuts groups at random, repeatably', async () => {
    const cut = async (seedNumber: number) => {
      await docebo.control.settings({ webhooks: { seed: 0, split: 'random' } });
      await docebo.control.settings({ webhooks: { seed: seedNumber } });
      return sizesFor(40);
    };

    const first = await cut(3);

    expect(first.reduce((sum, size) => sum + (size || 1), 0)).toBe(40);
    expect(first.length).toBeGreaterThan(2);
    expect(Math.max(...first)).toBeLessThanOrEqual(25);
    expect(await cut(3)).toEqual(first);
    expect(await cut(4)).not.toEqual(first);
  });

  it('sends a group of one as `payload`, or as `payloads` when told to', async () => {
    await docebo.control.settings({ webhooks: { split: 'ones' } });
    expect(await sizesFor(2)).toEqual([0, 0]);

    await docebo.control.settings({ webhooks: { groupOfOne: 'payloads' } });
    expect(await sizesFor(2)).toEqual([1, 1]);
  });

  it('leaves the newer keys out, or names the id as the documentation does', async () => {
    await docebo.control.settings({ webhooks: { envelope: { webhookId: false, originalDomain: false, idKey: 'id' } } });

    await docebo.control.run('update-session', { sessionId: seed.session.id, name: 'Old style' });
    await docebo.control.whenIdle();

    expect(Object.keys(receiver.bodies[0] ?? {}).sort()).toEqual(['event', 'fired_by_batch_action', 'id', 'payload']);
  });
});
