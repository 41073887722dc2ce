import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { platformWorkflowId, sessionWorkflowId } from '../../contract/ids';
import { QUERIES, UPDATES, WORKFLOWS } from '../../contract/messages';
import type { OperatorAnswer, OperatorRequest, PlatformHealthState, SessionState } from '../../contract/messages';
import { SEARCH_ATTRIBUTES as SA } from '../../contract/search-attributes';
import type { PlatformKey, SessionRef } from '../../domain/model';
import type { SessionHints } from '../../domain/ports';
import { toExecution } from './executions';
import { listSessions, toStatus } from './list-sessions';
import type { Operator, PlatformCoverage, SessionView, StoredHistory, WorkflowRun } from './operator';
import { readStory } from './read-story';
import { noWorkflow, toOperatorError } from './to-operator-error';

const DEADLINE_MS = 10_000;
const LIST_DEADLINE_MS = 60_000;

export interface OperatorOptions {
  readonly client: Client;
  /** By which a session without a workflow gets one. */
  readonly hints: SessionHints;
}

export function createOperator({ client, hints }: OperatorOptions): Operator {
  async function attempt<T>(workflowId: string | null, ms: number, work: () => Promise<T>): Promise<T> {
    try {
      return await client.withDeadline(Date.now() + ms, work);
    } catch (error) {
      throw await toOperatorError(client, error, workflowId);
    }
  }

  function update(ref: SessionRef, name: string, request: OperatorRequest): Promise<OperatorAnswer> {
    const workflowId = sessionWorkflowId(ref);
    const handle = client.workflow.getHandle(workflowId);
    const options = { args: [request] as [OperatorRequest], updateId: randomUUID() };
    return attempt(workflowId, DEADLINE_MS, () =>
      handle.executeUpdate<OperatorAnswer, [OperatorRequest]>(name, options),
    );
  }

  async function session(ref: SessionRef): Promise<SessionView> {
    const workflowId = sessionWorkflowId(ref);
    const handle = client.workflow.getHandle(workflowId);
    return attempt(workflowId, DEADLINE_MS, async () => {
      const about = await handle.describe();
      const state = await handle.query<SessionState>(QUERIES.state);
      return {
        ref,
        workflowId,
        runId: about.runId,
        execution: toExecution(about.status.name),
        startedAt: about.startTime.toISOString(),
        endedAt: about.closeTime?.toISOString() ?? null,
        status: toStatus(about.typedSearchAttributes.get(SA.status)),
        state,
      };
    });
  }

  async function healthOf(platform: PlatformKey): Promise<PlatformHealthState | null> {
    const workflowId = platformWorkflowId(platform);
    const handle = client.workflow.getHandle(workflowId);
    return attempt(workflowId, DEADLINE_MS, () => handle.query<PlatformHealthState>(QUERIES.health)).catch(
      (error: unknown) => {
        if ((error as { readonly code?: unknown }).code === 'TEMPORAL_NO_WORKFLOW') return null;
        throw error;
      },
    );
  }

  async function coverageOf(platform: PlatformKey): Promise<PlatformCoverage> {
    return { platform, coverage: (await healthOf(platform))?.coverage ?? null };
  }

  async function knownPlatforms(): Promise<PlatformKey[]> {
    const query = `WorkflowType = "${WORKFLOWS.platformHealth}" AND ExecutionStatus = "Running"`;
    return attempt(null, LIST_DEADLINE_MS, async () => {
      const platforms: PlatformKey[] = [];
      for await (const run of client.workflow.list({ query })) {
        const platform = run.typedSearchAttributes.get(SA.platform);
        if (platform !== undefined) platforms.push(platform);
      }
      return platforms.sort();
    });
  }

  async function runs(workflowId: string): Promise<WorkflowRun[]> {
    const query = `WorkflowId = "${workflowId.replace(/[\\"]/g, '\\$&')}"`;
    const found = await attempt(workflowId, LIST_DEADLINE_MS, async () => {
      const all: WorkflowRun[] = [];
      for await (const run of client.workflow.list({ query })) {
        const { runId, type: workflowType, status, startTime } = run;
        all.push({
          workflowId,
          runId,
          workflowType,
          execution: toExecution(status.name),
          startedAt: startTime.toISOString(),
        });
      }
      return all;
    });
    if (found.length === 0) throw noWorkflow(workflowId);
    return found.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  }

  function history(workflowId: string, runId?: string): Promise<StoredHistory> {
    return attempt(workflowId, LIST_DEADLINE_MS, () => client.workflow.getHandle(workflowId, runId).fetchHistory());
  }

  const operator: Operator = {
    sessions: (filter, limit) => attempt(null, LIST_DEADLINE_MS, () => listSessions(client, filter, limit)),
    session,
    resync: (ref, request) => update(ref, UPDATES.resync, request),
    hold: (ref, request) => update(ref, UPDATES.hold, request),
    release: (ref, request) => update(ref, UPDATES.release, request),
    async start({ platform, sessionId }) {
      const receivedAt = new Date().toISOString();
      const hint = { key: randomUUID(), kind: 'operator', courseId: null, eventId: null, userId: null } as const;
      const batch = { target: { kind: 'session', sessionId }, receivedAt, hints: [hint] } as const;
      await hints.hint({ platform, batch, deadlineMs: DEADLINE_MS });
      return { note: 'Its workflow has been started: it looks through the calendar, then reads and compares.' };
    },
    async terminate(ref, { requestedBy, reason }) {
      const workflowId = sessionWorkflowId(ref);
      const handle = client.workflow.getHandle(workflowId);
      const why = `by ${requestedBy}${reason === undefined ? '' : `: ${reason}`}`;
      await attempt(workflowId, DEADLINE_MS, () => handle.terminate(why));
    },
    async coverage(platforms) {
      return Promise.all((platforms ?? (await knownPlatforms())).map(coverageOf));
    },
    health: healthOf,
    runs,
    history,
    async story(ref) {
      const found = await runs(sessionWorkflowId(ref));
      return readStory(client, found, ({ workflowId, runId }) => history(workflowId, runId));
    },
  };
  return operator;
}
