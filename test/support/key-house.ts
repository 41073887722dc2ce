import { randomBytes } from 'node:crypto';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow';
import { findKeys } from '../../src/temporal/key-usage/payload-keys';
import { eventually, inDays, keyVariable, Stack, type Program } from './stack';

/** Compiled processes whose ring of codec keys changes from restart to restart, with people to invite meanwhile. One house a test file. */

export const A = { id: 'a', key: randomBytes(32) };
export const B = { id: 'b', key: randomBytes(32) };
export const WORKERS: readonly Program[] = ['worker', 'worker-2'];

export let stack: Stack;

export async function open(worker: Record<string, unknown>): Promise<void> {
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
export function give(...ring: readonly (typeof A)[]): void {
  stack.moreEnvironment.CONVOKE_CODEC_KEYS = keyVariable(ring);
}

/** One process after the other, each stopped in good order. */
export async function restart(programs: readonly Program[], ...ring: readonly (typeof A)[]): Promise<void> {
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

export interface Taught {
  readonly id: number;
  readonly emails: string[];
}

/** Sessions of one event, with two learners each. */
export async function seed(count: number): Promise<Taught[]> {
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

export async function enrolOne(taught: Taught): Promise<void> {
  const [learner] = await newPeople(1);
  await stack.control.run('enrol', { sessionId: taught.id, userIds: [learner!.id] });
  taught.emails.push(learner!.email);
}

/** Somebody is enrolled every now and then, by webhook, until it is stopped; answers how many were. */
export function traffic(sessions: readonly Taught[]): () => Promise<number> {
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

export async function allSettled(sessions: readonly Taught[]): Promise<void> {
  for (const { id, emails } of sessions) {
    await stack.settled(id, (s) => Object.keys(s.ledger.people).length === emails.length && s.lastChangeAt !== null);
  }
}

export function everybodyIsInvitedOnce(sessions: readonly Taught[]): void {
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

export async function convoke(...args: readonly string[]) {
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

export async function lastRun<Result>(scheduleId: string): Promise<Run<Result>> {
  return eventually(async () => (await runsOf<Result>(scheduleId))[0] ?? null, `a run of ${scheduleId}`);
}

/** The first run that began after the moment. */
export async function firstRunSince<Result>(scheduleId: string, since: Date): Promise<Run<Result>> {
  return eventually(async () => {
    const later = (await runsOf<Result>(scheduleId)).filter(({ startedAt }) => startedAt > since);
    return later.at(-1) ?? null;
  }, `a run of ${scheduleId} from now on`);
}

/** What the run before it left. */
export async function leftTo<Result>({ startedAt }: Run<Result>, scheduleId: string): Promise<Result> {
  const earlier = (await runsOf<Result>(scheduleId)).filter((run) => run.startedAt < startedAt);
  return earlier[0]!.result;
}

/** Polls that began without a cursor. */
export async function pollsFromScratch(): Promise<number> {
  const answer = await fetch(`${stack.microsoftUrl}/__control/requests?match=calendarView/delta`);
  const { requests } = (await answer.json()) as { requests: { url?: string; path?: string }[] };
  return requests.filter((request) => !JSON.stringify(request).includes('deltatoken')).length;
}

/** Failed workflow tasks of all runs. One that would have overlooked a signal is no failure: the server has it done again. */
export async function failedTasks(): Promise<string[]> {
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

export async function answersInDocebo(count: number) {
  return eventually(async () => {
    const { answers } = await stack.control.truth();
    return answers.length >= count ? answers : null;
  }, `${count} answers in Docebo`);
}
