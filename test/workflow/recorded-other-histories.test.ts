import { ApplicationFailure } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import {
  backfillWorkflowId,
  courseWorkflowId,
  learningPlanWorkflowId,
  onQueueWorkflowId,
  ownerWorkflowId,
  platformWorkflowId,
  watchWorkflowId,
} from '../../src/contract/ids';
import type { WatchSettings, WatchState } from '../../src/contract/mailbox-watch';
import { QUERIES, SIGNALS, WORKFLOWS, type FanOutState, type PlatformHealthState } from '../../src/contract/messages';
import type { OnQueueInput } from '../../src/contract/operator-reads';
import { doceboQueue, graphQueue, OWNERS_QUEUE } from '../../src/contract/queues';
import { createEmptyLedger } from '../../src/domain/empty-ledger';
import { startBackfill } from '../../src/temporal/backfills';
import { convokeSchedules } from '../../src/temporal/convoke-schedules';
import { ensureOwners } from '../../src/temporal/queues/ensure-owners';
import { createMailboxWatch, tellWatchSettings } from '../../src/temporal/mailbox-watch';
import { createPlatformReports } from '../../src/temporal/platform-reports';
import { anEvent, someFacts } from '../support/builders';
import { PATIENCE_MS } from '../support/pace';
import { recordHistory } from '../support/record-history';
import { replay } from '../support/replay';
import { SessionBench } from '../support/session-workers';
import { eventually } from '../support/eventually';
import { connectTemporalNative } from '../support/temporal';

/** As recorded-histories.test.ts, for the workflows that are no sessions. What their activities answer is made up: workflows hand it on. */

let bench: SessionBench;
beforeEach(async () => {
  bench = await SessionBench.open('recorded-others', { plain: true });
  const startsAt = new Date(Date.now() + 86_400_000).toISOString();
  bench.world.facts = someFacts({ events: [anEvent({ startsAt, endsAt: startsAt })] });
});
afterEach(() => bench.close());

interface Run {
  readonly workflowId: string;
  readonly runId?: string;
}

/** It may not have begun yet. */
const ask = <S>({ workflowId }: Run, query: string, satisfied: (state: S) => boolean): Promise<S> =>
  eventually(async () => {
    const state = await bench.client.workflow
      .getHandle(workflowId)
      .query<S>(query)
      .catch(() => null);
    return state !== null && satisfied(state) ? state : null;
  }, `${workflowId} to say so`);

/** Ends the run at its next rest, and answers it. */
async function renewed({ workflowId }: Run): Promise<Run> {
  const handle = bench.client.workflow.getHandle(workflowId);
  const { runId } = await handle.describe();
  await handle.signal(SIGNALS.renew);
  await eventually(async () => ((await handle.describe()).runId !== runId ? true : null), 'the next run');
  return { workflowId, runId };
}

const COVERAGE = { at: '2026-05-01T08:00:00.000Z', seats: 2, covered: 2, oldestGapSince: null, unknownSessions: 0 };
const swept = (finished: boolean) => ({
  horizon: 'all',
  memory: { v: 1 },
  sessions: 1,
  coursesVisited: 1,
  coursesPlanned: 1,
  differing: 1,
  hinted: 1,
  reasons: {},
  waiting: finished ? 0 : 1,
  doceboCalls: 3,
  expectedCalls: 3,
  finished,
  stoppedBy: finished ? null : 'DOCEBO_BUDGET',
  unreadable: {},
  forgotten: 0,
  coverage: COVERAGE,
});
const polled = { cursor: { v: 1 }, changedEvents: 1, signalledSessions: 1, graphCalls: 2, inboxProblem: null };

/** Two runs of a schedule: the second one knows what the first one answered. */
async function scheduled(scheduleId: string): Promise<Run> {
  const times = { rsvpPollMs: 86_400_000, sweepMs: 86_400_000, failureDigestMs: 86_400_000 };
  const wanted = convokeSchedules({ mailboxes: ['training'], platforms: ['academy'], mailsFrom: 'training', times });
  const { options } = wanted.find((schedule) => schedule.options.scheduleId === scheduleId)!;
  const handle = await bench.client.schedule.create(options);
  const runOf = (nth: number) =>
    eventually(async () => {
      const action = (await handle.describe()).info.recentActions[nth]?.action;
      if (action === undefined) return null;
      const { workflowId, firstExecutionRunId: runId } = action.workflow;
      await bench.client.workflow.getHandle(workflowId, runId).result();
      return { workflowId, runId };
    }, `run ${nth} of ${scheduleId}`);
  await handle.trigger();
  await runOf(0);
  await handle.trigger();
  return runOf(1);
}

const PATHS: Record<string, () => Promise<Run>> = {
  'fan-out': async () => {
    bench.world.sessionsOfCourse = { sessionIds: ['54', '55'], noSessions: false, complete: true };
    let refusing = true;
    bench.world.before = (name) => {
      if (name !== 'listSessions' || !refusing) return;
      refusing = false;
      throw ApplicationFailure.nonRetryable('no', 'DOCEBO_ACCESS');
    };
    await bench.send({ kind: 'course', courseId: '190' });
    const workflowId = courseWorkflowId('academy', '190');
    await bench.client.workflow.getHandle(workflowId).result();
    return { workflowId };
  },
  'fan-out-without-sessions': async () => {
    bench.world.sessionsOfCourse = { sessionIds: [], noSessions: true, complete: true };
    await bench.send({ kind: 'learning-plan', learningPlanId: '3' });
    const run = { workflowId: learningPlanWorkflowId('academy', '3') };
    await ask<FanOutState>(run, QUERIES.state, (s) => s.noSessionsUntil !== null);
    await bench.send({ kind: 'learning-plan', learningPlanId: '3' });
    await ask<FanOutState>(run, QUERIES.state, (s) => s.swallowed > 0);
    return renewed(run);
  },
  'platform-health': async () => {
    const onProblem = ({ cause }: { readonly cause?: unknown }): never => {
      throw new Error('a report was not taken', { cause });
    };
    const reports = createPlatformReports({ client: bench.client, clock: { now: () => new Date() }, onProblem });
    reports.webhookReceived('academy', new Date().toISOString());
    reports.authenticationFailed('academy');
    reports.unknownEvents('academy', [{ event: 'badge.assigned', pointers: ['/badge'], reason: 'unknown-event' }]);
    await reports.close();
    const run = { workflowId: platformWorkflowId('academy') };
    await ask<PlatformHealthState>(run, QUERIES.health, (s) => s.webhooks > 0 && s.unknownEvents.length > 0);
    return renewed(run);
  },
  'watch-mailbox': async () => {
    const settings: WatchSettings = { on: true, pollEveryMs: 300, retryMs: [300], checkMs: 3_600_000 };
    const run = { workflowId: watchWorkflowId('training') };
    await tellWatchSettings(bench.client, 'training', settings);
    await ask<WatchState>(run, QUERIES.state, (s) => s.subscription !== null && s.counts.renewed > 0);
    const watch = createMailboxWatch({ client: bench.client, settings, betweenMs: 50 });
    const signal = { at: new Date().toISOString(), changes: 3, lifecycle: [] };
    await watch.notified({ mailbox: 'training', signal, deadlineMs: PATIENCE_MS });
    await ask<WatchState>(run, QUERIES.state, (s) => s.counts.polls > 0 && !s.pollWanted);
    await tellWatchSettings(bench.client, 'training', { ...settings, on: false });
    await bench.client.workflow.getHandle(run.workflowId).result();
    return run;
  },
  'own-queue': async () => {
    const ends = ['asked', 'renew', 'forgotten'] as const;
    let turn = 0;
    const connection = await connectTemporalNative();
    const owners = await Worker.create({
      connection,
      namespace: bench.namespace,
      taskQueue: OWNERS_QUEUE,
      activities: { serveQueue: async () => ({ end: ends[turn++], takeOverMs: 60_000 + turn }) },
    });
    const done = owners.run();
    const queue = graphQueue('training');
    await ensureOwners(bench.client, [queue], 60_000);
    const run = { workflowId: ownerWorkflowId(queue) };
    await bench.client.workflow.getHandle(run.workflowId).result();
    owners.shutdown();
    await done;
    await connection.close();
    return run;
  },
  'on-queue': async () => {
    const workflowId = onQueueWorkflowId('plan', 'one');
    const reading = { platform: 'academy', sessionId: '54', ledger: createEmptyLedger(), notOlderThan: null };
    const input: OnQueueInput = { queue: doceboQueue('academy'), activity: 'planSession', input: reading };
    await bench.client.workflow.execute(WORKFLOWS.onQueue, { workflowId, taskQueue: 'sessions', args: [input] });
    return { workflowId };
  },
  backfill: async () => {
    const input = { platform: 'academy', mailboxes: ['training'], doceboConnectIsOff: true, pauseMs: 300 };
    await startBackfill(bench.client, input);
    const workflowId = backfillWorkflowId('academy');
    await bench.client.workflow.getHandle(workflowId).result();
    return { workflowId };
  },
  sweep: () => scheduled('sweep/academy'),
  'rsvp-poll': () => scheduled('rsvp-poll/training'),
  'failure-digest': () => scheduled('failure-digest'),
};

/** Activities that these workflows call, other than those of sessions. */
function activities() {
  let rounds = 0;
  let looks = 0;
  const id = 's1';
  return {
    sweepPlatform: async () => swept(true),
    publishCoverage: async () => undefined,
    pollRsvps: async () => polled,
    collectAndMail: async () => ({ memory: { v: 1 }, failing: 1, mailed: 1, recovered: 0 }),
    indexDoceboConnectEvents: async () => ({ sessions: 1, events: 2, graphCalls: 1 }),
    backfillPlatform: async () => swept(++rounds > 2),
    keepSubscription: async () => {
      if (++looks === 1) throw ApplicationFailure.nonRetryable('no', 'GRAPH_SUBSCRIPTION_URL');
      const lifeMs = looks === 2 ? 1_500 : 3_600_000;
      return { id, expiresAt: new Date(Date.now() + lifeMs).toISOString(), did: DIDS[looks] ?? 'kept', pruned: 0 };
    },
    dropSubscription: async () => undefined,
    pollNow: async () => ({ did: 'triggered' }),
  };
}
const DIDS: Readonly<Record<number, string>> = { 2: 'created', 3: 'renewed' };

test.each(Object.keys(PATHS))('the path "%s" replays', async (name) => {
  bench.world.more = activities();
  await bench.startWorkers();
  const { workflowId, runId } = await PATHS[name]!();

  const history = await bench.client.workflow.getHandle(workflowId, runId).fetchHistory();

  expect(await replay({ [name]: history })).toEqual([]);
  recordHistory(name, history);
});
