import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { toTemporalError } from '../to-temporal-error';

const { TaskQueueType } = temporal.api.enums.v1;
const DEADLINE_MS = 10_000;
/** A poll waits for about a minute; the server lists pollers for five minutes after their last one. */
const ALIVE_MS = 75_000;

export interface QueuePoller {
  /** Process id and host, as the worker gave them. */
  readonly identity: string;
  readonly lastSeenMs: number;
}

/** Who polled a queue lately, for its activities or its workflows. Errors: UpstreamError `TEMPORAL_*`. */
export async function listPollers(
  client: Client,
  input: { readonly queue: string; readonly kind: 'activity' | 'workflow'; readonly now: Date },
): Promise<QueuePoller[]> {
  const taskQueueType =
    input.kind === 'activity' ? TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY : TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW;
  try {
    const { pollers } = await client.withDeadline(Date.now() + DEADLINE_MS, () =>
      client.workflowService.describeTaskQueue({
        namespace: client.options.namespace,
        taskQueue: { name: input.queue },
        taskQueueType,
      }),
    );
    const found = new Map<string, QueuePoller>();
    for (const { identity, lastAccessTime } of pollers ?? []) {
      const lastSeenMs = Number(lastAccessTime?.seconds ?? 0) * 1000;
      if (input.now.getTime() - lastSeenMs > ALIVE_MS) continue;
      found.set(identity ?? '', { identity: identity ?? '', lastSeenMs });
    }
    return [...found.values()];
  } catch (error) {
    throw toTemporalError(error);
  }
}
