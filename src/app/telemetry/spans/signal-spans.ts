import { context, ROOT_CONTEXT, SpanKind, trace, type Context, type Tracer } from '@opentelemetry/api';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { WorkflowNotFoundError, type Headers } from '@temporalio/common';
import { beganHere } from './activity-spans';
import { withTraceHeader } from './carrier';
import { failSpan } from './fail-span';

/** Each message to a workflow that a request or an activity sends is a span, and its trace goes with it. */
export function signalSpans(tracer: Tracer): WorkflowClientInterceptor {
  return {
    start: (input, next) =>
      sent(`start ${input.workflowType}`, input.options.workflowId, input.headers, (headers) =>
        next({ ...input, headers }),
      ),
    signal: (input, next) =>
      sent(`signal ${input.signalName}`, input.workflowExecution.workflowId, input.headers, (headers) =>
        next({ ...input, headers }),
      ),
    signalWithStart: (input, next) =>
      sent(`signal ${input.signalName}`, input.options.workflowId, input.headers, (headers) =>
        next({ ...input, headers }),
      ),
    startUpdate: (input, next) =>
      sent(`update ${input.updateName}`, input.workflowExecution.workflowId, input.headers, (headers) =>
        next({ ...input, headers }),
      ),
  };

  async function sent<T>(
    name: string,
    workflowId: string | undefined,
    headers: Headers,
    send: (headers: Headers) => Promise<T>,
  ): Promise<T> {
    const active = context.active();
    // At a start of the process, say: nobody waits for it, and nothing of interest follows.
    if (trace.getSpanContext(active) === undefined) return send(headers);
    const { parent, links } = placeOf(active);
    const attributes = { temporalWorkflowId: workflowId ?? '' };
    const span = tracer.startSpan(name, { kind: SpanKind.PRODUCER, attributes, links }, parent);
    const inside = trace.setSpan(parent, span);
    try {
      return await context.with(inside, () => send(withTraceHeader(headers, inside)));
    } catch (error) {
      // Of a workflow that has ended: who sends starts another one then.
      if (error instanceof WorkflowNotFoundError) span.setAttribute('error.type', 'TEMPORAL_NO_WORKFLOW');
      else failSpan(span, 'TEMPORAL_UNAVAILABLE');
      throw error;
    } finally {
      span.end();
    }
  }
}

function placeOf(active: Context) {
  const from = trace.getSpanContext(active);
  if (!beganHere(active) || from === undefined) return { parent: active, links: [] };
  return { parent: ROOT_CONTEXT, links: [{ context: from }] };
}
