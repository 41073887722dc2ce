import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { MicrosoftRig, organizer, type ErrorAnswer } from './microsoft-rig';

interface Notification {
  readonly changeType: string;
  readonly clientState: string;
  readonly lifecycleEvent?: string;
  readonly resourceData?: { readonly id: string };
}

describe('change notifications', () => {
  let rig: MicrosoftRig;
  let listener: Server;
  let url: string;
  let received: Notification[];
  let answers: { echo: boolean; status: number };

  beforeEach(async () => {
    rig = await MicrosoftRig.start({ notificationRetryMs: [20] });
    received = [];
    answers = { echo: true, status: 202 };
    listener = createServer((request, response) => {
      const token = new URL(request.url ?? '', url).searchParams.get('validationToken');
      if (token !== null) {
        response.writeHead(200, { 'content-type': 'text/plain' }).end(answers.echo ? token : 'nonsense');
        return;
      }
      void text(request).then((body) => {
        received.push(...(JSON.parse(body) as { value: Notification[] }).value);
        response.writeHead(answers.status).end();
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => listener.once('listening', resolve));
    url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/graph`;
  });
  afterEach(async () => {
    await rig.close();
    listener.closeAllConnections();
    listener.close();
  });

  const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  const subscribe = (change: object = {}) =>
    rig.graph<ErrorAnswer & { id: string; expirationDateTime: string }>('POST', '/subscriptions', {
      changeType: 'created,updated,deleted',
      notificationUrl: url,
      resource: `/users/${organizer}/events`,
      expirationDateTime: inMinutes(1_000),
      clientState: 'hush',
      ...change,
    });
  const settled = () => rig.control('POST', '/subscriptions/settle');
  const kinds = () => received.map((n) => n.changeType).sort();

  test('are sent for what is created, updated and deleted, with the client state and the ids asked for', async () => {
    expect((await subscribe()).status).toBe(201);
    const event = await rig.create();
    await rig.respond('ada@academy.example', event.id, 'accepted');
    await rig.graph('DELETE', `events/${encodeURIComponent(event.id)}`);
    await settled();

    expect(kinds()).toEqual(['created', 'deleted', 'updated']);
    expect(received[0]).toMatchObject({ clientState: 'hush', tenantId: expect.any(String) as string });
    expect(received.every((n) => n.resourceData?.id === event.id)).toBe(true);
  });

  test('of an inbox tell of messages that come into it', async () => {
    await subscribe({ resource: `/users/${organizer}/mailFolders('inbox')/messages`, changeType: 'created' });
    const event = await rig.create();
    await rig.respond('ada@academy.example', event.id, 'accepted');
    await settled();

    expect(kinds()).toEqual(['created']);
  });

  test('are doubled, lost and repeated after a failure on request', async () => {
    await subscribe();
    await rig.control('PATCH', '/knobs', { notificationDuplicates: 1 });
    await rig.create();
    await settled();
    expect(kinds()).toEqual(['created', 'created']);

    await rig.control('PATCH', '/knobs', { notificationDuplicates: 0, notificationsToLose: 1 });
    await rig.create();
    await settled();
    expect(received).toHaveLength(2);

    answers.status = 503;
    await rig.create();
    await settled();
    answers.status = 202;
    while (received.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(kinds()).toEqual(['created', 'created', 'created', 'created']);
  });

  test('stop when the subscription expires, unless it was renewed', async () => {
    const made = await subscribe({ expirationDateTime: inMinutes(100) });
    await rig.control('POST', '/clock', { advanceMs: 50 * 60_000 });
    const renewed = await rig.graph('PATCH', `/subscriptions/${made.body.id}`, { expirationDateTime: inMinutes(200) });
    expect(renewed.status).toBe(200);
    await rig.create({ transactionId: 'a' });
    await settled();
    expect(received).toHaveLength(1);

    await rig.control('POST', '/clock', { advanceMs: 151 * 60_000 });
    rig.token = (await rig.control<{ accessToken: string }>('POST', '/tokens', { clientId: 'client-1' })).accessToken;
    await rig.create({ transactionId: 'b' });
    await settled();

    expect(received).toHaveLength(1);
    expect((await rig.graph('GET', `/subscriptions/${made.body.id}`)).status).toBe(404);
  });

  test('need a handshake that echoes the token as plain text', async () => {
    answers.echo = false;

    const refused = await subscribe();

    expect([refused.status, refused.body.error.code]).toEqual([400, 'ValidationError']);
    expect((await rig.graph<{ value: object[] }>('GET', '/subscriptions')).body.value).toEqual([]);
  });

  test.each([
    ['more than seven days', () => ({ expirationDateTime: inMinutes(10_081) })],
    ['an end in the past', () => ({ expirationDateTime: inMinutes(-1) })],
    ['a long client state', () => ({ clientState: 'x'.repeat(129) })],
    ['plain http to another machine', () => ({ notificationUrl: 'http://example.org/hook' })],
    ['an unknown change', () => ({ changeType: 'moved' })],
    ['a resource that cannot be watched', () => ({ resource: `/users/${organizer}/contacts` })],
    ['an unknown property', () => ({ secret: 'x' })],
  ])('refuse %s', async (_what, change) => {
    expect((await subscribe(change())).status).toBe(400);
  });

  test('less than 45 minutes becomes 45', async () => {
    const made = await subscribe({ expirationDateTime: inMinutes(5) });

    expect(Date.parse(made.body.expirationDateTime) - Date.now()).toBeGreaterThan(44 * 60_000);
  });

  test('a subscription’s life is told to the lifecycle address; a removed one is gone', async () => {
    const made = await subscribe({ lifecycleNotificationUrl: `${url}/life` });
    const lifecycle = (event: string) => rig.control('POST', `/subscriptions/${made.body.id}/lifecycle`, { event });
    await lifecycle('reauthorizationRequired');
    expect((await rig.graph('POST', `/subscriptions/${made.body.id}/reauthorize`)).status).toBe(204);
    await lifecycle('subscriptionRemoved');
    await settled();

    expect(received.map((n) => n.lifecycleEvent).sort()).toEqual(['reauthorizationRequired', 'subscriptionRemoved']);
    expect((await rig.graph('DELETE', `/subscriptions/${made.body.id}`)).status).toBe(404);
  });
});
