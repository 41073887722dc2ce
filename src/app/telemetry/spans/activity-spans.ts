import { context, createContextKey, SpanKind, trace, type Context, type Span, type Tracer } from '@opentelemetry/api';
import type { Context as ActivityContext } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory, CancelledFailure } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { readTraceHeader } from './carrier';
import { failSpan } from './fail-span';

const BEGAN_HERE = createContextKey('an activity that no message led to');

/** Whether what runs now was begun by a schedule or a timer. It may tell thousands of sessions: each gets a trace of its own. */
export function beganHere(of: Context): boolean {
  return of.getValue(BEGAN_HERE) === true;
}

/** Each attempt is a span, of the trace of the message that led to it. */
export function activitySpans(tracer: Tracer): ActivityInterceptorsFactory {
  return ({ info }) => ({
    inbound: {
      async execute(input, next) {
        const parent = readTraceHeader(input.headers);
        const isRoot = trace.getSpanContext(parent) === undefined;
        const options = { kind: SpanKind.CONSUMER, attributes: attributesOf(info) };
        const span = tracer.startSpan(`activity ${info.activityType}`, options, parent);
        const inside = trace.setSpan(parent.setValue(BEGAN_HERE, isRoot), span);
        try {
          return await context.with(inside, () => next(input));
        } catch (error) {
          note(span, error);
          throw error;
        } finally {
          span.end();
        }
      },
    },
  });
}

function attributesOf({ workflowExecution, activityId, activityType, attempt, taskQueue }: ActivityContext['info']) {
  return {
    temporalWorkflowId: workflowExecution?.workflowId ?? '',
    temporalRunId: workflowExecution?.runId ?? '',
    temporalActivityId: activityId,
    'convoke.activity': activityType,
    'convoke.attempt': attempt,
    'convoke.queue': taskQueue,
  };
}

/** A conflict that is planned anew, a pause that was asked for, or a stop is no failure. */
function note(span: Span, error: unknown): void {
  const code = error instanceof ApplicationFailure ? (error.type ?? 'UNKNOWN') : 'UNKNOWN';
  if (error instanceof CancelledFailure) span.setAttribute('error.type', 'CANCELLED');
  else if (error instanceof ApplicationFailure && error.category === ApplicationFailureCategory.BENIGN)
    span.setAttribute('error.type', code);
  else failSpan(span, code);
}
