import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { SESSIONS_QUEUE } from '../../contract/queues';

const { TaskQueueType } = temporal.api.enums.v1;
/** A poll is held for a minute: whoever was not seen for longer has gone. Temporal itself forgets only after five. */
const SEEN_WITHIN_MS = 75_000;

/** Does a worker poll for workflow tasks of sessions? Wrong for about a minute after the last one was killed. */
export async function hasWorker(client: Client): Promise<boolean> {
  const { pollers } = await client.workflowService
    .describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: SESSIONS_QUEUE },
      taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    })
    .catch(() => ({ pollers: [] }));
  const since = Date.now() - SEEN_WITHIN_MS;
  return (pollers ?? []).some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000 >= since);
}
