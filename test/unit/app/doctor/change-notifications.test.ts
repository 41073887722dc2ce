import type { WatchState } from '../../../../src/contract/mailbox-watch';
import { changeNotifications } from '../../../../src/app/doctor/checks/change-notifications';
import { yamlWith } from '../some-configuration';
import { aClient, aContext, failed, run, seen, serving } from './a-context';

const on = (publicUrl = 'https://convoke.example.com') =>
  yamlWith({ changeNotifications: { mode: 'on' }, api: { publicUrl } });
const echo = { body: '{echo}', type: 'text/plain; charset=utf-8' };
const echoing = { '/webhooks/graph/training': echo, '/webhooks/graph/training/lifecycle': echo };
const subscription = seen({ expiresAt: '2026-11-30T08:00:00.000Z' });
const watching = (over: Partial<WatchState>) =>
  aClient({
    workflow: { getHandle: () => ({ query: async () => ({ mailbox: 'training', failure: null, ...over }) }) },
  });

test('are no matter while they are off', async () => {
  expect((await run(changeNotifications, aContext())).findings).toEqual([]);
});

test('are green when both addresses give the token back and the subscription lives', async () => {
  const asked: { url: string; init: RequestInit }[] = [];
  const client = watching({ lastNotifiedAt: '2026-11-27T19:30:00.000Z' });
  const context = aContext({ yaml: on(), fetch: serving(echoing, asked), mailbox: { subscription }, client });

  const { lines, text } = await run(changeNotifications, context);

  expect(lines).toEqual(['green changes.address training', 'green changes.subscription training']);
  expect(text).toContain('until 2026-11-30T08:00Z; last at 2026-11-27T19:30Z');
  expect(asked.map(({ url, init }) => `${init.method} ${new URL(url).pathname}`)).toEqual([
    'POST /webhooks/graph/training',
    'POST /webhooks/graph/training/lifecycle',
  ]);
});

test.each([
  ['nothing answers', {}, 'training: no connection'],
  ['the proxy does not pass it on', { '/webhooks/graph/training': { status: 404 } }, 'answers 404; 200 is right'],
  [
    'something else answers',
    { '/webhooks/graph/training': { body: 'hello' } },
    'does not give the validation token back',
  ],
  ['a proxy makes a page of it', { '/webhooks/graph/training': { ...echo, type: 'text/html' } }, 'not as text/plain'],
  ['only the lifecycle address is closed', { '/webhooks/graph/training': echo }, '/training/lifecycle: no connection'],
])('the address is red when %s', async (_what, answers, says) => {
  const { lines, text } = await run(changeNotifications, aContext({ yaml: on(), fetch: serving(answers) }));

  expect(lines).toEqual(['red changes.address training']);
  expect(text).toContain(says);
  expect(text).toContain('Let your proxy pass POST requests below /webhooks/');
});

test('an address without encryption is looked at: only a trial can do with it', async () => {
  const env = { CONVOKE_ENVIRONMENT: 'development' };
  const context = aContext({ yaml: on('http://127.0.0.1:3000'), env, fetch: serving(echoing) });

  const { lines, text } = await run(changeNotifications, context);

  expect(lines).toEqual(['yellow changes.address training']);
  expect(text).toContain('Set api.publicUrl in convoke.yaml to the https address');
});

describe('the subscription', () => {
  const judged = async (over: Parameters<typeof aContext>[0]) => {
    const { lines, text } = await run(changeNotifications, aContext({ yaml: on(), fetch: serving(echoing), ...over }));
    return { line: lines[1], text };
  };

  test('is red when Graph has none, with why and what to do about it', async () => {
    const failure = { code: 'GRAPH_SUBSCRIPTION_URL', message: '', since: '2026-11-27T19:00:00.000Z', attempts: 4 };

    const { line, text } = await judged({ mailbox: { subscription: seen(null) }, client: watching({ failure }) });

    expect(line).toBe('red changes.subscription training');
    expect(text).toContain('tried 4 times: GRAPH_SUBSCRIPTION_URL');
    expect(text).toContain('api.publicUrl');
  });

  test('is red when nobody watches, or no worker can say', async () => {
    const { line, text } = await judged({ mailbox: { subscription: seen(null) } });

    expect(line).toBe('red changes.subscription training');
    expect(text).toContain('Start the worker: npm start');
  });

  test('is red when it is about to end and nobody has renewed it', async () => {
    const late = seen({ expiresAt: '2026-11-27T20:59:00.000Z' });

    const { line, text } = await judged({ mailbox: { subscription: late } });

    expect(line).toBe('red changes.subscription training');
    expect(text).toContain('nobody has renewed it');
  });

  test('is red when Graph does not show it, and nothing is said without a token or by an older worker', async () => {
    expect((await judged({ mailbox: { subscription: failed('GRAPH_UNAVAILABLE') } })).line).toBe(
      'red changes.subscription training',
    );
    expect((await judged({ mailbox: { subscription, token: failed('GRAPH_TOKEN') } })).line).toBeUndefined();
    expect((await judged({ mailbox: { subscription: undefined as never } })).line).toBeUndefined();
  });
});
