import { Context } from '@temporalio/activity';
import {
  ActivityCancelledError,
  ActivityNotFoundError,
  ActivityPausedError,
  ActivityResetError,
  type Client,
} from '@temporalio/client';
import type { OwnershipActivities, TurnProgress } from '../../contract/ownership';
import type { QueueServer, Turn } from './serve-queue';

/** Shorter than the time between two heartbeats. */
const ANSWER_SHARE = 0.25;

/** The activity of the queue `owners`. */
export function createOwnershipActivities(client: Client, server: QueueServer): OwnershipActivities {
  return { serveQueue: ({ queue }) => server.serve(queue, currentTurn(client)) };
}

/**
 * Heartbeats by a call of our own: the worker's own heartbeats tell nobody whether Temporal has answered, and who is not heard must know.
 */
function currentTurn(client: Client): Turn {
  const { info } = Context.current();
  const heartbeatTimeoutMs = info.heartbeatTimeoutMs ?? 0;
  return {
    attempt: info.attempt,
    heartbeatTimeoutMs,
    progress: (info.heartbeatDetails as TurnProgress | undefined) ?? null,
    async beat(progress) {
      try {
        await client.activity.withDeadline(Date.now() + heartbeatTimeoutMs * ANSWER_SHARE, () =>
          client.activity.heartbeat(info.taskToken, progress),
        );
        return 'go on';
      } catch (error) {
        if (error instanceof ActivityNotFoundError) return 'not yours';
        if (
          error instanceof ActivityCancelledError ||
          error instanceof ActivityPausedError ||
          error instanceof ActivityResetError
        )
          return 'let go';
        throw error;
      }
    },
  };
}
