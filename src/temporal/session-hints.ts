import { isGrpcServiceError, type Client } from '@temporalio/client';
import { targetWorkflowId } from '../contract/ids';
import { SIGNALS, WORKFLOWS, type CourseSessionInput, type FanOutInput, type HintSignal } from '../contract/messages';
import { SESSIONS_QUEUE } from '../contract/queues';
import { SEARCH_ATTRIBUTES as SA } from '../contract/search-attributes';
import { UpstreamError, type AppError } from '../domain/errors';
import type { HintBatch } from '../domain/hints';
import type { PlatformKey } from '../domain/model';
import type { SessionHints } from '../domain/ports';
import type { Pace } from '../domain/settings';
import { joinInFlight } from './join-in-flight';

/** gRPC status INVALID_ARGUMENT. */
const INVALID_ARGUMENT = 3;

export interface SessionHintsOptions {
  readonly client: Client;
  readonly paceOf: (platform: PlatformKey) => Pace;
  /** How long "this course cannot have sessions" is believed. */
  readonly noSessionsMs: number;
}

/**
 * `signalWithStart`: stored by the server whether or not a worker lives. One call for each target; what comes in for the same target while
 * a call is under way goes out together in the next one. A caller's own deadline may pass before: then the hint may or may not be stored.
 */
export function createSessionHints({ client, paceOf, noSessionsMs }: SessionHintsOptions): SessionHints {
  const send = joinInFlight<Parameters<SessionHints['hint']>[0]>(async (workflowId, asked) => {
    const { platform, batch } = asked[0]!;
    const { target } = batch;
    const hints = asked.flatMap((a) => a.batch.hints);
    const receivedAt = asked
      .map((a) => a.batch.receivedAt)
      .sort()
      .at(-1)!;
    const start = startOf(platform, { target, hints, receivedAt }, paceOf(platform), noSessionsMs);
    const signal: HintSignal = { receivedAt, hints };
    const deadlineMs = Math.max(...asked.map((a) => a.deadlineMs));
    try {
      await client.withDeadline(Date.now() + deadlineMs, () =>
        client.workflow.signalWithStart(start.workflowType, {
          ...start.options,
          workflowId,
          taskQueue: SESSIONS_QUEUE,
          signal: SIGNALS.hint,
          signalArgs: [signal],
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          workflowIdConflictPolicy: 'USE_EXISTING',
        }),
      );
    } catch (error) {
      throw toTemporalError(error);
    }
  });
  return { hint: (asked) => send(targetWorkflowId(asked.platform, asked.batch.target), asked) };
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

/**
 * `TEMPORAL_SIGNAL_LIMIT`: the run holds 10,000 signals; it takes more after its roll-over, for which a worker must live.
 * `TEMPORAL_UNAVAILABLE`: anything else; the signal may or may not be stored.
 */
function toTemporalError(error: unknown): AppError {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (isGrpcServiceError(cause)) {
    // The server has no code of its own for this one (consts.ErrSignalsLimitExceeded is an InvalidArgument).
    const full = (cause.code as number) === INVALID_ARGUMENT && /limit for signal events/.test(cause.details);
    if (full) {
      const message = 'The workflow holds as many signals as Temporal allows in one run. Is a worker running?';
      return new UpstreamError(message, { code: 'TEMPORAL_SIGNAL_LIMIT', cause: error });
    }
    return new UpstreamError(`Temporal did not take the signal (gRPC status ${cause.code})`, {
      code: 'TEMPORAL_UNAVAILABLE',
      context: { grpcStatus: cause.code },
      cause: error,
    });
  }
  return new UpstreamError('Temporal did not take the signal', { code: 'TEMPORAL_UNAVAILABLE', cause: error });
}
