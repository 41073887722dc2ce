import { ScheduleNotFoundError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { sessionWorkflowId } from '../contract/ids';
import { WORKFLOWS } from '../contract/messages';
import { SEARCH_ATTRIBUTES as SA, type SyncStatus } from '../contract/search-attributes';
import type { PlatformKey, SessionRef } from '../domain/model';
import { toTemporalError } from './to-temporal-error';

const DEADLINE_MS = 10_000;

/** How long ended workflows can be read; milliseconds. Errors: UpstreamError `TEMPORAL_UNAVAILABLE`. */
export async function readRetention(client: Client): Promise<number> {
  const { namespace } = client.options;
  const { config } = await guarded(client, () => client.workflowService.describeNamespace({ namespace }));
  return Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) * 1000;
}

export interface ScheduleFacts {
  readonly state: 'missing' | 'paused' | 'on';
  /** What an operator wrote when pausing it. */
  readonly note: string;
  /** How its last run that is over ended, in Temporal's words; null: none is over. */
  readonly lastRun: string | null;
}

export async function readSchedule(client: Client, scheduleId: string): Promise<ScheduleFacts> {
  return guarded(client, async () => {
    try {
      const { state } = await client.schedule.getHandle(scheduleId).describe();
      const query = `TemporalScheduledById="${scheduleId}" AND ExecutionStatus!="Running"`;
      let lastRun: string | null = null;
      for await (const run of client.workflow.list({ query, pageSize: 1 })) {
        lastRun = run.status.name;
        break;
      }
      return { state: state.paused ? 'paused' : 'on', note: state.note ?? '', lastRun };
    } catch (error) {
      if (error instanceof ScheduleNotFoundError) return { state: 'missing', note: '', lastRun: null };
      throw error;
    }
  });
}

/** Whether the session has a workflow, running or ended within the retention. */
export async function hasWorkflow(client: Client, ref: SessionRef): Promise<boolean> {
  return guarded(client, async () => {
    try {
      await client.workflow.getHandle(sessionWorkflowId(ref)).describe();
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  });
}

const STATUSES: readonly SyncStatus[] = ['in_sync', 'pending', 'error', 'held', 'off'];

/** Running sessions of a platform by SyncStatus; statuses of none are left out. Temporal groups its counts by nothing of ours. */
export async function countSessions(client: Client, platform: PlatformKey): Promise<Readonly<Record<string, number>>> {
  const query = `WorkflowType="${WORKFLOWS.courseSession}" AND ExecutionStatus="Running" AND ${SA.platform.name}="${platform}"`;
  return guarded(client, async () => {
    const counts: Record<string, number> = {};
    for (const status of STATUSES) {
      const { count } = await client.workflow.count(`${query} AND ${SA.status.name}="${status}"`);
      if (count > 0) counts[status] = count;
    }
    return counts;
  });
}

async function guarded<T>(client: Client, work: () => Promise<T>): Promise<T> {
  try {
    return await client.withDeadline(Date.now() + DEADLINE_MS, work);
  } catch (error) {
    throw toTemporalError(error);
  }
}
