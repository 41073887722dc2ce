import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { SIGNALS, WORKFLOWS } from '../../contract/messages';
import { toOperatorError } from '../operator/to-operator-error';
import { AppError } from '../../domain/errors';
import type { KeyUsage, KeyUser, SignIns } from './key-usage';
import { readKeyUsage } from './read-key-usage';
import { readSchedule, type ScheduleUser } from './read-schedules';
import { readRun, type RunUser } from './read-open-runs';
import { atOnce } from '../../domain/at-once';
import { orNull, within } from './run-reads';

/** Types that go on in a new run when asked; all others end by themselves, soon. */
const RENEWABLE: ReadonlySet<string> = new Set([
  WORKFLOWS.courseSession,
  WORKFLOWS.fanOut,
  WORKFLOWS.platformHealth,
  WORKFLOWS.watchMailbox,
  WORKFLOWS.ownQueue,
  WORKFLOWS.backfill,
]);
const AT_ONCE = 12;
const LOOK_MS = 1_000;

/** Why something is not renewed yet. */
export type LeftReason =
  /** Its step under way, a pause of its own, or no worker: it does so later by itself. */
  | 'waits'
  /** Renewed, and written under an old key again: some process still encrypts with it. */
  | 'old-key-again'
  /** A paused schedule is not run. */
  | 'paused'
  /** The run that would bring a new result has not completed. */
  | 'no-result'
  /** The file of a sign-in cannot be read or written here. */
  | 'file';

export interface Left {
  readonly user: KeyUser;
  readonly why: LeftReason;
}

export interface RenewResult {
  /** The key that all are renewed under. */
  readonly key: string;
  /** What needed another one when it began. */
  readonly found: {
    readonly runs: number;
    readonly actions: number;
    readonly memories: number;
    readonly signIns: number;
  };
  readonly left: readonly Left[];
  readonly usage: KeyUsage;
}

export interface RenewOptions {
  readonly ring: readonly string[];
  /** Null: nothing here says where they are. */
  readonly signIns: SignIns | null;
  /** Runs that are asked in a second, at most. */
  readonly perSecond: number;
  /** How long it waits, after the last was asked, for all to have done it. */
  readonly waitMs: number;
  readonly tell?: (progress: string) => void;
}

/**
 * Has everything open that needs another key than the first go on under the first: runs by a roll-over, actions by being written anew,
 * last results by a run of their schedule, sign-ins by being written anew. Asking twice does no harm; what is renewed already is not asked.
 *
 * @throws as readKeyUsage; ConfigError `CONFIG_CODEC_KEYS` for a schedule's action under a key that the ring lacks.
 */
export async function renewKeys(client: Client, options: RenewOptions): Promise<RenewResult> {
  const { ring, signIns, tell = () => undefined } = options;
  const key = ring[0] ?? '';
  const before = await readKeyUsage(client, { ring, signIns, tell });
  const old = before.users.filter((user) => isOld(user, key));
  const runs = old.filter((user): user is RunUser => user.kind === 'run');
  const scheduled = old.filter((user): user is ScheduleUser => user.kind === 'action' || user.kind === 'memory');
  const accounts = old.flatMap((user) => (user.kind === 'sign-in' ? [user.account] : []));
  const actions = scheduled.filter(({ kind }) => kind === 'action');
  const memories = scheduled.filter(({ kind }) => kind === 'memory');
  const found = { runs: runs.length, actions: actions.length, memories: memories.length, signIns: accounts.length };
  if (old.length === 0) return { key, found, left: [], usage: before };
  if (signIns !== null) for (const account of accounts) await renewSignIn(signIns, account);
  try {
    for (const { scheduleId } of actions) await rewriteAction(client, scheduleId);
    for (const { scheduleId, paused } of memories) if (!paused) await trigger(client, scheduleId);
    await askRuns(client, runs, options);
    await awaitAll(client, { runs, memories: memories.filter(({ paused }) => !paused), key, options });
  } catch (error) {
    throw await toOperatorError(client, error, null);
  }
  const usage = await readKeyUsage(client, { ring, signIns, tell });
  const asked = new Set(runs.map(({ runId }) => runId));
  const left = usage.users.filter((user) => isOld(user, key)).map((user) => ({ user, why: whyLeft(user, asked) }));
  return { key, found, left, usage };
}

function isOld({ keys }: KeyUser, key: string): boolean {
  return [...keys].some((id) => id !== key);
}

function whyLeft(user: KeyUser, asked: ReadonlySet<string>): LeftReason {
  if (user.kind === 'run') return asked.has(user.runId) ? 'waits' : 'old-key-again';
  if (user.kind === 'action') return 'old-key-again';
  if (user.kind === 'sign-in') return 'file';
  return user.paused ? 'paused' : 'no-result';
}

/** What cannot be renewed is found again, and named, by the last look. */
async function renewSignIn(signIns: SignIns, account: string): Promise<void> {
  try {
    await signIns.renew(account);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

/** The same action, encrypted by this process; paused or not, and the note, stay. */
async function rewriteAction(client: Client, scheduleId: string): Promise<void> {
  const handle = client.schedule.getHandle(scheduleId);
  await orNull(() => within(client, () => handle.update((previous) => previous)));
}

async function trigger(client: Client, scheduleId: string): Promise<void> {
  const handle = client.schedule.getHandle(scheduleId);
  await orNull(() => within(client, () => handle.trigger('SKIP')));
}

async function askRuns(client: Client, runs: readonly RunUser[], { perSecond, tell }: RenewOptions): Promise<void> {
  const startedAt = Date.now();
  const renewable = runs.filter(({ workflowType }) => RENEWABLE.has(workflowType));
  for (const [i, run] of renewable.entries()) {
    const aheadMs = startedAt + (i * 1_000) / perSecond - Date.now();
    if (aheadMs > 0) await sleep(aheadMs);
    const { namespace } = client.options;
    const { workflowId, runId } = run;
    // This run alone: one that has rolled over since is renewed already.
    await orNull(() =>
      within(client, () =>
        client.workflowService.signalWorkflowExecution({
          namespace,
          workflowExecution: { workflowId, runId },
          signalName: SIGNALS.renew,
          identity: client.options.identity,
        }),
      ),
    );
    tell?.(`${i + 1} of ${renewable.length} runs asked`);
  }
}

async function awaitAll(
  client: Client,
  input: {
    readonly runs: readonly RunUser[];
    readonly memories: readonly ScheduleUser[];
    readonly key: string;
    readonly options: RenewOptions;
  },
): Promise<void> {
  const { key, options } = input;
  const until = Date.now() + options.waitMs;
  let runs = [...input.runs];
  let memories = [...input.memories];
  for (;;) {
    const waitingRuns: RunUser[] = [];
    await atOnce(AT_ONCE, runs, async (run) => {
      const now = await readRun(client, run);
      if (now?.runId === run.runId) waitingRuns.push(run);
    });
    const waiting: ScheduleUser[] = [];
    await atOnce(AT_ONCE, memories, async (memory) => {
      const now = await readSchedule(client, memory.scheduleId);
      if (now?.users.some((user) => user.kind === 'memory' && isOld(user, key)) === true) waiting.push(memory);
    });
    runs = waitingRuns;
    memories = waiting;
    const left = runs.length + memories.length;
    if (left === 0 || Date.now() >= until) return;
    options.tell?.(`${runs.length} runs and ${memories.length} schedules still to renew`);
    await sleep(Math.min(LOOK_MS, Math.max(0, until - Date.now())));
  }
}
