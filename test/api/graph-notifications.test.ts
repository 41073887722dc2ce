import type { FastifyInstance } from 'fastify';
import { FakeMailboxWatch } from '../fakes/fake-mailbox-watch';
import { anApp, closeApps, NOW, type AppUnderTest } from './an-app';

const SECRET = 's3cret-of-the-subscription';
const PATH = '/webhooks/graph/training';

interface Item {
  readonly clientState?: unknown;
  readonly lifecycleEvent?: unknown;
}

let watch: FakeMailboxWatch;
let under: AppUnderTest;
beforeEach(() => {
  watch = new FakeMailboxWatch();
  under = anApp({ notifications: { clientStates: { training: SECRET, milan: 'another' }, watch } });
});
afterEach(closeApps);

const aChange = (over: Item = {}) => ({
  subscriptionId: '7f105c7d',
  changeType: 'updated',
  clientState: SECRET,
  resource: 'Users/1/Events/AAMk',
  resourceData: { '@odata.type': '#Microsoft.Graph.Event', id: 'AAMk' },
  ...over,
});

function notify(
  value: readonly unknown[],
  { path = PATH, app = under.app }: { path?: string; app?: FastifyInstance } = {},
) {
  return app.inject({ method: 'POST', url: path, payload: { value } });
}

describe('a change notification', () => {
  test('is answered 202 once Temporal has stored that something changed, and nothing else of it', async () => {
    const answer = await notify([aChange(), aChange({ lifecycleEvent: undefined })]);

    expect([answer.statusCode, answer.body]).toEqual([202, '']);
    expect(watch.stored).toEqual([
      { mailbox: 'training', signal: { at: NOW.toISOString(), changes: 2, lifecycle: [] } },
    ]);
    expect(under.metrics.notified).toEqual([{ mailbox: 'training', changes: 2, lifecycle: 0, refused: 0 }]);
  });

  test.each([
    ['another secret', aChange({ clientState: 'guess' })],
    ['the secret of another mailbox', aChange({ clientState: 'another' })],
    ['no secret', aChange({ clientState: null })],
    ['a secret that is no text', aChange({ clientState: [SECRET] })],
    ['nothing in it', {}],
    ['no form at all', null],
  ])('with %s gets the same answer, is counted, and leads to nothing', async (_what, item) => {
    const answer = await notify([item]);

    expect([answer.statusCode, answer.body]).toEqual([202, '']);
    expect(watch.stored).toEqual([]);
    expect(under.metrics.notified).toEqual([{ mailbox: 'training', changes: 0, lifecycle: 0, refused: 1 }]);
  });

  test('of a mailbox that nobody knows gets the same answer and leads to nothing', async () => {
    const answers = [
      await notify([aChange()], { path: '/webhooks/graph/payroll' }),
      await notify([aChange()], { path: '/webhooks/graph/constructor' }),
    ];

    expect(answers.map((a) => [a.statusCode, a.body])).toEqual([
      [202, ''],
      [202, ''],
    ]);
    expect(watch.stored).toEqual([]);
    expect(under.metrics.notified[0]).toEqual({ mailbox: null, changes: 0, lifecycle: 0, refused: 1 });
  });

  test('that is right counts among others that are not', async () => {
    await notify([aChange({ clientState: 'guess' }), aChange()]);

    expect(watch.stored).toMatchObject([{ signal: { changes: 1 } }]);
    expect(under.metrics.notified).toMatchObject([{ changes: 1, refused: 1 }]);
  });

  test.each([
    ['is refused by Temporal', () => (watch.failing = true)],
    ['is not stored in time', () => (watch.hanging = true)],
  ])('that %s gets 503, so that Graph sends it again', async (_what, arrange) => {
    arrange();

    const answer = await notify([aChange()]);

    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ code: 'INGRESS_TEMPORAL_UNAVAILABLE' });
    expect(under.metrics.notNotified).toEqual([{ mailbox: 'training', code: 'INGRESS_TEMPORAL_UNAVAILABLE' }]);
  });

  test('of a caller who has gone already is none the less taken', async () => {
    under.app.server.prependListener('request', ({ socket }) => {
      Object.defineProperty(socket, 'remoteAddress', { value: undefined });
    });
    const url = await under.app.listen({ port: 0, host: '127.0.0.1' });

    const { status } = await fetch(`${url}${PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ value: [aChange()] }),
    });

    expect(status).toBe(202);
  });

  test('is not there when change notifications are off', async () => {
    const { app } = anApp();

    expect((await notify([aChange()], { app })).statusCode).toBe(404);
  });
});

test('what Graph says of a subscription is told by its kind; what is not known counts as missed', async () => {
  const events = ['reauthorizationRequired', 'subscriptionRemoved', 'subscriptionRemoved', 'somethingNew'];

  const answer = await notify(
    events.map((lifecycleEvent) => aChange({ lifecycleEvent })),
    { path: `${PATH}/lifecycle` },
  );

  expect(answer.statusCode).toBe(202);
  expect(watch.stored.map(({ signal }) => signal)).toEqual([
    { at: NOW.toISOString(), changes: 0, lifecycle: ['reauthorizationRequired', 'subscriptionRemoved', 'missed'] },
  ]);
});

describe('the handshake', () => {
  const shake = (token: string, path = PATH, body = '') =>
    under.app.inject({
      method: 'POST',
      url: `${path}?validationToken=${encodeURIComponent(token)}`,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      payload: body,
    });

  test.each([PATH, `${PATH}/lifecycle`])(
    'is the token as it came, as plain text that no browser runs: %s',
    async (path) => {
      const token = 'Validation: Testing client application reachability <script>alert(1)</script> & more';

      const answer = await shake(token, path, 'x'.repeat(2 * 1024 * 1024));

      expect([answer.statusCode, answer.body]).toEqual([200, token]);
      expect(answer.headers).toMatchObject({
        'content-type': 'text/plain; charset=utf-8',
        'x-content-type-options': 'nosniff',
      });
      expect(watch.stored).toEqual([]);
    },
  );

  test.each([
    ['empty', ''],
    ['longer than any of Graph’s', 'x'.repeat(1_025)],
    ['with a line break', 'a\r\nset-cookie: x'],
  ])('is refused for a token that is %s', async (_what, token) => {
    const answer = await shake(token);

    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'INPUT_NOTIFICATIONS']);
  });

  test.each([
    ['not percent-encoded UTF-8', 'validationToken=a%20b%ff'],
    ['there twice', 'validationToken=a&validationToken=b'],
    ['there twice in two spellings', 'validationToken=a&validation%54oken=b'],
  ])('is refused for a token that is %s', async (_what, query) => {
    const answer = await under.app.inject({ method: 'POST', url: `${PATH}?${query}` });

    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'INPUT_NOTIFICATIONS']);
  });

  test('decodes a token as forms and as paths encode it', async () => {
    const answer = await under.app.inject({ method: 'POST', url: `${PATH}?x=1&validation%54oken=a+b%20c%2Bd%zz` });

    expect([answer.statusCode, answer.body]).toEqual([200, 'a b c+d%zz']);
  });

  test('is refused when one address asks for many, while notifications still come in', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 31; n++) statuses.push((await shake('token')).statusCode);

    expect(statuses.filter((status) => status === 200)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(429);
    expect((await shake('token')).json()).toMatchObject({ code: 'API_THROTTLED' });
    expect((await notify([aChange()])).statusCode).toBe(202);
  });
});

describe('what is no message of Graph', () => {
  const post = (payload: string, headers: Record<string, string> = {}) =>
    under.app.inject({
      method: 'POST',
      url: PATH,
      headers: { 'content-type': 'application/json', ...headers },
      payload,
    });

  test.each([
    ['a body that is too large', `{"value":["${'x'.repeat(256 * 1024)}"]}`, {}, 413, 'INPUT_BODY_TOO_LARGE'],
    ['another type', 'value', { 'content-type': 'text/plain' }, 415, 'INPUT_CONTENT_TYPE'],
    ['a compressed body', '{}', { 'content-encoding': 'gzip' }, 415, 'INPUT_CONTENT_ENCODING'],
    ['no JSON', '{"value"', {}, 400, 'INPUT_BODY_NOT_JSON'],
    ['nothing', '', {}, 400, 'INPUT_BODY_EMPTY'],
    ['no collection', '{"value":{}}', {}, 400, 'INPUT_NOTIFICATIONS'],
    ['a list', '[]', {}, 400, 'INPUT_NOTIFICATIONS'],
  ])('is refused and counted: %s', async (_what, payload, headers, status, code) => {
    const answer = await post(payload, headers);

    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
    expect(under.metrics.notNotified).toEqual([{ mailbox: 'training', code }]);
    expect(watch.stored).toEqual([]);
  });

  test('is refused before it is read when one address sends very many', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 1_201; n++) statuses.push((await post('[]')).statusCode);

    expect(new Set(statuses.slice(0, 1_200))).toEqual(new Set([400]));
    expect(statuses.at(-1)).toBe(429);
  });
});
