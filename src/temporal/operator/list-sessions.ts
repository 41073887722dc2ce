import type { Client } from '@temporalio/client';
import { parseSessionWorkflowId } from '../../contract/ids';
import { SEARCH_ATTRIBUTES as SA, type SyncStatus } from '../../contract/search-attributes';
import { toExecution } from './executions';
import type { SessionFilter, SessionList, SessionRow } from './operator';
import { toSessionQuery } from './session-query';

const PAGE_SIZE = 1_000;
/** Rows that are sorted; of more, the earliest may be missing. */
const SORTED = 10_000;
export const STATUSES: readonly SyncStatus[] = ['error', 'held', 'pending', 'in_sync', 'off', 'closed'];

export async function listSessions(client: Client, filter: SessionFilter, limit: number): Promise<SessionList> {
  const query = toSessionQuery(filter);
  const [rows, matching, counts] = await Promise.all([
    readRows(client, query),
    client.workflow.count(query),
    Promise.all(STATUSES.map((status) => client.workflow.count(`${query} AND ${SA.status.name} = "${status}"`))),
  ]);
  return {
    rows: rows.sort(byStart).slice(0, limit),
    matching: matching.count,
    counts: Object.fromEntries(STATUSES.map((status, i) => [status, counts[i]?.count ?? 0])) as SessionList['counts'],
  };
}

async function readRows(client: Client, query: string): Promise<SessionRow[]> {
  const rows = new Map<string, SessionRow>();
  for await (const run of client.workflow.list({ query, pageSize: PAGE_SIZE })) {
    const ref = parseSessionWorkflowId(run.workflowId);
    // The list has the newest run first: an older one of the same session says nothing about it.
    if (ref === null || rows.has(run.workflowId)) continue;
    const attributes = run.typedSearchAttributes;
    rows.set(run.workflowId, {
      ...ref,
      status: toStatus(attributes.get(SA.status)),
      courseId: attributes.get(SA.course) ?? null,
      mailbox: attributes.get(SA.mailbox) ?? null,
      startsAt: attributes.get(SA.startsAt)?.toISOString() ?? null,
      execution: toExecution(run.status.name),
      workflowId: run.workflowId,
    });
    if (rows.size >= SORTED) break;
  }
  return [...rows.values()];
}

export function toStatus(value: string | undefined): SyncStatus {
  return STATUSES.find((status) => status === value) ?? 'pending';
}

function byStart(a: SessionRow, b: SessionRow): number {
  if (a.startsAt === b.startsAt) return a.workflowId < b.workflowId ? -1 : 1;
  if (a.startsAt === null || b.startsAt === null) return a.startsAt === null ? 1 : -1;
  return a.startsAt < b.startsAt ? -1 : 1;
}
