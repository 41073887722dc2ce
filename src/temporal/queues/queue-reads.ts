import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowFailedError, type Client, type WorkflowHandle } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure, TimeoutFailure, TimeoutType } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { onQueueWorkflowId } from '../../contract/ids';
import { WORKFLOWS } from '../../contract/messages';
import type { OnQueueInput, OperatorRead, OperatorReads } from '../../contract/operator-reads';
import { SESSIONS_QUEUE } from '../../contract/queues';
import {
  AccessError,
  ContractError,
  InputError,
  ThrottledError,
  UpstreamError,
  type AppError,
} from '../../domain/errors';
import { listPollers } from './queue-pollers';
import { toTemporalError } from '../to-temporal-error';

export interface QueueRead<T> {
  readonly result: T;
  /** `here`: no worker polls the queue, so that this process read by itself, one request at a time. */
  readonly via: 'worker' | 'here';
}

/**
 * An operator's reads, within the limits that the queue's worker keeps. Errors: the read's own, by code; UpstreamError `TEMPORAL_*`,
 * `ACTIVITY_TIMEOUT`.
 */
export interface QueueReads {
  read<K extends OperatorRead>(
    queue: string,
    activity: K,
    input: Parameters<OperatorReads[K]>[0],
  ): Promise<QueueRead<Awaited<ReturnType<OperatorReads[K]>>>>;
  /** Temporal's clock less ours in milliseconds, by when it began the last read that a worker made; null: none was made. */
  serverSkewMs(): Promise<number | null>;
}

export interface QueueReadsOptions {
  /** Null: Temporal cannot be reached, so that everything is read here. */
  readonly client: Client | null;
  /** Stands in the workflows' ids. */
  readonly verb: string;
  /** The same reads in this process; null: what no worker reads is an error. */
  readonly here: OperatorReads | null;
  readonly uniqueId: () => string;
  readonly timeoutMs?: number;
  /** Who is listed as a worker may have stopped a moment ago: a read that none has taken after this time is made here. */
  readonly takenWithinMs?: number;
}

const TIMEOUT_MS = 6 * 60_000;
const TAKEN_WITHIN_MS = 15_000;
const SECOND_MS = 1_000;
const DESCRIBE_MS = 10_000;

export function createQueueReads(options: QueueReadsOptions): QueueReads {
  const { client, verb, here, uniqueId, timeoutMs = TIMEOUT_MS, takenWithinMs = TAKEN_WITHIN_MS } = options;
  let last: Promise<unknown> = Promise.resolve();
  let isDeserted = false;
  let begun: { readonly workflowId: string; readonly atMs: number } | null = null;

  async function isServed(queue: string): Promise<boolean> {
    if (client === null || isDeserted) return false;
    const now = new Date();
    const [workflows, activities] = await Promise.all([
      listPollers(client, { queue: SESSIONS_QUEUE, kind: 'workflow', now }),
      listPollers(client, { queue, kind: 'activity', now }),
    ]);
    return workflows.length > 0 && activities.length > 0;
  }

  async function readByWorker(input: OnQueueInput): Promise<unknown> {
    if (client === null) return NOBODY;
    const workflowId = onQueueWorkflowId(verb, uniqueId());
    let handle: WorkflowHandle;
    const sentMs = Date.now();
    try {
      handle = await client.workflow.start(WORKFLOWS.onQueue, {
        workflowId,
        taskQueue: SESSIONS_QUEUE,
        args: [input],
        workflowExecutionTimeout: timeoutMs,
        staticSummary: `${verb}: ${input.activity} on ${input.queue}`,
      });
    } catch (error) {
      throw toTemporalError(error);
    }
    begun = { workflowId, atMs: (sentMs + Date.now()) / 2 };
    const over = new AbortController();
    try {
      const result = client.withDeadline(Date.now() + timeoutMs + 5 * SECOND_MS, () => handle.result());
      const untaken = untilUntaken(handle, over.signal);
      result.catch(() => undefined);
      return await Promise.race([result, untaken]);
    } catch (error) {
      if (hasGoneUnserved(error)) return NOBODY;
      throw toReadError(error);
    } finally {
      over.abort();
    }
  }

  /** Resolves when no worker has taken the read's first task in time; else never. */
  async function untilUntaken(handle: WorkflowHandle, over: AbortSignal): Promise<typeof NOBODY> {
    const never = new Promise<never>(() => undefined);
    try {
      await sleep(takenWithinMs, undefined, { signal: over, ref: false });
      const { raw } = await handle.describe();
      if (raw.pendingWorkflowTask?.state !== SCHEDULED) return await never;
      await handle.terminate('no worker has taken it');
    } catch {
      // Over, or it cannot be told: the read's own end counts.
      return never;
    }
    isDeserted = true;
    return NOBODY;
  }

  return {
    async read(queue, activity, input) {
      type Result = Awaited<ReturnType<OperatorReads[typeof activity]>>;
      if (await isServed(queue)) {
        const result = await readByWorker({ queue, activity, input });
        if (result !== NOBODY) return { result: result as Result, via: 'worker' };
      }
      if (here === null) throw unserved(queue);
      const work = last.then(() => (here[activity] as (input: unknown) => Promise<unknown>)(input));
      last = work.catch(() => undefined);
      return { result: (await work) as Result, via: 'here' };
    },

    async serverSkewMs() {
      if (client === null || begun === null) return null;
      const { workflowId, atMs } = begun;
      try {
        const { startTime } = await client.withDeadline(Date.now() + DESCRIBE_MS, () =>
          client.workflow.getHandle(workflowId).describe(),
        );
        return Math.round(startTime.getTime() - atMs);
      } catch (error) {
        throw toTemporalError(error);
      }
    },
  };
}

const SCHEDULED = temporal.api.enums.v1.PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_SCHEDULED;
const NOBODY = Symbol('nobody works on the queue');

function unserved(queue: string): UpstreamError {
  return new UpstreamError('No worker of Convoke runs that reads', { code: 'TEMPORAL_NO_WORKER', context: { queue } });
}

/** The worker went between our look and the read. */
function hasGoneUnserved(error: unknown): boolean {
  const cause = error instanceof WorkflowFailedError ? error.cause : null;
  if (cause instanceof TimeoutFailure) return true;
  if (!(cause instanceof ActivityFailure) || !(cause.cause instanceof TimeoutFailure)) return false;
  return cause.cause.timeoutType === TimeoutType.SCHEDULE_TO_START;
}

/** Inverse of `toApplicationFailure`, as far as an operator needs to know the kind. */
function toReadError(error: unknown): AppError {
  if (!(error instanceof WorkflowFailedError)) return toTemporalError(error);
  const failure = error.cause instanceof ActivityFailure ? error.cause.cause : error.cause;
  if (!(failure instanceof ApplicationFailure)) {
    return new UpstreamError('The read gave no answer in time', { code: 'ACTIVITY_TIMEOUT', cause: error });
  }
  const code = failure.type ?? 'UNKNOWN';
  const options = { code, cause: error };
  if (/_(THROTTLED|BUDGET|QUOTA)$/.test(code)) {
    return new ThrottledError(failure.message, { ...options, retryAfterMs: null });
  }
  if (/_(ACCESS|TOKEN)$/.test(code)) return new AccessError(failure.message, options);
  if (/_CONTRACT$/.test(code)) return new ContractError(failure.message, options);
  return failure.nonRetryable ? new InputError(failure.message, options) : new UpstreamError(failure.message, options);
}
