import type { Client } from '@temporalio/client';
import { ownerWorkflowId } from '../../contract/ids';
import { WORKFLOWS } from '../../contract/messages';
import type { OwnQueueInput } from '../../contract/ownership';
import { SESSIONS_QUEUE } from '../../contract/queues';

/** Starts the workflow of each queue, unless it runs. */
export async function ensureOwners(client: Client, queues: readonly string[], takeOverMs: number): Promise<void> {
  await Promise.all(
    queues.map((queue) =>
      client.workflow.start(WORKFLOWS.ownQueue, {
        workflowId: ownerWorkflowId(queue),
        taskQueue: SESSIONS_QUEUE,
        args: [{ queue, takeOverMs } satisfies OwnQueueInput],
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: `who serves ${queue}`,
      }),
    ),
  );
}
