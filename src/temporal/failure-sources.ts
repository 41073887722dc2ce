import type { Client } from '@temporalio/client';
import { parseSessionWorkflowId, platformWorkflowId, watchWorkflowId } from '../contract/ids';
import type { WatchState } from '../contract/mailbox-watch';
import { QUERIES, WORKFLOWS, type PlatformHealthState } from '../contract/messages';
import { SEARCH_ATTRIBUTES as SA } from '../contract/search-attributes';
import type {
  FailingSession,
  OtherProblem,
  PlatformHealthReading,
  WebhookHealth,
} from '../domain/failures/failure-reading';
import type { MailboxKey, PlatformKey, SessionRef } from '../domain/model';
import type { FailureSources } from '../domain/ports';
import { readSessionState } from './session-registry';
import { toTemporalError } from './to-temporal-error';

/** Sessions looked into by one digest; the others are counted. */
const INSPECTED = 300;
const QUERY_DEADLINE_MS = 10_000;

export interface FailureSourcesOptions {
  readonly client: Client;
  readonly platforms: readonly PlatformKey[];
  /** Mailboxes whose change notifications are on. */
  readonly watched: readonly MailboxKey[];
  /** Schedules whose last run is looked at, with what they serve. */
  readonly schedules: readonly {
    readonly scheduleId: string;
    readonly platform: PlatformKey | null;
    readonly mailbox: string | null;
  }[];
  /** What is wrong without any workflow having failed, such as silence. */
  readonly judge: (health: WebhookHealth) => readonly OtherProblem[];
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

    async otherProblems(health) {
      const silent = health.platforms.flatMap((state) => options.judge(state));
      const failed = await Promise.all(options.schedules.map((schedule) => lastFailure(client, schedule)));
      const watches = await Promise.all(options.watched.map((mailbox) => watchProblem(client, mailbox)));
      const told = [...failed, ...watches].filter((f) => f !== null && f !== 'unreadable');
      return { problems: [...silent, ...told], complete: health.complete && !watches.includes('unreadable') };
    },
  };
}

/** `complete` is false when some platform's workflow did not answer. */
async function readAllHealth(client: Client, platforms: readonly PlatformKey[]): Promise<PlatformHealthReading> {
  const states = await Promise.all(platforms.map((platform) => readHealth(client, platform)));
  return {
    platforms: states.filter((state) => state !== 'unreadable' && state !== null),
    complete: !states.includes('unreadable'),
  };
}

export function readHealth(client: Client, platform: PlatformKey): Promise<PlatformHealthState | null | 'unreadable'> {
  return ask<PlatformHealthState>(client, platformWorkflowId(platform), QUERIES.health);
}

/** Null: there was nothing to tell yet. */
async function ask<T>(client: Client, workflowId: string, query: string): Promise<T | null | 'unreadable'> {
  const handle = client.workflow.getHandle(workflowId);
  try {
    return await client.withDeadline(Date.now() + QUERY_DEADLINE_MS, () => handle.query<T>(query));
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

/** `unreadable`: no worker answers; null: nobody watches the mailbox. Errors: `TEMPORAL_*`. */
export function readWatch(client: Client, mailbox: MailboxKey): Promise<WatchState | null | 'unreadable'> {
  return ask<WatchState>(client, watchWorkflowId(mailbox), QUERIES.state);
}

/** One attempt may meet an api that has not started yet; the next one has its answer. */
async function watchProblem(client: Client, mailbox: MailboxKey): Promise<OtherProblem | null | 'unreadable'> {
  const workflowId = watchWorkflowId(mailbox);
  const state = await readWatch(client, mailbox);
  if (state === null || state === 'unreadable') return state;
  const { failure } = state;
  if (failure === null || failure.attempts < 2) return null;
  const { code, since, message } = failure;
  const known = code === 'GRAPH_SUBSCRIPTION_URL' ? code : 'GRAPH_SUBSCRIPTION';
  return { code: known, platform: null, mailbox, since, message: `${code}: ${message}`, workflowId };
}
