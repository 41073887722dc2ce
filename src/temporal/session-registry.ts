import type { Client } from '@temporalio/client';
import { parseSessionWorkflowId, sessionWorkflowId } from '../contract/ids';
import { QUERIES, WORKFLOWS, type SessionState } from '../contract/messages';
import { SEARCH_ATTRIBUTES as SA } from '../contract/search-attributes';
import type { PlatformKey, SessionId } from '../domain/model';
import { inspectSession, type SessionInspection, type SessionStanding } from '../domain/sweep/session-standing';
import type { SessionRegistry } from '../domain/sweep/sweep-ports';
import { toTemporalError } from './to-temporal-error';

const PAGE_SIZE = 1_000;
const QUERY_DEADLINE_MS = 10_000;
const AT_ONCE = 8;
const STATUSES: readonly string[] = ['pending', 'in_sync', 'error', 'held', 'off', 'closed'];

/** Running session workflows, by Temporal's list (which may lag by seconds) and by asking them. */
export function createSessionRegistry(client: Client): SessionRegistry {
  return {
    async listRunning(platform) {
      const query = `WorkflowType="${WORKFLOWS.courseSession}" AND ExecutionStatus="Running" AND ${SA.platform.name}="${platform}"`;
      const standings = new Map<SessionId, SessionStanding>();
      try {
        for await (const run of client.workflow.list({ query, pageSize: PAGE_SIZE })) {
          const ref = parseSessionWorkflowId(run.workflowId);
          if (ref === null) continue;
          const status = run.typedSearchAttributes.get(SA.status);
          standings.set(ref.sessionId, {
            status: isStatus(status) ? status : 'pending',
            courseId: run.typedSearchAttributes.get(SA.course) ?? null,
            startedAt: run.startTime.toISOString(),
          });
        }
      } catch (error) {
        throw toTemporalError(error);
      }
      return { standings, complete: true };
    },

    async inspect(platform, sessionIds) {
      const found = new Map<SessionId, SessionInspection>();
      for (let at = 0; at < sessionIds.length; at += AT_ONCE) {
        await Promise.all(
          sessionIds.slice(at, at + AT_ONCE).map(async (sessionId) => {
            const state = await readSessionState(client, { platform, sessionId });
            if (state !== null) found.set(sessionId, inspectSession(state, new Date().toISOString()));
          }),
        );
      }
      return found;
    },
  };
}

/** Null: it runs no more, or did not answer in time. */
export async function readSessionState(
  client: Client,
  ref: { readonly platform: PlatformKey; readonly sessionId: SessionId },
): Promise<SessionState | null> {
  const handle = client.workflow.getHandle(sessionWorkflowId(ref));
  try {
    return await client.withDeadline(Date.now() + QUERY_DEADLINE_MS, () => handle.query<SessionState>(QUERIES.state));
  } catch {
    return null;
  }
}

function isStatus(value: string | undefined): value is SessionStanding['status'] {
  return value !== undefined && STATUSES.includes(value);
}
