import { Client, type Connection } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { tsToMs } from '@temporalio/common/lib/time';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import type {
  DropSubscriptionInput,
  KeepSubscriptionInput,
  KeepSubscriptionResult,
  PollNowInput,
  PollNowResult,
  WatchSettings,
  WatchState,
} from '../../src/contract/mailbox-watch';
import { convokeSchedules } from '../../src/temporal/convoke-schedules';
import { createLimitedWorker, createSessionsWorker } from '../../src/temporal/create-workers';
import { createDataConverter } from '../../src/temporal/data-converter';
import { limitedQueues } from '../../src/temporal/queues/limited-queues';
import { createMailboxWatch, tellWatchSettings } from '../../src/temporal/mailbox-watch';
import { createPollTrigger } from '../../src/temporal/poll-trigger';
import { PATIENCE_MS } from '../support/pace';
import { connectTemporal, connectTemporalNative, createNamespace, WORKFLOW_BUNDLE_PATH } from '../support/temporal';

// Once a file, before anything touches a connection: workers' comings and goings are no news in tests.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
});

/** `watchMailbox` on the real server, over a made-up Graph. */

const dataConverter = createDataConverter([{ id: 'test', key: Buffer.alloc(32, 3) }]);
const settings: WatchSettings = { on: true, pollEveryMs: 1_000, retryMs: [300, 600], checkMs: 3_600_000 };

let connection: Connection;
let client: Client;
let stop: () => Promise<void>;
const kept: KeepSubscriptionInput[] = [];
const dropped: DropSubscriptionInput[] = [];
const polled: string[] = [];
let lifeMs = 3_600_000;
let refuse = 0;
let onKeep: () => void | Promise<void> = () => undefined;
let onPoll: () => void | Promise<void> = () => undefined;

const activities = {
  keepSubscription: async (input: KeepSubscriptionInput): Promise<KeepSubscriptionResult> => {
    kept.push(input);
    await onKeep();
    if (refuse-- > 0) {
      throw ApplicationFailure.create({ message: 'refused', type: 'GRAPH_SUBSCRIPTION_URL', nonRetryable: true });
    }
    const did = input.knownId === null ? 'created' : input.renew ? 'renewed' : 'kept';
    return { id: input.knownId ?? 's1', expiresAt: new Date(Date.now() + lifeMs).toISOString(), did, pruned: 0 };
  },
  dropSubscription: async (input: DropSubscriptionInput): Promise<void> => void dropped.push(input),
  pollRsvps: async (): Promise<null> => null,
  pollNow: async ({ mailbox }: PollNowInput): Promise<PollNowResult> => {
    polled.push(mailbox);
    await onPoll();
    return { did: 'triggered' };
  },
};

beforeAll(async () => {
  connection = await connectTemporal();
  const namespace = await createNamespace(connection, 'watch-mailbox');
  client = new Client({ connection, namespace, dataConverter });
  const native = await connectTemporalNative();
  const options = {
    connection: native,
    namespace,
    dataConverter,
    workflowBundlePath: WORKFLOW_BUNDLE_PATH,
    activities,
    graceMs: 1_000,
    deployment: null,
  };
  const limited = limitedQueues({ platforms: [], mailboxes: ['training'] });
  const workers = await Promise.all([
    createSessionsWorker(options),
    ...limited.map((queue) => createLimitedWorker(options, queue)),
  ]);
  const done = Promise.all(workers.map((worker) => worker.run()));
  stop = async () => {
    for (const worker of workers) worker.shutdown();
    await done;
    await native.close();
  };
});
afterAll(async () => {
  await stop();
  await connection.close();
});
beforeEach(() => {
  for (const list of [kept, dropped, polled]) list.length = 0;
  lifeMs = 3_600_000;
  refuse = 0;
  onKeep = () => undefined;
  onPoll = () => undefined;
});
afterEach(async () => {
  await client.workflow
    .getHandle('subscription/training')
    .terminate()
    .catch(() => undefined);
});

const handle = () => client.workflow.getHandle('subscription/training');

async function until(satisfied: (state: WatchState) => boolean, limitMs = PATIENCE_MS): Promise<WatchState> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const state = await handle()
      .query<WatchState>('state')
      .catch(() => null);
    if (state !== null && satisfied(state)) return state;
    if (Date.now() > deadline) throw new Error(`not reached: ${JSON.stringify(state)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function notify(changes: number, given = settings): Promise<void> {
  const watch = createMailboxWatch({ client, settings: given, betweenMs: 50 });
  const signal = { at: new Date().toISOString(), changes, lifecycle: [] };
  return watch.notified({ mailbox: 'training', signal, deadlineMs: PATIENCE_MS });
}

/** When the workflow decided to call the activity, by its own clock, and what it had last been woken by. */
async function decisions(activity: string): Promise<{ readonly at: number; readonly woke: 'signal' | 'timer' }[]> {
  const { events = [] } = await handle().fetchHistory();
  const byId = new Map((events ?? []).map((event) => [Number(event.eventId), event]));
  return (events ?? []).flatMap((event) => {
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled?.activityType?.name !== activity) return [];
    const completed = byId.get(Number(scheduled.workflowTaskCompletedEventId))?.workflowTaskCompletedEventAttributes;
    const started = byId.get(Number(completed?.startedEventId));
    const earlier = (events ?? []).slice(0, Number(started?.eventId) - 1);
    const last = earlier.findLast(
      (e) => e.timerFiredEventAttributes != null || e.workflowExecutionSignaledEventAttributes != null,
    );
    return [{ at: tsToMs(started?.eventTime), woke: last?.timerFiredEventAttributes != null ? 'timer' : 'signal' }];
  });
}

test('a subscription is made, and renewed each time half of its life is over', async () => {
  lifeMs = 3_000;
  await tellWatchSettings(client, 'training', settings);

  const { subscription } = await until((s) => s.subscription !== null);
  const state = await until((s) => s.counts.renewed >= 2);

  expect(kept[0]).toEqual({ mailbox: 'training', knownId: null, renew: false });
  expect(kept.filter(({ renew }) => renew).every(({ knownId }) => knownId === 's1')).toBe(true);
  expect(state.subscription!.expiresAt > subscription!.expiresAt).toBe(true);
});

test('notifications lead to a poll at once, and to no other before its time; none is forgotten', async () => {
  await tellWatchSettings(client, 'training', settings);
  await until((s) => s.subscription !== null && !s.pollWanted);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  polled.length = 0;

  // What is notified while a poll is being started may be after what that poll sees.
  onPoll = () => {
    onPoll = () => undefined;
    void notify(7);
  };
  await notify(1);
  await until((s) => s.counts.notifications === 8 && !s.pollWanted && polled.length >= 2);

  expect(polled).toHaveLength(2);
  const [first, second] = (await decisions('pollNow')).slice(-2);
  expect(second!.at - first!.at).toBeGreaterThanOrEqual(settings.pollEveryMs);
  // No timer lies between the notification and its poll; the second one waited for one.
  expect([first!.woke, second!.woke]).toEqual(['signal', 'timer']);
});

test('what is notified soon after a poll is polled as soon as it may be, without another notification', async () => {
  await tellWatchSettings(client, 'training', settings);
  await until((s) => s.subscription !== null && !s.pollWanted);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  polled.length = 0;

  await notify(1);
  await until(() => polled.length === 1);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await notify(1);
  await until(() => polled.length === 2);

  const [first, second] = (await decisions('pollNow')).slice(-2);
  expect(second!.at - first!.at).toBeGreaterThanOrEqual(settings.pollEveryMs);
});

test('what fails is told and tried again; it is forgotten when it works', async () => {
  refuse = 2;
  let letGo = (): void => undefined;
  const seen = new Promise<void>((resolve) => (letGo = resolve));
  onKeep = () => (kept.length === 3 ? seen : undefined);
  await tellWatchSettings(client, 'training', settings);

  const failed = await until((s) => s.failure?.attempts === 2);
  letGo();
  expect(failed.failure).toMatchObject({ code: 'GRAPH_SUBSCRIPTION_URL', message: 'refused' });
  expect(failed.subscription).toBeNull();

  const mended = await until((s) => s.subscription !== null);
  expect(mended.failure).toBeNull();
  expect(kept).toHaveLength(3);
});

test('switched off it drops the subscription and ends; nothing is started to be switched off', async () => {
  const off = { ...settings, on: false };
  await tellWatchSettings(client, 'training', off);
  expect((await handle().describe()).status.name).not.toBe('RUNNING');

  await tellWatchSettings(client, 'training', settings);
  await until((s) => s.subscription !== null);
  await tellWatchSettings(client, 'training', off);

  await expect(handle().result()).resolves.toMatchObject({ subscription: null });
  expect(dropped).toEqual([{ mailbox: 'training', knownId: 's1' }]);
});

test('switched off while a poll is under way it ends as well', async () => {
  await tellWatchSettings(client, 'training', settings);
  await until((s) => s.subscription !== null && s.counts.polls > 0 && !s.pollWanted);
  onPoll = () => tellWatchSettings(client, 'training', { ...settings, on: false });

  await notify(1);

  await expect(handle().result()).resolves.toMatchObject({ subscription: null });
  expect(dropped).toHaveLength(1);
});

test('a poll is triggered by its schedule, unless an operator has paused that', async () => {
  const times = { rsvpPollMs: 30 * 86_400_000, sweepMs: 3_600_000, failureDigestMs: 3_600_000 };
  const [poll] = convokeSchedules({ mailboxes: ['training'], platforms: [], times });
  const schedule = await client.schedule.create(poll!.options);
  const trigger = createPollTrigger(client);

  await expect(trigger.trigger('training')).resolves.toBe('triggered');
  const actions = async () => (await schedule.describe()).info.numActionsTaken;
  while ((await actions()) < 1) await new Promise((resolve) => setTimeout(resolve, 50));

  await schedule.pause('maintenance');
  await expect(trigger.trigger('training')).resolves.toBe('paused');
  expect(await actions()).toBe(1);
  await expect(trigger.trigger('milan')).rejects.toMatchObject({ code: 'TEMPORAL_UNAVAILABLE' });
});
