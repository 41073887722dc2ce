import type { Client } from '@temporalio/client';
import { targetWorkflowId } from '../contract/ids';
import { SIGNALS, WORKFLOWS, type CourseSessionInput, type FanOutInput, type HintSignal } from '../contract/messages';
import { SESSIONS_QUEUE } from '../contract/queues';
import { SEARCH_ATTRIBUTES as SA } from '../contract/search-attributes';
import { UpstreamError } from '../domain/errors';
import type { HintBatch } from '../domain/hints';
import type { PlatformKey } from '../domain/model';
import type { SessionHints } from '../domain/ports';
import type { Pace } from '../domain/settings';
import { byDeadline } from './by-deadline';
import { createCallRoom } from './call-room';
import { createHintSignal, type SignallingClient } from './hint-signal';
import { joinInFlight } from './join-in-flight';
import { toTemporalError } from './to-temporal-error';

/** Calls to Temporal at a time. They are answered in milliseconds while all is well; when it is not, this many hang. */
const CALLS_AT_ONCE = 200;

export interface SessionHintsOptions {
  readonly client: Pick<Client, 'withDeadline'> &
    SignallingClient & { readonly workflow: Pick<Client['workflow'], 'signalWithStart'> };
  readonly paceOf: (platform: PlatformKey) => Pace;
  /** How long "this course cannot have sessions" is believed. */
  readonly noSessionsMs: number;
}

/**
 * Signals that start their workflow where none runs: stored by the server whether or not a worker lives. One call for each target; what
 * comes in for the same target while a call is under way goes out together in the next one. A caller's own deadline may pass before: then
 * the hint may or may not be stored. Calls whose callers have all given up are not made.
 */
export function createSessionHints({ client, paceOf, noSessionsMs }: SessionHintsOptions): SessionHints {
  const signalOrStart = createHintSignal(client);
  const room = createCallRoom({ max: CALLS_AT_ONCE, late });
  const send = joinInFlight<Asked>(async (workflowId, asked) => {
    const { platform, batch } = asked[0]!;
    const { target } = batch;
    const hints = asked.flatMap((a) => a.batch.hints);
    const receivedAt = asked
      .map((a) => a.batch.receivedAt)
      .sort()
      .at(-1)!;
    const start = startOf(platform, { target, hints, receivedAt }, paceOf(platform), noSessionsMs);
    const signal: HintSignal = { receivedAt, hints };
    const until = Math.max(...asked.map((a) => a.until));
    const signalWithStart = (): Promise<unknown> =>
      client.workflow.signalWithStart(start.workflowType, {
        ...start.options,
        workflowId,
        taskQueue: SESSIONS_QUEUE,
        signal: SIGNALS.hint,
        signalArgs: [signal],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowIdConflictPolicy: 'USE_EXISTING',
      });
    // What fans out ends when it has: a signal would seldom find it.
    const call = (): Promise<unknown> =>
      byDeadline(client, until - performance.now(), () =>
        target.kind === 'session' ? signalOrStart(workflowId, signal, signalWithStart) : signalWithStart(),
      );
    await room(until, () => call().catch(rethrow));
  });
  return {
    hint: (asked) =>
      send(targetWorkflowId(asked.platform, asked.batch.target), {
        ...asked,
        until: performance.now() + asked.deadlineMs,
      }),
  };
}

type Asked = Parameters<SessionHints['hint']>[0] & {
  /** By the monotonic clock. */
  readonly until: number;
};

function late(): UpstreamError {
  return new UpstreamError('There was no room for the signal in time', { code: 'TEMPORAL_UNAVAILABLE' });
}

function rethrow(error: unknown): never {
  throw toTemporalError(error);
}

function startOf(platform: PlatformKey, { target, hints }: HintBatch, pace: Pace, noSessionsMs: number) {
  if (target.kind === 'session') {
    const input: CourseSessionInput = { platform, sessionId: target.sessionId, pace };
    const courseId = hints.find((h) => h.courseId !== null)?.courseId ?? null;
    return {
      workflowType: WORKFLOWS.courseSession,
      options: {
        args: [input],
        staticSummary: `Docebo session ${target.sessionId} of ${platform}`,
        typedSearchAttributes: [
          { key: SA.platform, value: platform },
          { key: SA.session, value: target.sessionId },
          { key: SA.status, value: 'pending' },
          ...(courseId === null ? [] : [{ key: SA.course, value: courseId }]),
        ],
      },
    };
  }
  const input: FanOutInput = { platform, target, coalesceMs: pace.coalesceMs, retryMs: pace.retryMs, noSessionsMs };
  const summary =
    target.kind === 'course' ? `Docebo course ${target.courseId}` : `Docebo learning plan ${target.learningPlanId}`;
  return {
    workflowType: WORKFLOWS.fanOut,
    options: {
      args: [input],
      staticSummary: `${summary} of ${platform}: hints its future sessions`,
      typedSearchAttributes: [{ key: SA.platform, value: platform }],
    },
  };
}
