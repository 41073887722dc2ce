import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { sessionWorkflowId } from '../contract/ids';
import { SIGNALS } from '../contract/messages';
import type { SessionSignals } from '../domain/ports';
import { toTemporalError } from './to-temporal-error';

const DEADLINE_MS = 10_000;

/** Answers go to sessions that run. One whose workflow has ended needs none: it adopts its events, and the next poll tells it again. */
export function createSessionSignals(client: Client): SessionSignals {
  return {
    async rsvpObserved({ platform, sessionId, signal }) {
      const handle = client.workflow.getHandle(sessionWorkflowId({ platform, sessionId }));
      try {
        await client.withDeadline(Date.now() + DEADLINE_MS, () => handle.signal(SIGNALS.rsvpObserved, signal));
        return true;
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return false;
        throw toTemporalError(error);
      }
    },
  };
}
