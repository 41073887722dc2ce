import type { Client } from '@temporalio/client';
import { atOnce } from '../../domain/at-once';
import type { KeyUser } from './key-usage';
import { findKeys } from './payload-keys';
import { listRuns, orNull, readEvents, toInstant, within, type HistoryEvent, type RunRef } from './run-reads';

export type RunUser = Extract<KeyUser, { readonly kind: 'run' }>;

const OPEN = 'ExecutionStatus="Running"';
/** Histories under way at once. */
const AT_ONCE = 12;
/** Lists are made anew until they bring nothing new: runs come and go while they are read. */
const ROUNDS = 5;
/** Chains of runs that follow each other while they are read. */
const FOLLOWED = 10;

/** Every open run with the keys of its whole history and of what its activities last told. */
export async function readOpenRuns(
  client: Client,
  { tell }: { readonly tell: (progress: string) => void },
): Promise<RunUser[]> {
  const read = new Map<string, RunUser | null>();
  for (let round = 0; round < ROUNDS; round++) {
    const fresh: RunRef[] = [];
    for await (const { ref } of listRuns(client, OPEN)) if (!read.has(ref.runId)) fresh.push(ref);
    if (fresh.length === 0) break;
    for (const { runId } of fresh) read.set(runId, null);
    let done = 0;
    await atOnce(AT_ONCE, fresh, async (ref) => {
      const user = await readRun(client, ref);
      if (user !== null) read.set(user.runId, user);
      tell(`${++done} of ${fresh.length} open runs read`);
    });
  }
  return [...read.values()].filter((user) => user !== null);
}

/** One run as it is now, or the one that it has become since; null: it has ended. */
export async function readRun(client: Client, first: RunRef): Promise<RunUser | null> {
  let ref = first;
  for (let i = 0; i < FOLLOWED; i++) {
    const [events, described] = await Promise.all([readEvents(client, ref), describe(client, ref)]);
    if (events === null || described === null) return null;
    const next = successorOf(events.at(-1));
    if (next === 'ended') return null;
    if (next === 'open') {
      const inHistory = findKeys(events);
      // Heartbeats are in no history, and the next attempt reads them.
      const pending = findKeys(described.pendingActivities);
      const [start] = events;
      return {
        kind: 'run',
        ...ref,
        workflowType: start?.workflowExecutionStartedEventAttributes?.workflowType?.name ?? '',
        since: toInstant(start?.eventTime),
        keys: new Set([...inHistory.needed, ...pending.needed]),
        shown: inHistory.shown,
      };
    }
    ref = { ...ref, runId: next.runId };
  }
  return null;
}

function describe(client: Client, execution: RunRef) {
  const { namespace } = client.options;
  return orNull(() => within(client, () => client.workflowService.describeWorkflowExecution({ namespace, execution })));
}

function successorOf(last: HistoryEvent | undefined): 'open' | 'ended' | { readonly runId: string } {
  const runId = last?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  if (runId != null) return { runId };
  const isOver =
    last?.workflowExecutionCompletedEventAttributes ??
    last?.workflowExecutionFailedEventAttributes ??
    last?.workflowExecutionTimedOutEventAttributes ??
    last?.workflowExecutionCanceledEventAttributes ??
    last?.workflowExecutionTerminatedEventAttributes;
  return isOver == null ? 'open' : 'ended';
}
