import type { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import {
  decodeArrayFromPayloads,
  decodeOptionalFailureToOptionalError,
  decodeOptionalSinglePayload,
} from '@temporalio/common/lib/internal-non-workflow';
import { ApplicationFailure, TimeoutFailure } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import type { CalendarOutcome, PlanSessionResult } from '../../contract/activities';
import type { StoredHistory, WorkflowRun } from './operator';
import type { SessionStory, StoryCall, StoryPlan } from './session-story';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
type Converter = Client['options']['loadedDataConverter'];

/** Runs that are read, the newest ones. */
const RUNS = 20;

/** @param runs of one workflow, the newest first. */
export async function readStory(
  client: Client,
  runs: readonly WorkflowRun[],
  fetch: (run: WorkflowRun) => Promise<StoredHistory>,
): Promise<SessionStory> {
  const calls: StoryCall[] = [];
  let events = 0;
  let isFirst = false;
  const read = runs.slice(0, RUNS).reverse();
  for (const [i, run] of read.entries()) {
    const history = (await fetch(run)).events ?? [];
    events += history.length;
    if (i === 0) isFirst = (history[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '') === '';
    calls.push(...(await readCalls(client.options.loadedDataConverter, history)));
  }
  return { runs: read.length, events, from: read[0]?.startedAt ?? null, complete: isFirst, calls };
}

async function readCalls(converter: Converter, history: readonly HistoryEvent[]): Promise<StoryCall[]> {
  const calls = new Map<string, StoryCall>();
  for (const event of history) {
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled != null) {
      const [input] = await decodeArrayFromPayloads(converter, scheduled.input?.payloads);
      const summary = await decodeOptionalSinglePayload<string>(converter, event.userMetadata?.summary);
      calls.set(String(event.eventId), {
        activity: scheduled.activityType?.name ?? '',
        summary: summary ?? '',
        askedAt: timeOf(event),
        endedAt: null,
        attempts: 0,
        failure: null,
        gaveUp: false,
        eventId: idOf(input),
        outcome: null,
        plan: null,
      });
      continue;
    }
    await readProgress(converter, event, calls);
  }
  return [...calls.values()];
}

async function readProgress(converter: Converter, event: HistoryEvent, calls: Map<string, StoryCall>): Promise<void> {
  const started = event.activityTaskStartedEventAttributes;
  const completed = event.activityTaskCompletedEventAttributes;
  const ended = event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes;
  const key = String((started ?? completed ?? ended ?? event.activityTaskCanceledEventAttributes)?.scheduledEventId);
  const call = calls.get(key);
  if (call === undefined) return;
  const at = { endedAt: timeOf(event) };
  if (started != null) {
    const failure = await codeOf(converter, started.lastFailure);
    calls.set(key, { ...call, attempts: started.attempt ?? 1, failure });
  } else if (completed != null) {
    calls.set(key, { ...call, ...at, ...(await readResult(converter, call.activity, completed.result?.payloads)) });
  } else if (ended != null) {
    calls.set(key, { ...call, ...at, gaveUp: true, failure: await codeOf(converter, ended.failure) });
  } else {
    calls.set(key, { ...call, ...at });
  }
}

async function readResult(
  converter: Converter,
  activity: string,
  payloads: Payload[] | null | undefined,
): Promise<Partial<Pick<StoryCall, 'outcome' | 'plan'>>> {
  const [result] = await decodeArrayFromPayloads(converter, payloads);
  if (activity === 'planSession') return { plan: toPlan(result as PlanSessionResult) };
  return /^(create|update|cancel)/.test(activity) ? { outcome: result as CalendarOutcome } : {};
}

/** Whatever could name a person stays behind. */
function toPlan({ plan }: PlanSessionResult): StoryPlan {
  return {
    position: plan.position,
    steps: plan.steps.map(({ kind, eventId }) => ({ kind, eventId })),
    people: Object.keys(plan.ledger.people),
    codes: [...new Set([...plan.readProblems, ...plan.problems].map(({ code }) => code))],
  };
}

async function codeOf(
  converter: Converter,
  failure: Parameters<typeof decodeOptionalFailureToOptionalError>[1],
): Promise<string | null> {
  if (failure == null) return null;
  const error = await decodeOptionalFailureToOptionalError(converter, failure);
  const cause = error?.cause instanceof ApplicationFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure) return cause.type ?? 'UNKNOWN';
  return cause instanceof TimeoutFailure ? 'ACTIVITY_TIMEOUT' : 'UNKNOWN';
}

function idOf(input: unknown): string | null {
  const { eventId } = (input ?? {}) as { readonly eventId?: unknown };
  return typeof eventId === 'string' ? eventId : null;
}

function timeOf({ eventTime }: HistoryEvent): string {
  return new Date(Number(eventTime?.seconds ?? 0) * 1_000 + Math.floor((eventTime?.nanos ?? 0) / 1e6)).toISOString();
}
