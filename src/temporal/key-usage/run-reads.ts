import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { isGrpcServiceError, ScheduleNotFoundError } from '@temporalio/client';

type ListedRun = temporal.api.workflow.v1.IWorkflowExecutionInfo;
export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

const PAGE_SIZE = 1_000;
const DEADLINE_MS = 30_000;
/** gRPC status. */
const NOT_FOUND = 5;

export interface RunRef {
  readonly workflowId: string;
  readonly runId: string;
}

/** As Temporal stores them: the client's own lists decode memos. */
export async function* listRuns(client: Client, query: string): AsyncGenerator<ListedRun & { readonly ref: RunRef }> {
  const { namespace } = client.options;
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await within(client, () =>
      client.workflowService.listWorkflowExecutions({ namespace, query, pageSize: PAGE_SIZE, nextPageToken }),
    );
    for (const run of page.executions) {
      const { workflowId, runId } = run.execution ?? {};
      if (workflowId != null && runId != null) yield { ...run, ref: { workflowId, runId } };
    }
    nextPageToken = page.nextPageToken.length > 0 ? page.nextPageToken : undefined;
  } while (nextPageToken !== undefined);
}

/** All pages; null: the run is no longer there. */
export async function readEvents(client: Client, execution: RunRef): Promise<HistoryEvent[] | null> {
  const { namespace } = client.options;
  return orNull(async () => {
    const events: HistoryEvent[] = [];
    let nextPageToken: Uint8Array | undefined;
    do {
      const page = await within(client, () =>
        client.workflowService.getWorkflowExecutionHistory({ namespace, execution, nextPageToken }),
      );
      events.push(...(page.history?.events ?? []));
      nextPageToken = page.nextPageToken.length > 0 ? page.nextPageToken : undefined;
    } while (nextPageToken !== undefined);
    return events;
  });
}

/** Null for what is not there (any more). */
export async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    if (isGrpcServiceError(error) && (error.code as number) === NOT_FOUND) return null;
    throw error;
  }
}

export function within<T>(client: Client, work: () => Promise<T>): Promise<T> {
  return client.withDeadline(Date.now() + DEADLINE_MS, work);
}

export function toInstant(
  time: { readonly seconds?: unknown; readonly nanos?: number | null } | null | undefined,
): string {
  return new Date(Number(time?.seconds ?? 0) * 1_000 + Math.floor((time?.nanos ?? 0) / 1e6)).toISOString();
}
