import { temporal } from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import { sessionWorkflowId } from '../../src/contract/ids';
import { QUERIES, WORKFLOWS, type CourseSessionInput, type SessionState } from '../../src/contract/messages';
import { SEARCH_ATTRIBUTES } from '../../src/contract/search-attributes';
import type { ObservedAnswer } from '../../src/domain/rsvp/observed-answer';
import { createLimitedWorker, createSessionsWorker } from '../../src/temporal/create-workers';
import { limitedQueues } from '../../src/temporal/queues/limited-queues';
import { anEvent, keyOf, someFacts } from '../support/builders';
import { FakeWorld, QUICK } from '../support/session-workers';
import { eventually } from '../support/eventually';
import { WORKFLOW_BUNDLE_PATH } from '../support/temporal';

/** Rules that take days, on Temporal's time-skipping server: a day that nobody works in passes in no time. */

const { INDEXED_VALUE_TYPE_DATETIME, INDEXED_VALUE_TYPE_KEYWORD } = temporal.api.enums.v1.IndexedValueType;
const DAY_MS = 86_400_000;
const SESSION = '54';
const workflowId = sessionWorkflowId({ platform: 'academy', sessionId: SESSION });

let env: TestWorkflowEnvironment;
let world: FakeWorld;
let workers: Worker[];
let running: Promise<unknown>;
let startMs: number;

beforeEach(async () => {
  const path = process.env.TEMPORAL_TEST_SERVER_PATH;
  if (path === undefined) throw new Error('No time-skipping server: the message of its set-up stands above.');
  env = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
  // This server cannot list them, which `ensureSearchAttributes` does first.
  await env.connection.operatorService.addSearchAttributes({
    namespace: env.namespace ?? 'default',
    searchAttributes: Object.fromEntries(
      Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => [
        name,
        type === 'DATETIME' ? INDEXED_VALUE_TYPE_DATETIME : INDEXED_VALUE_TYPE_KEYWORD,
      ]),
    ),
  });
  world = new FakeWorld();
  world.now = now;
  startMs = await env.currentTimeMs();
  const options = {
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    dataConverter: {},
    workflowBundlePath: WORKFLOW_BUNDLE_PATH,
    activities: world.activities(),
    graceMs: 1_000,
    deployment: null,
  };
  const limited = limitedQueues({ platforms: ['academy'], mailboxes: ['training'] });
  workers = await Promise.all([
    createSessionsWorker(options),
    ...limited.map((queue) => createLimitedWorker(options, queue)),
  ]);
  running = Promise.all(workers.map((worker) => worker.run()));
});
afterEach(async () => {
  for (const worker of workers) worker.shutdown();
  await running;
  await env.teardown();
});

/** Lets time pass, and then what it brought about happen. */
async function pass(duration: Parameters<TestWorkflowEnvironment['sleep']>[0]): Promise<void> {
  await env.sleep(duration);
  await new Promise((resolve) => setTimeout(resolve, 500));
}

async function now(): Promise<string> {
  return new Date(await env.currentTimeMs()).toISOString();
}

/** `YYYY...Z` some days after the test began. */
const inDays = (days: number): string => new Date(startMs + days * DAY_MS).toISOString();
const handle = () => env.client.workflow.getHandle(workflowId);
const state = () => handle().query<SessionState>(QUERIES.state);

async function publish(from: number, to: number): Promise<void> {
  world.facts = someFacts({ events: [anEvent({ startsAt: inDays(from), endsAt: inDays(to) })] });
  const input: CourseSessionInput = { platform: 'academy', sessionId: SESSION, pace: QUICK };
  const hint = { key: 'h1', kind: 'session-changed', courseId: '190', eventId: null, userId: null };
  await env.client.workflow.signalWithStart(WORKFLOWS.courseSession, {
    workflowId,
    taskQueue: 'sessions',
    args: [input],
    signal: 'hint',
    signalArgs: [{ receivedAt: await now(), hints: [hint] }],
  });
  await pass('1 minute');
  await eventually(async () => ((await state()).ledger.events['101']?.graphEventId != null ? true : null), 'its event');
}

async function answer(response: ObservedAnswer['response']): Promise<void> {
  const at = `${(await now()).slice(0, 19)}.000Z`;
  const { graphEventId } = (await state()).ledger.events['101']!;
  const answers = [{ addressKey: keyOf('user1@example.com'), response, respondedAt: at, namesakes: [] }];
  await handle().signal('rsvpObserved', {
    observedAt: await now(),
    events: [{ eventId: '101', graphEventId, answers }],
    removed: [],
  });
  await pass('1 minute');
  const isTaken = async () => (await state()).ledger.events['101']?.answers['1']?.[0] === response;
  await eventually(async () => ((await isTaken()) ? true : null), 'the answer to be taken');
}

const unenrolled = () => world.count('unenrolLearner');

test('a decline frees the seat after two days, and not before', async () => {
  world.answerPolicy = { writeBack: false, decline: { kind: 'unenrol', afterMs: 2 * DAY_MS }, mandatory: false };
  await publish(20, 20.3);
  await answer('declined');

  await pass('47 hours');
  expect(unenrolled()).toBe(0);
  await pass('2 hours');
  await eventually(async () => ((await state()).unenrolled['1'] === undefined ? null : true), 'the seat to be freed');
  expect(unenrolled()).toBe(1);
});

test('an acceptance within the two days keeps the seat; of a mandatory course nobody loses it', async () => {
  world.answerPolicy = { writeBack: false, decline: { kind: 'unenrol', afterMs: 2 * DAY_MS }, mandatory: false };
  await publish(20, 20.3);
  await answer('declined');
  await pass('47 hours');
  await answer('accepted');

  await pass('3 days');
  expect(unenrolled()).toBe(0);

  world.answerPolicy = { ...world.answerPolicy, mandatory: true };
  await handle().executeUpdate('resync', { args: [{ requestedBy: 'test' }] });
  await pass('1 minute');
  await answer('declined');
  await pass('5 days');
  expect(unenrolled()).toBe(0);
  expect((await state()).ledger.events['101']?.answers['1']?.[0]).toBe('declined');
});

test('a session is watched for seven days after its end, and then its workflow is over', async () => {
  await publish(2, 2.3);

  await pass('9 days');
  expect((await handle().describe()).status.name).toBe('RUNNING');
  await pass('10 hours');

  const status = async () => (await handle().describe()).status.name;
  await eventually(async () => ((await status()) === 'COMPLETED' ? true : null), 'its end');
});

test('an idle session is rolled over after thirty days, with its state, and nothing is written for it', async () => {
  await publish(100, 100.3);
  const first = (await handle().describe()).runId;
  const before = await state();

  await pass('29 days');
  expect((await handle().describe()).runId).toBe(first);
  await pass('2 days');

  await eventually(async () => ((await handle().describe()).runId === first ? null : true), 'the next run');
  expect((await state()).ledger).toEqual(before.ledger);
  expect([world.count('createCalendarEvent'), world.count('updateCalendarEvent')]).toEqual([1, 0]);
});
