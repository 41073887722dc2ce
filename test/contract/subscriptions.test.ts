import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSubscriptionActivities } from '../../src/activities/subscriptions';
import { createGraphSubscriptions } from '../../src/adapters/graph/subscriptions';
import type { Subscriptions } from '../../src/domain/rsvp/subscriptions';
import { GraphRig, ORGANISER } from './graph-rig';

/** The activities and the Graph adapter before the simulated Microsoft. */
describe('a subscription to changes', () => {
  let rig: GraphRig;
  let listener: Server;
  let base: string;
  let echoes: boolean;
  let subscriptions: Subscriptions;

  beforeEach(async () => {
    rig = await GraphRig.start();
    echoes = true;
    listener = createServer((request, response) => {
      const token = new URL(request.url ?? '', 'http://x').searchParams.get('validationToken');
      response.writeHead(200, { 'content-type': 'text/plain' }).end(echoes ? (token ?? '') : 'nonsense');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => listener.once('listening', resolve));
    base = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
    subscriptions = subscriptionsTo(`${base}/webhooks/graph/training`);
  });
  afterEach(async () => {
    await rig.close();
    listener.closeAllConnections();
    listener.close();
  });

  function subscriptionsTo(notificationUrl: string, applicationId = 'client-1'): Subscriptions {
    const lifecycleUrl = `${notificationUrl}/lifecycle`;
    return createGraphSubscriptions({
      graph: rig.graph,
      target: { notificationUrl, lifecycleUrl, clientState: 'secret', applicationId },
    });
  }

  const nowMs = () => rig.simulator.state.now().getTime();
  const keep = (knownId: string | null = null, renew = false, of = subscriptions) =>
    createSubscriptionActivities({
      subscriptionsOf: () => of,
      pollTrigger: { trigger: async () => 'triggered' },
      clock: { now: () => new Date(nowMs()) },
    }).keepSubscription({ mailbox: 'training', knownId, renew });
  const stored = () => Object.values(rig.simulator.state.data.subscriptions);
  const calls = () => rig.graph.calls()['subscriptions'] ?? 0;

  test('is made with secret, lifecycle address and immutable ids, for a week less ten minutes', async () => {
    const made = await keep();

    expect(made).toMatchObject({ did: 'created', pruned: 0 });
    expect(Date.parse(made.expiresAt) - nowMs()).toBeGreaterThan(10_069 * 60_000);
    expect(stored()).toEqual([
      expect.objectContaining({
        id: made.id,
        resource: `/users/${ORGANISER}/events`,
        changeTypes: ['updated', 'deleted'],
        clientState: 'secret',
        notificationUrl: `${base}/webhooks/graph/training`,
        lifecycleNotificationUrl: `${base}/webhooks/graph/training/lifecycle`,
        immutableIds: true,
        expiresAt: made.expiresAt,
      }),
    ]);
    expect(calls()).toBe(2);
  });

  test('is looked up for one request, and renewed for two', async () => {
    const made = await keep();
    await rig.control('POST', '/clock', { advanceMs: 84 * 3_600_000 });
    // The token has expired too: its renewal is no matter of the subscription.
    await subscriptions.list();
    const before = calls();

    await expect(keep(made.id)).resolves.toEqual({ id: made.id, expiresAt: made.expiresAt, did: 'kept', pruned: 0 });
    expect(calls() - before).toBe(1);
    const renewed = await keep(made.id, true);

    expect(renewed).toMatchObject({ id: made.id, did: 'renewed' });
    expect(Date.parse(renewed.expiresAt) - Date.parse(made.expiresAt)).toBeGreaterThanOrEqual(84 * 3_600_000);
    expect(calls() - before).toBe(3);
  });

  test('is taken up by a run that does not remember it, and doubles of it go', async () => {
    const first = await keep();
    const wanted = subscriptions.wanted!;
    await subscriptions.create(wanted, first.expiresAt);

    const taken = await keep();

    expect(taken).toMatchObject({ did: 'renewed', pruned: 1 });
    expect(stored().map(({ id }) => id)).toEqual([taken.id]);
  });

  test('is made anew when it is gone or has expired', async () => {
    const first = await keep();
    await subscriptions.remove(first.id);
    await subscriptions.remove(first.id);

    const second = await keep(first.id);
    await rig.control('POST', '/clock', { advanceMs: 8 * 86_400_000 });
    const third = await keep(second.id, true);

    expect([second.did, third.did]).toEqual(['created', 'created']);
    expect(new Set([first.id, second.id, third.id]).size).toBe(3);
    await expect(subscriptions.renew(first.id, third.expiresAt)).resolves.toBeNull();
  });

  test('of others stays: another mailbox’s, another installation’s', async () => {
    const other = subscriptionsTo(`${base}/webhooks/graph/milan`);
    const staging = subscriptionsTo(`${base}/staging/webhooks/graph/training`);
    await keep(null, false, other);
    await keep(null, false, staging);

    await keep();

    expect(stored()).toHaveLength(3);
  });

  test('that is remembered goes when the public address has changed', async () => {
    const old = await keep(null, false, subscriptionsTo(`${base}/old/webhooks/graph/training`));

    const made = await keep(old.id);

    expect(made).toMatchObject({ did: 'created', pruned: 1 });
    expect(stored().map(({ id }) => id)).toEqual([made.id]);
  });

  test('is dropped when change notifications are off, and cannot be kept then', async () => {
    const made = await keep();
    const off = createGraphSubscriptions({ graph: rig.graph, target: null });
    const activities = createSubscriptionActivities({
      subscriptionsOf: () => off,
      pollTrigger: { trigger: async () => 'triggered' },
      clock: { now: () => new Date() },
    });

    await activities.dropSubscription({ mailbox: 'training', knownId: made.id });
    await activities.dropSubscription({ mailbox: 'training', knownId: null });

    expect(stored()).toEqual([]);
    await expect(keep(null, false, off)).rejects.toMatchObject({ code: 'BUG_UNKNOWN_KEY' });
  });

  test('cannot be had while the address does not echo, which names the setting', async () => {
    echoes = false;

    await expect(keep()).rejects.toMatchObject({ code: 'GRAPH_SUBSCRIPTION_URL', kind: 'input' });
    await expect(keep()).rejects.toThrow(/api\.publicUrl/);
  });

  test('cannot be had without the right', async () => {
    await rig.control('PATCH', '/apps/client-1', { permissions: ['Mail.Read'] });

    await expect(keep()).rejects.toMatchObject({ code: 'GRAPH_ACCESS' });
  });

  test('a list of Graph’s that is none is no empty list', async () => {
    rig.simulator.faults.arm({
      match: '^GET .*/subscriptions',
      kind: 'status',
      status: 200,
      body: { value: [{}] },
    } as never);

    await expect(keep()).rejects.toMatchObject({ code: 'GRAPH_CONTRACT' });
  });
});
