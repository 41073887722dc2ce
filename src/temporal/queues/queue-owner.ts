import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { ownerWorkflowId } from '../../contract/ids';
import { toTemporalError } from '../to-temporal-error';

const { PendingActivityState } = temporal.api.enums.v1;
const DEADLINE_MS = 10_000;

/** Who serves a limited queue, where several workers share them. `nobody`: its workflow does not run. */
export type QueueOwner =
  | { readonly state: 'held'; /** Process id and host. */ readonly by: string }
  /** `why` is the code of the last attempt's end; null: there was none. */
  | { readonly state: 'waits'; readonly why: string | null }
  | { readonly state: 'nobody' };

/** Errors: `TEMPORAL_*`. */
export async function readQueueOwner(client: Client, queue: string): Promise<QueueOwner> {
  try {
    const { raw, status } = await client.withDeadline(Date.now() + DEADLINE_MS, () =>
      client.workflow.getHandle(ownerWorkflowId(queue)).describe(),
    );
    if (status.name !== 'RUNNING') return { state: 'nobody' };
    const [turn] = raw.pendingActivities ?? [];
    if (turn?.state === PendingActivityState.PENDING_ACTIVITY_STATE_STARTED) {
      return { state: 'held', by: turn.lastWorkerIdentity ?? '' };
    }
    return { state: 'waits', why: turn?.lastFailure?.applicationFailureInfo?.type ?? null };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { state: 'nobody' };
    throw toTemporalError(error);
  }
}
