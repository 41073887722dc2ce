import { FakeMailboxWatch } from '../fakes/fake-mailbox-watch';
import { aLog } from './a-log';
import { anApp, closeApps, send } from './an-app';

afterEach(closeApps);

const SECRET = 'a-secret';
const someNumber = expect.any(Number) as number;

function logged() {
  const { lines, stream } = aLog();
  const notifications = { clientStates: { training: SECRET }, watch: new FakeMailboxWatch() };
  const { app } = anApp({ notifications, logger: { level: 'info', stream } });
  const notify = (clientStates: readonly string[]) =>
    app.inject({
      method: 'POST',
      url: '/webhooks/graph/training',
      payload: { value: clientStates.map((clientState) => ({ clientState })) },
    });
  return { app, lines, notify };
}

test('a webhook that is accepted has one line: request and answer, what it became, which workflows it told, by which hints', async () => {
  const { app, lines } = logged();

  const answer = await send(app, { body: { sessions: ['5401', '5402'], course: '190', unknown: 'x.y' } });

  expect(lines()).toEqual([
    {
      ...{ level: 30, time: someNumber, pid: someNumber, hostname: expect.any(String) as string },
      reqId: answer.headers['x-request-id'],
      req: {
        ...{ method: 'POST', route: '/webhooks/docebo/:platform', platform: 'acme' },
        remoteAddress: '127.0.0.1',
      },
      res: { statusCode: 200 },
      responseTimeMs: someNumber,
      ...{ platform: 'acme', accepted: 3, ignored: 0, unknown: 1 },
      workflowIds: ['session/acme/5401', 'session/acme/5402', 'course/acme/190'],
      hintKeys: ['m:0', 'm:1', 'm:c'],
      msg: 'webhook accepted',
    },
  ]);
});

test('one that is refused has a line that says why, and one of the request', async () => {
  const { app, lines } = logged();

  await send(app, { body: 'no JSON' });

  expect(lines()).toMatchObject([
    { msg: 'request refused', code: 'INPUT_BODY_NOT_JSON' },
    { msg: 'request completed', res: { statusCode: 400 } },
  ]);
});

test('so has a notification of Graph: one line when it is taken, with how many changes there were', async () => {
  const { lines, notify } = logged();

  await notify([SECRET, SECRET, 'guessed']);
  await notify(['guessed']);

  expect(lines()).toMatchObject([
    {
      ...{ msg: 'mailbox notified', mailbox: 'training', changes: 2, lifecycle: 0 },
      req: { method: 'POST', route: '/webhooks/graph/:mailbox', remoteAddress: '127.0.0.1' },
      res: { statusCode: 202 },
    },
    { msg: 'request completed', res: { statusCode: 202 } },
  ]);
});
