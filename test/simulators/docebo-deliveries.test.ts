import { Receiver, seedSmall, startDocebo, type Harness } from './docebo-harness';

const HOUR_MS = 3_600_000;

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('Docebo simulator: delivery of webhooks', () => {
  let docebo: Harness;
  let receiver: Receiver;
  let seed: Awaited<ReturnType<typeof seedSmall>>;
  let webhookId: number;
  beforeEach(async () => {
    docebo = await startDocebo();
    receiver = new Receiver();
    seed = await seedSmall(docebo.control);
    await docebo.control.settings({ webhooks: { backoff: { baseMs: 5 } } });
    const credentials = { username: 'docebo', password: 'old' };
    webhookId = (await docebo.control.addWebhook({ url: await receiver.listen(), credentials })).id;
  });
  afterEach(async () => {
    await docebo.close();
    await receiver.close();
  });

  async function rename(name: string): Promise<string> {
    const { messageIds } = await docebo.control.run('update-session', { sessionId: seed.session.id, name });
    return messageIds[0] as string;
  }

  const attempts = async () => (await docebo.control.deliveries())[0]?.attempts.length;
  const ids = () => receiver.bodies.map((body) => body.message_id);
  const passwords = () =>
    receiver.received.map(({ headers }) =>
      Buffer.from((headers.authorization ?? '').slice(6), 'base64')
        .toString()
        .split(':')
        .pop(),
    );

  it.each([200, 204, 302])('takes %i for an acknowledgement', async (status) => {
    receiver.usual = status;

    const messageId = await rename('A');

    expect(await docebo.control.whenIdle()).toBe(true);
    expect(ids()).toEqual([messageId]);
    expect(await docebo.control.deliveries()).toMatchObject([
      { status: 'delivered', attempts: [{ status, error: null }] },
    ]);
  });

  it('tries again, later and later, until it is acknowledged; the last error stays', async () => {
    receiver.answers.push(500, 404, 503);

    const messageId = await rename('A');
    expect(await docebo.control.whenIdle()).toBe(true);

    expect(ids()).toEqual(Array.from({ length: 4 }, () => messageId));
    const [delivery] = await docebo.control.deliveries();
    expect(delivery?.attempts.map((a) => a.status)).toEqual([500, 404, 503, 200]);
    const [webhook] = await docebo.control.webhooks();
    expect(webhook?.lastError).toMatchObject({ error: 'answered 503' });
    await docebo.control.call('POST', `webhooks/${webhookId}/reset-error`);
    expect((await docebo.control.webhooks())[0]?.lastError).toBeNull();
  });

  it('waits twice as long after each failure, by the clock of the simulator', async () => {
    await docebo.control.settings({ webhooks: { backoff: { baseMs: HOUR_MS, factor: 2, capMs: 3 * HOUR_MS } } });
    receiver.usual = 500;
    await rename('A');
    await until(async () => (await attempts()) === 1);

    const waits: number[] = [];
    for (let count = 2; count <= 5; count++) {
      const [delivery] = await docebo.control.deliveries();
      const last = Date.parse(delivery?.attempts.at(-1)?.at as string);
      waits.push(Math.round(((delivery?.dueAt as number) - last) / HOUR_MS));
      await docebo.control.advanceClock((waits.at(-1) as number) * HOUR_MS);
      await until(async () => (await attempts()) === count);
    }

    expect(waits).toEqual([1, 2, 3, 3]);
  });

  it('takes silence for a failure, also when the receiver worked on', async () => {
    await docebo.control.settings({ webhooks: { timeoutMs: 50 } });
    receiver.usual = 'hang';

    const messageId = await rename('A');
    // On a busy machine the time may be over before the message gets out.
    await until(async () => receiver.received.length > 0 && (await attempts()) !== 0);
    receiver.usual = 200;
    await docebo.control.settings({ webhooks: { timeoutMs: 60_000 } });
    expect(await docebo.control.whenIdle()).toBe(true);

    const [delivery] = await docebo.control.deliveries();
    const outcomes = delivery?.attempts.map(({ status, error }) => error ?? status);
    expect(new Set(outcomes)).toEqual(new Set(['no answer in time', 200]));
    expect([delivery?.status, outcomes?.at(-1)]).toEqual(['delivered', 200]);
    expect(ids().length).toBeGreaterThan(1);
    expect(new Set(ids())).toEqual(new Set([messageId]));
  });

  it('gives up after 60 hours and deactivates the webhook; what was queued still goes out', async () => {
    await docebo.control.settings({ webhooks: { backoff: { baseMs: HOUR_MS, capMs: HOUR_MS } } });
    receiver.answers.push(500, 500, 200);
    const first = await rename('A');
    await until(async () => (await attempts()) === 1);
    await docebo.control.advanceClock(59 * HOUR_MS);
    await until(async () => (await attempts()) === 2);
    await docebo.control.settings({ webhooks: { held: true } });
    const second = await rename('B');
    await docebo.control.advanceClock(2 * HOUR_MS);
    receiver.answers.splice(0, receiver.answers.length, 500, 500);

    await docebo.control.settings({ webhooks: { held: false } });
    await until(async () => (await docebo.control.webhooks())[0]?.active === false);
    await docebo.control.advanceClock(HOUR_MS);
    expect(await docebo.control.whenIdle()).toBe(true);

    expect(await docebo.control.deliveries()).toMatchObject([
      { messageId: first, status: 'expired' },
      { messageId: second, status: 'delivered' },
    ]);
    expect((await docebo.control.webhooks())[0]?.active).toBe(false);
    expect(await docebo.control.call('GET', 'webhooks/audit')).toMatchObject([
      { event: 'created' },
      { event: 'activated' },
      { event: 'deactivated by system', webhookId },
    ]);
    expect((await docebo.control.run('update-session', { sessionId: seed.session.id, name: 'C' })).messageIds).toEqual(
      [],
    );
  });

  it('sends queued messages with the URL and credentials they were queued with', async () => {
    await docebo.control.settings({ webhooks: { held: true } });
    await rename('A');

    await docebo.control.changeWebhook(webhookId, { credentials: { username: 'docebo', password: 'new' } });
    await rename('B');
    await docebo.control.changeWebhook(webhookId, { url: 'http://127.0.0.1:1/gone', active: false });
    await docebo.control.release();

    expect(await docebo.control.whenIdle()).toBe(true);
    expect(passwords()).toEqual(['old', 'new']);
  });

  it('releases held messages in another order', async () => {
    await docebo.control.settings({ webhooks: { held: true } });
    const [a, b, c] = [await rename('A'), await rename('B'), await rename('C')];
    expect(await docebo.control.whenIdle(20)).toBe(false);

    await docebo.control.release('reversed');
    await docebo.control.whenIdle();
    expect(ids()).toEqual([c, b, a]);

    await docebo.control.settings({ webhooks: { held: true } });
    const [d, e, f] = [await rename('D'), await rename('E'), await rename('F')];
    await docebo.control.release([e, f]);
    await docebo.control.whenIdle();
    expect(ids().slice(3)).toEqual([e, f, d]);
  });

  it('sends a message once more under its old id when told to', async () => {
    const messageId = await rename('A');
    await docebo.control.whenIdle();
    await docebo.control.changeWebhook(webhookId, { credentials: null });

    await docebo.control.redeliver(messageId);
    await docebo.control.whenIdle();

    expect(receiver.bodies[1]).toEqual(receiver.bodies[0]);
    expect(passwords()).toEqual(['old', 'old']);
    await expect(docebo.control.redeliver('wh-none')).rejects.toThrow('there is no message wh-none');
  });

  it('sends every message twice under one id at a duplicate rate of 1', async () => {
    await docebo.control.settings({ webhooks: { duplicates: 1 } });

    const messageId = await rename('A');
    await docebo.control.whenIdle();

    expect(ids()).toEqual([messageId, messageId]);
  });

  it('loses messages without a trace at the receiver', async () => {
    await docebo.control.settings({ webhooks: { losses: 1 } });

    await rename('A');

    expect(await docebo.control.whenIdle()).toBe(true);
    expect(receiver.bodies).toEqual([]);
    expect(await docebo.control.deliveries()).toMatchObject([{ status: 'lost', attempts: [] }]);
  });

  it('lets later messages overtake delayed ones, delaying the same ones for the same seed', async () => {
    const latenessWith = async (seedNumber: number) => {
      await docebo.control.settings({ webhooks: { seed: 0, delayed: 0.5, delayMs: HOUR_MS, held: true } });
      await docebo.control.settings({ webhooks: { seed: seedNumber } });
      const sent: string[] = [];
      for (let i = 0; i < 6; i++) sent.push(await rename(`N${i}`));
      receiver.received.length = 0;
      await docebo.control.settings({ webhooks: { held: false } });
      await docebo.control.advanceClock(HOUR_MS);
      await docebo.control.whenIdle();
      const deliveries = (await docebo.control.deliveries()).filter((d) => sent.includes(d.messageId));
      const late = deliveries.map((d) => d.dueAt - Date.parse(d.queuedAt));
      return { late, order: ids().map((id) => sent.indexOf(id as string)) };
    };

    const first = await latenessWith(7);

    expect([...first.order].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(first.order).not.toEqual([0, 1, 2, 3, 4, 5]);
    expect((await latenessWith(7)).late).toEqual(first.late);
    expect((await latenessWith(8)).late).not.toEqual(first.late);
  });

  it('keeps to the configured pace for each host', async () => {
    await docebo.control.settings({ webhooks: { held: true, messagesPerSecondPerHost: 1 / 3_600 } });
    await rename('A');
    await rename('B');
    await docebo.control.settings({ webhooks: { held: false } });
    await until(async () => (await docebo.control.deliveries()).some(({ status }) => status === 'delivered'));
    expect(await docebo.control.whenIdle(100)).toBe(false);
    expect(receiver.bodies).toHaveLength(1);

    await docebo.control.advanceClock(HOUR_MS);

    expect(await docebo.control.whenIdle()).toBe(true);
    expect(receiver.bodies).toHaveLength(2);
  });
});
