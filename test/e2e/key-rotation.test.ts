import { randomBytes } from 'node:crypto';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow';
import type { PollRsvpsResult, SweepResult } from '../../src/contract/scheduled';
import { findKeys } from '../../src/temporal/key-usage/payload-keys';
import { answerMeeting, eventually, inDays, keyVariable, Stack, type Program } from '../support/stack';

/**
 * The codec key is changed as docs/key-rotation.md says, with compiled processes that restart one after the other while webhooks come in;
 * and as it says not to.
 */

const A = { id: 'a', key: randomBytes(32) };
const B = { id: 'b', key: randomBytes(32) };
const WORKERS: readonly Program[] = ['worker', 'worker-2'];

let stack: Stack;
afterEach(() => stack.close(), 90_000);

async function open(worker: Record<string, unknown>): Promise<void> {
  stack = await Stack.open({
    name: 'key-rotation',
    codecKeys: [A, B],
    worker,
    writeBack: true,
    platform: { doceboConnectIsOff: true },
    schedules: { sweep: '3s', rsvpPoll: '2s' },
  });
}

/** For processes and commands from now on. */
function give(...ring: readonly (typeof A)[]): void {
  stack.moreEnvironment.CONVOKE_CODEC_KEYS = keyVariable(ring);
}

/** One process after the other, each stopped in good order. */
async function restart(programs: readonly Program[], ...ring: readonly (typeof A)[]): Promise<void> {
  give(...ring);
  for (const program of programs) {
    // Null: it does not run.
    expect((await stack.stop(program)) ?? 0).toBe(0);
    await stack.start(program);
  }
}

let people = 0;
async function newPeople(count: number) {
  const users = Array.from({ length: count }, () => ({
    firstName: 'Learner',
    lastName: String(++people),
    email: `learner${people}@academy.example`,
  }));
  return (await stack.control.run('create-users', { users }, { silent: true })).result;
}

interface Taught {
  readonly id: number;
  readonly emails: string[];
}

/** Sessions of one event, with two learners each. */
async function seed(count: number): Promise<Taught[]> {
  const silent = { silent: true };
  const { result: course } = await stack.control.run(
    'create-course',
    { name: 'First aid', rsvp: true, type: 'classroom' },
    silent,
  );
  const made: Taught[] = [];
  for (let i = 0; i < count; i++) {
    const events = [
      { name: 'Day', date: inDays(7 + i), timeBegin: '09:00', timeEnd: '17:00', timezone: 'Europe/Rome' },
    ];
    const session = { courseId: course.id, name: `Session ${i}`, maxEnroll: 200, events };
    const { id } = (await stack.control.run('create-session', session, silent)).result;
    const learners = await newPeople(2);
    await stack.control.run('enrol', { sessionId: id, userIds: learners.map((u) => u.id) }, silent);
    made.push({ id, emails: learners.map((u) => u.email) });
  }
  return made;
}

async function enrolOne(taught: Taught): Promise<void> {
  const [learner] = await newPeople(1);
  await stack.control.run('enrol', { sessionId: taught.id, userIds: [learner!.id] });
  taught.emails.push(learner!.email);
}

/** Somebody is enrolled every now and then, by webhook, until it is stopped; answers how many were. */
function traffic(sessions: readonly Taught[]): () => Promise<number> {
  let isOn = true;
  let count = 0;
  const done = (async () => {
    for (; isOn; count++) {
      await enrolOne(sessions[count % sessions.length]!);
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
  })();
  return async () => {
    isOn = false;
    await done;
    return count;
  };
}

async function allSettled(sessions: readonly Taught[]): Promise<void> {
  for (const { id, emails } of sessions) {
    await stack.settled(id, (s) => Object.keys(s.ledger.people).length === emails.length && s.lastChangeAt !== null);
  }
}

function everybodyIsInvitedOnce(sessions: readonly Taught[]): void {
  const everybody = sessions.flatMap(({ emails }) => emails);
  expect(
    stack
      .calendar()
      .flatMap(({ attendees }) => attendees.map(({ address }) => address))
      .sort(),
  ).toEqual([...everybody].sort());
  const invitations = stack.mails().filter((mail) => !mail.startsWith('update'));
  expect(invitations.sort()).toEqual(everybody.map((address) => `invitation ${address}`).sort());
}

interface Told {
  readonly keys: readonly {
    readonly id: string;
    readonly state: string;
    readonly runs: number;
    readonly memories: number;
  }[];
}

async function convoke(...args: readonly string[]) {
  const { exit, out, err } = await stack.convoke(...args, '--json');
  if (out === '') throw new Error(`convoke ${args.join(' ')} ended with ${exit}: ${err}`);
  return { exit, ...(JSON.parse(out) as Told & { readonly left: unknown[]; readonly findings: Finding[] }) };
}

interface Finding {
  readonly check: string;
  readonly subject: string;
  readonly verdict: string;
  readonly mend: readonly string[];
}

interface Run<Result> {
  readonly startedAt: Date;
  /** What its activity was given of the last run. */
  readonly given: unknown;
  readonly result: Result;
  readonly keys: readonly string[];
}

/** Completed runs of a schedule, the last one first. */
async function runsOf<Result>(scheduleId: string): Promise<Run<Result>[]> {
  const { workflow, options } = stack.client;
  const runs: Run<Result>[] = [];
  const query = `TemporalScheduledById="${scheduleId}" AND ExecutionStatus="Completed"`;
  for await (const { workflowId, runId, startTime } of workflow.list({ query })) {
    const { events = [] } = await workflow.getHandle(workflowId, runId).fetchHistory();
    const input = events?.find((e) => e.activityTaskScheduledEventAttributes != null)
      ?.activityTaskScheduledEventAttributes?.input?.payloads;
    const result = events?.at(-1)?.workflowExecutionCompletedEventAttributes?.result?.payloads;
    const [given] = await decodeArrayFromPayloads(options.loadedDataConverter, input);
    const [ended] = (await decodeArrayFromPayloads(options.loadedDataConverter, result)) as Result[];
    runs.push({ startedAt: startTime, given, result: ended!, keys: [...findKeys(events).needed] });
  }
  return runs.sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
}

async function lastRun<Result>(scheduleId: string): Promise<Run<Result>> {
  return eventually(async () => (await runsOf<Result>(scheduleId))[0] ?? null, `a run of ${scheduleId}`);
}

/** The first run that began after the moment. */
async function firstRunSince<Result>(scheduleId: string, since: Date): Promise<Run<Result>> {
  return eventually(async () => {
    const later = (await runsOf<Result>(scheduleId)).filter(({ startedAt }) => startedAt > since);
    return later.at(-1) ?? null;
  }, `a run of ${scheduleId} from now on`);
}

/** What the run before it left. */
async function leftTo<Result>({ startedAt }: Run<Result>, scheduleId: string): Promise<Result> {
  const earlier = (await runsOf<Result>(scheduleId)).filter((run) => run.startedAt < startedAt);
  return earlier[0]!.result;
}

/** Polls that began without a cursor. */
async function pollsFromScratch(): Promise<number> {
  const answer = await fetch(`${stack.microsoftUrl}/__control/requests?match=calendarView/delta`);
  const { requests } = (await answer.json()) as { requests: { url?: string; path?: string }[] };
  return requests.filter((request) => !JSON.stringify(request).includes('deltatoken')).length;
}

/** Failed workflow tasks of all runs. One that would have overlooked a signal is no failure: the server has it done again. */
async function failedTasks(): Promise<string[]> {
  const failed: string[] = [];
  for await (const { workflowId, runId } of stack.client.workflow.list()) {
    const { events } = await stack.client.workflow.getHandle(workflowId, runId).fetchHistory();
    for (const { workflowTaskFailedEventAttributes: task } of events ?? []) {
      // WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND
      if (task != null && Number(task.cause) !== 1) failed.push(`${workflowId} ${task.cause} ${task.failure?.message}`);
    }
  }
  return failed;
}

async function answersInDocebo(count: number) {
  return eventually(
    async () => {
      const { answers } = await stack.control.truth();
      return answers.length >= count ? answers : null;
    },
    `${count} answers in Docebo`,
    90_000,
  );
}

test('a new key comes into use and the old one goes while webhooks come in: nothing stops, is lost or mailed twice, and cursors go along', async () => {
  await open({ replicas: 'several' });
  give(A);
  const all: readonly Program[] = ['api', ...WORKERS];
  await stack.start(...all);
  const sessions = await seed(3);
  for (const { id } of sessions) await stack.control.run('update-session', { sessionId: id, name: 'Published' });
  await allSettled(sessions);
  await answerMeeting(stack, stack.calendar()[0]!.id, stack.calendar()[0]!.attendees[0]!.address, 'accepted');
  await answersInDocebo(1);
  const scratch = await pollsFromScratch();

  const stopTraffic = traffic(sessions);
  await restart(all, A, B);
  await restart(all, B, A);
  const before = await convoke('keys', 'status');
  expect(before.keys).toMatchObject([
    { id: 'b', state: 'encrypts' },
    { id: 'a', state: 'needed', runs: expect.any(Number) as number },
  ]);
  expect(before.keys[1]!.runs).toBeGreaterThan(0);

  const renewed = await convoke('keys', 'renew', '--wait', '60s');
  expect({ exit: renewed.exit, left: renewed.left }).toEqual({ exit: 0, left: [] });
  const after = await convoke('keys', 'status');
  expect(after.keys).toMatchObject([
    { id: 'b', state: 'encrypts' },
    { id: 'a', state: 'free', runs: 0, memories: 0 },
  ]);

  await restart(all, B);
  const restartedAt = new Date();
  expect(await stopTraffic()).toBeGreaterThan(10);
  await allSettled(sessions);
  everybodyIsInvitedOnce(sessions);
  const mails = stack.mailCount();

  const poll = await firstRunSince<PollRsvpsResult>('rsvp-poll/training', restartedAt);
  expect(poll.given).toMatchObject({ cursor: (await leftTo<PollRsvpsResult>(poll, 'rsvp-poll/training')).cursor });
  expect(poll.given).toMatchObject({ cursor: { deltaLink: expect.stringContaining('deltatoken') as string } });
  expect(poll.result.fullResync).toBe(false);
  expect(poll.keys).toEqual(['b']);
  const sweep = await firstRunSince<SweepResult>('sweep/academy', restartedAt);
  expect(sweep.given).toMatchObject({ memory: (await leftTo<SweepResult>(sweep, 'sweep/academy')).memory });
  expect(sweep.keys).toEqual(['b']);

  const [, second] = stack.calendar();
  await answerMeeting(stack, second!.id, second!.attendees[0]!.address, 'declined');
  await answersInDocebo(2);
  expect(await pollsFromScratch()).toBe(scratch);
  expect(stack.mailCount()).toBe(mails);
  expect((await stack.control.truth()).answers).toHaveLength(2);
  expect(await failedTasks()).toEqual([]);
  const health = await convoke('doctor');
  expect(health.findings.filter(({ verdict }) => verdict === 'red')).toEqual([]);
}, 300_000);

test('a key that is dropped too early is told by every means, nothing is lost meanwhile, and with the key back all goes on', async () => {
  await open({ replicas: 'one' });
  give(A);
  await stack.start();
  const sessions = await seed(2);
  const [one, other] = sessions as [Taught, Taught];
  for (const { id } of sessions) await stack.control.run('update-session', { sessionId: id, name: 'Published' });
  await allSettled(sessions);
  const { account } = (await lastRun<PollRsvpsResult>('rsvp-poll/training')).result.cursor;
  const mails = stack.mailCount();
  const scratch = await pollsFromScratch();
  async function isToldAsMissing(): Promise<void> {
    const status = await convoke('keys', 'status');
    const doctor = await convoke('doctor');
    expect(status).toMatchObject({ exit: 1, keys: [{ id: 'b' }, { id: 'a', state: 'missing' }] });
    expect(doctor.exit).toBe(1);
    const red = doctor.findings.find(({ check, subject }) => check === 'keys.codec' && subject === 'a');
    expect(red).toMatchObject({ verdict: 'red' });
    expect(red?.mend.join(' ')).toContain('Put the key "a" back behind the others');
  }

  // Without ever having had both, the worker does not even start; the api goes on storing hints.
  give(B);
  for (const program of ['api', 'worker'] as const) expect(await stack.stop(program)).toBe(0);
  await stack.start('api');
  await expect(stack.start('worker')).rejects.toThrow(/worker ended with 1:[^]*the key "a", which the key ring lacks/);
  await enrolOne(one);
  await stack.control.whenIdle(20_000);
  await isToldAsMissing();
  expect(stack.mailCount()).toBe(mails);

  await restart(['api', 'worker'], B, A);
  await allSettled(sessions);
  everybodyIsInvitedOnce(sessions);

  // Before "keys renew": schedules are under the new key already, sessions are not.
  await restart(['api', 'worker'], B);
  const logged = stack.log('worker').length;
  await enrolOne(other);
  await eventually(
    async () => (/CONFIG_CODEC_KEYS|which the key ring lacks/.test(stack.log('worker').slice(logged)) ? true : null),
    'the worker to say so',
  );
  await isToldAsMissing();
  expect(stack.mailCount()).toBe(mails + 1);

  await restart(['api', 'worker'], B, A);
  await allSettled(sessions);
  everybodyIsInvitedOnce(sessions);
  expect(stack.mailCount()).toBe(mails + 2);
  const poll = await firstRunSince<PollRsvpsResult>('rsvp-poll/training', new Date());
  expect(poll.given).toMatchObject({ cursor: { account, deltaLink: expect.stringContaining('deltatoken') as string } });
  expect(await pollsFromScratch()).toBe(scratch);

  expect((await convoke('keys', 'renew', '--wait', '60s')).left).toEqual([]);
  await restart(['api', 'worker'], B);
  await enrolOne(one);
  await allSettled(sessions);
  everybodyIsInvitedOnce(sessions);
  expect((await convoke('doctor')).findings.filter(({ verdict }) => verdict === 'red')).toEqual([]);
}, 300_000);
