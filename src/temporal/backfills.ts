import { WorkflowExecutionAlreadyStartedError, WorkflowFailedError, type Client } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { backfillWorkflowId } from '../contract/ids';
import { QUERIES, WORKFLOWS } from '../contract/messages';
import type { BackfillProgress, BackfillRunInput } from '../contract/operator-reads';
import { SESSIONS_QUEUE } from '../contract/queues';
import { SEARCH_ATTRIBUTES as SA } from '../contract/search-attributes';
import { InputError, UpstreamError } from '../domain/errors';
import type { PlatformKey } from '../domain/model';
import { toTemporalError } from './to-temporal-error';

const DEADLINE_MS = 10_000;

/** @throws InputError `INPUT_BACKFILL_RUNS`; UpstreamError `TEMPORAL_*`. */
export async function startBackfill(client: Client, input: BackfillRunInput): Promise<{ readonly workflowId: string }> {
  const workflowId = backfillWorkflowId(input.platform);
  try {
    await client.workflow.start(WORKFLOWS.backfill, {
      workflowId,
      taskQueue: SESSIONS_QUEUE,
      args: [input],
      staticSummary: `Backfill of ${input.platform}`,
      typedSearchAttributes: [{ key: SA.platform, value: input.platform }],
    });
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) {
      throw new InputError(`A backfill of ${input.platform} runs already: ${workflowId}.`, {
        code: 'INPUT_BACKFILL_RUNS',
        cause: error,
      });
    }
    throw toTemporalError(error);
  }
  return { workflowId };
}

/** Null: it did not answer in time, such as while no worker runs. */
export async function readBackfill(client: Client, platform: PlatformKey): Promise<BackfillProgress | null> {
  const handle = client.workflow.getHandle(backfillWorkflowId(platform));
  try {
    return await client.withDeadline(Date.now() + DEADLINE_MS, () =>
      handle.query<BackfillProgress>(QUERIES.backfillProgress),
    );
  } catch {
    return null;
  }
}

/** Waits for its end. @throws InputError or UpstreamError with the code that ended it. */
export async function awaitBackfill(client: Client, platform: PlatformKey): Promise<BackfillProgress> {
  try {
    return (await client.workflow.getHandle(backfillWorkflowId(platform)).result()) as BackfillProgress;
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw toTemporalError(error);
    const failure = error.cause instanceof ActivityFailure ? error.cause.cause : error.cause;
    const code = failure instanceof ApplicationFailure ? (failure.type ?? 'UNKNOWN') : 'UNKNOWN';
    const message = failure?.message ?? 'The backfill ended before its end';
    if (code.startsWith('INPUT_')) throw new InputError(message, { code, cause: error });
    throw new UpstreamError(message, { code, cause: error });
  }
}
