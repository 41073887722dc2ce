import type { Client } from '@temporalio/client';
import { parseSessionWorkflowId, platformWorkflowId } from '../contract/ids';
import { QUERIES, WORKFLOWS, type PlatformHealthState } from '../contract/messages';
import { SEARCH_ATTRIBUTES as SA } from '../contract/search-attributes';
import type { FailingSession, OtherProblem } from '../domain/failures/failure-reading';
import type { PlatformKey, SessionRef } from '../domain/model';
import type { FailureSources } from '../domain/ports';
import { readSessionState } from './session-registry';
import { toTemporalError } from './to-temporal-error';

/** Sessions looked into by one digest; the others are counted. */
const INSPECTED = 300;
const QUERY_DEADLINE_MS = 10_000;

export interface FailureSourcesOptions {
  readonly client: Client;
  readonly platforms: readonly PlatformKey[];
  /** Schedules whose last run is looked at, with what they serve. */
  readonly schedules: readonly {
    readonly scheduleId: string;
    readonly platform: PlatformKey | null;
    readonly mailbox: string | null;
  }[];
  /** What is wrong without any workflow having failed, such as silence. */
  readonly judge: (health: PlatformHealthState) => readonly OtherProblem[];
}

/** What is wrong now, as workflows and schedules tell it. */
export function createFailureSources(options: FailureSourcesOptions): FailureSources {
  const { client, platforms } = options;
  return {
    async failingSessions() {
      const query = `WorkflowType="${WORKFLOWS.courseSession}" AND ExecutionStatus="Running" AND ${SA.status.name}="error"`;
      const refs: SessionRef[] = [];
      try {
        for await (const run of client.workflow.list({ query })) {
          const ref = parseSessionWorkflowId(run.workflowId);
          if (ref !== null) refs.push(ref);
        }
      } catch (error) {
        throw toTemporalError(error);
      }
      const sessions: FailingSession[] = [];
      const unreadable: SessionRef[] = [];
      for (const ref of refs.slice(0, INSPECTED)) {
        const state = await readSessionState(client, ref);
        if (state === null) {
          unreadable.push(ref);
          continue;
        }
        const failures = state.answerFailure === null ? state.failures : [...state.failures, state.answerFailure];
        if (failures.length === 0) continue;
        const { startsAt, counts, ledger } = state;
        sessions.push({ ...ref, mailbox: ledger.mailbox, startsAt, learners: counts.learners, failures });
      }
      return { sessions, unreadable, further: Math.max(0, refs.length - INSPECTED) };
    },

    async platformHealth() {
      return readAllHealth(client, platforms);
    },

    async otherProblems() {
      const health = await readAllHealth(client, platforms);
      const silent = health.platforms.flatMap((state) => options.judge(state));
      const failed = await Promise.all(options.schedules.map((schedule) => lastFailure(client, schedule)));
      return { problems: [...silent, ...failed.filter((f) => f !== null)], complete: health.complete };
    },
  };
}

/** `complete` is false when some platform's workflow did not answer. */
async function readAllHealth(
  client: Client,
  platforms: readonly PlatformKey[],
): Promise<{ readonly platforms: readonly PlatformHealthState[]; readonly complete: boolean }> {
  const states = await Promise.all(platforms.map((platform) => readHealth(client, platform)));
  return {
    platforms: states.filter((state) => state !== 'unreadable' && state !== null),
    complete: !states.includes('unreadable'),
  };
}

/** Null: there was nothing to tell yet. */
export async function readHealth(
  client: Client,
  platform: PlatformKey,
): Promise<PlatformHealthState | null | 'unreadable'> {
  const handle = client.workflow.getHandle(platformWorkflowId(platform));
  try {
    return await client.withDeadline(Date.now() + QUERY_DEADLINE_MS, () =>
      handle.query<PlatformHealthState>(QUERIES.health),
    );
  } catch (error) {
    return error instanceof Error && error.name === 'WorkflowNotFoundError' ? null : 'unreadable';
  }
}

async function lastFailure(
  client: Client,
  { scheduleId, platform, mailbox }: FailureSourcesOptions['schedules'][number],
): Promise<OtherProblem | null> {
  const query = `TemporalScheduledById="${scheduleId}" AND ExecutionStatus!="Running"`;
  try {
    for await (const run of client.workflow.list({ query, pageSize: 1 })) {
      if (run.status.name === 'COMPLETED') return null;
      const since = (run.closeTime ?? run.startTime).toISOString();
      const message = `The last run of ${scheduleId} ended as ${run.status.name.toLowerCase().replace('_', ' ')}.`;
      return { code: 'SCHEDULE_RUN_FAILED', platform, mailbox, since, message, workflowId: run.workflowId };
    }
  } catch (error) {
    throw toTemporalError(error);
  }
  return null;
}
