import type { WatchState } from '../../src/contract/mailbox-watch';
import { answerMeeting, eventually, seedSession, Stack } from '../support/stack';

/** Microsoft tells of changes: answers come at once, by the poll's own way, and a lost notification costs time alone. */

let stack: Stack;
let seed: Awaited<ReturnType<typeof seedSession>>;

afterEach(() => stack.close());

const learner = (n: number) => `learner${n}@academy.example`;
const RECIPIENT = 'training-desk@academy.example';

async function open(
  over: { readonly rsvpPoll?: string; readonly pollAtMostEvery?: string; readonly notifications?: object } = {},
): Promise<void> {
  const { rsvpPoll = '30d', pollAtMostEvery = '1s' } = over;
  stack = await Stack.open({
    name: 'notified',
    writeBack: true,
    schedules: { rsvpPoll, failureDigest: '2s' },
    notifications: { failureRecipients: [RECIPIENT] },
    changeNotifications: { mode: 'on', pollAtMostEvery },
  });
  seed = await seedSession(stack, { events: 1 });
}

async function publish(): Promise<void> {
  await stack.start();
  await stack.control.run('update-session', { sessionId: seed.session.id, name: 'Published' });
  await stack.settled(seed.session.id, (s) => s.lastChangeAt !== null);
}

const watch = async (): Promise<WatchState | null> =>
  stack.client.workflow
    .getHandle('subscription/training')
    .query<WatchState>('state')
    .catch(() => null);

const watched = (satisfied: (state: WatchState) => boolean, what: string) =>
  eventually(async () => {
    const state = await watch();
    return state !== null && satisfied(state) ? state : null;
  }, what);

/** Nothing is left to be polled, and every poll has ended: two looks, longer apart than two polls may be, find the same. */
async function quiet(): Promise<WatchState> {
  for (let seen = ''; ;) {
    const state = await watched((s) => s.subscription !== null && !s.pollWanted, 'the watch to be quiet');
    const now = JSON.stringify([state.counts, await deltaCalls()]);
    if (now === seen) return state;
    seen = now;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
  }
}

const subscriptions = () => Object.values(stack.microsoft.state.data.subscriptions);

async function answersInDocebo(atLeast: number) {
  return eventually(async () => {
    const { answers } = await stack.control.truth();
    return answers.length >= atLeast ? answers : null;
  }, `${atLeast} answers in Docebo`);
}

/** Requests to Graph so far. */
async function graphCalls(match = 'v1.0'): Promise<number> {
  const answer = await fetch(`${stack.microsoftUrl}/__control/requests?match=${match}`);
  return ((await answer.json()) as { requests: unknown[] }).requests.length;
}
const deltaCalls = () => graphCalls('calendarView/delta');

async function lifecycle(event: string): Promise<void> {
  const [subscription] = subscriptions();
  const url = `${stack.microsoftUrl}/__control/subscriptions/${subscription!.id}/lifecycle`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ event }),
  });
  expect(answer.status).toBe(204);
}

test('an answer in Outlook stands in Docebo without waiting for the poll, for a few Graph calls', async () => {
  await open();
  await publish();
  const { counts } = await quiet();
  const before = await deltaCalls();
  const latencies: number[] = [];

  for (const [i, response] of (['accepted', 'declined', 'tentativelyAccepted'] as const).entries()) {
    const start = Date.now();
    await answerMeeting(stack, stack.calendar()[0]!.id, learner(i + 1), response);
    await answersInDocebo(i + 1);
    latencies.push(Date.now() - start);
    await quiet();
  }

  const told = (await stack.control.truth()).answers.map((a) => `${a.userId} ${a.answer}`).sort();
  const expected = ['accepted', 'declined', 'tentative'].map((answer, i) => `${seed.learners[i]!.id} ${answer}`);
  expect(told.map((t) => t.split(' ')[0])).toEqual(expected.map((t) => t.split(' ')[0]));
  expect(told.slice(0, 2)).toEqual(expected.slice(0, 2));
  expect(Math.min(...latencies)).toBeLessThan(5_000);
  // One poll for each, of one request. Microsoft tells again what was not taken within 3 s.
  const after = (await watch())!.counts;
  const polls = after.polls - counts.polls;
  expect(polls).toBeGreaterThanOrEqual(3);
  expect(polls).toBeLessThanOrEqual(after.notifications - counts.notifications);
  expect((await deltaCalls()) - before).toBe(polls);
});

test('a storm of notifications, of our own writes too, is a few polls', async () => {
  await open({ pollAtMostEvery: '3s' });
  await fetch(`${stack.microsoftUrl}/__control/knobs`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ notificationDuplicates: 4 }),
  });
  await publish();
  await quiet();
  const [calls, state] = [await deltaCalls(), (await watch())!];
  const { id } = stack.calendar()[0]!;

  const start = Date.now();
  for (let n = 0; n < 40; n++) {
    await fetch(`${stack.microsoftUrl}/__control/events/${encodeURIComponent(id)}/touch`, { method: 'POST' });
  }
  await answerMeeting(stack, id, learner(1), 'accepted');
  await answersInDocebo(1);
  await quiet();
  const seconds = (Date.now() - start) / 1_000;

  const after = (await watch())!;
  // Microsoft tells again what was not taken within 3 s.
  expect(after.counts.notifications - state.counts.notifications).toBeGreaterThanOrEqual(41 * 5);
  expect(after.counts.polls - state.counts.polls).toBeLessThanOrEqual(Math.ceil(seconds / 3) + 1);
  expect((await deltaCalls()) - calls).toBeLessThanOrEqual(after.counts.polls - state.counts.polls);
});

test('a notification that is lost is made up for by the next regular poll', async () => {
  await open({ rsvpPoll: '4s' });
  await publish();
  await quiet();
  stack.microsoft.state.data.knobs.notificationsToLose = 1_000;
  const { polls } = (await watch())!.counts;

  await answerMeeting(stack, stack.calendar()[0]!.id, learner(1), 'accepted');

  const [answer] = await answersInDocebo(1);
  expect(answer).toMatchObject({ userId: seed.learners[0]!.id, answer: 'accepted' });
  expect((await watch())!.counts.polls).toBe(polls);
});

test('another secret, a forged lifecycle and an unknown mailbox lead to nothing', async () => {
  await open();
  await publish();
  const before = await quiet();
  const calls = await graphCalls();
  const [subscription] = subscriptions();
  const url = `http://127.0.0.1:${stack.apiPort}/webhooks/graph`;
  const forged = { subscriptionId: subscription!.id, changeType: 'updated', clientState: 'guess' };

  const statuses: number[] = [];
  for (const [path, item] of [
    ['/training', forged],
    ['/training', { ...forged, clientState: null }],
    ['/training/lifecycle', { ...forged, lifecycleEvent: 'subscriptionRemoved' }],
    ['/payroll', { ...forged, clientState: subscription!.clientState }],
  ] as const) {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ value: [item] }),
    });
    statuses.push(answer.status);
  }
  await new Promise((resolve) => setTimeout(resolve, 1_500));

  expect(statuses).toEqual([202, 202, 202, 202]);
  expect(await graphCalls()).toBe(calls);
  expect((await watch())!.counts).toEqual(before.counts);
  expect(stack.log()).toContain('notifications without the right secret');
  expect(stack.log()).not.toContain(subscription!.clientState);
});

test('a subscription that Microsoft removes is made anew, one to be reauthorized is renewed, and what was missed is polled', async () => {
  await open();
  await publish();
  const before = await quiet();

  await lifecycle('reauthorizationRequired');
  await watched((s) => s.counts.renewed === before.counts.renewed + 1, 'the renewal');
  expect((await watch())!.subscription!.id).toBe(before.subscription!.id);

  stack.microsoft.state.data.knobs.notificationsToLose = 1;
  await answerMeeting(stack, stack.calendar()[0]!.id, learner(1), 'accepted');
  await lifecycle('missed');
  await answersInDocebo(1);

  await lifecycle('subscriptionRemoved');
  const after = await watched((s) => s.counts.created === before.counts.created + 1, 'a new subscription');
  expect(after.subscription!.id).not.toBe(before.subscription!.id);
  await eventually(async () => (subscriptions().length === 1 ? true : null), 'one subscription');
  await quiet();
  await answerMeeting(stack, stack.calendar()[0]!.id, learner(2), 'declined');
  await answersInDocebo(2);
});

test('a worker that starts anew finds its subscription; switched off, it is gone', async () => {
  await open();
  await publish();
  const before = await quiet();

  await stack.kill('worker');
  await stack.start('worker');
  await quiet();
  expect(subscriptions().map((s) => s.id)).toEqual([before.subscription!.id]);

  await stack.stop('worker');
  stack.change(() => ({ changeNotifications: { mode: 'off' } }));
  await stack.start('worker');
  await eventually(async () => (subscriptions().length === 0 ? true : null), 'the subscription to be dropped');
  await eventually(async () => {
    const { status } = await stack.client.workflow.getHandle('subscription/training').describe();
    return status.name === 'COMPLETED' || null;
  }, 'the watch to end');
});

test('Microsoft cannot reach the api: it is mailed, polls go on, and its end is mailed', async () => {
  await open({ rsvpPoll: '3s' });
  // Only the worker: nobody echoes.
  await stack.start('worker');
  const subjects = () =>
    stack.microsoft.state.data.outbox.filter((m) => m.kind === 'mail' && m.to === RECIPIENT).map((m) => m.subject);
  await eventually(async () => (subjects().length > 0 ? true : null), 'the failure mail');
  expect(subjects()[0]).toMatch(/Microsoft cannot reach Convoke/);
  await eventually(async () => ((await deltaCalls()) > 0 ? true : null), 'a poll of the schedule');

  await stack.start('api');
  await watched((s) => s.subscription !== null && s.failure === null, 'the subscription');
  await eventually(async () => (subjects().length === 2 ? true : null), 'the mail of its end');
});
