import { context, SpanKind, trace, type Tracer } from '@opentelemetry/api';
import { toCallOutcome, type ObservedCall } from '../../../domain/call-observer';
import type { ObserverOf } from '../observe-calls';
import { failSpan } from './fail-span';

/** Each request to Docebo, Graph and Entra is a span of the activity that made it, made when its answer is there. */
export function callSpans(tracer: Tracer): (observerOf: ObserverOf) => ObserverOf {
  return (observerOf) => (system, target) => {
    const observer = observerOf(system, target);
    return {
      nextCallId: () => observer.nextCallId(),
      called(call) {
        observer.called(call);
        const active = context.active();
        if (trace.getSpanContext(active) === undefined) return;
        const endedAt = Date.now();
        const startTime = endedAt - call.durationMs;
        const attributes = attributesOf(system, target, call);
        const span = tracer.startSpan(
          `${system} ${call.kind}`,
          { kind: SpanKind.CLIENT, startTime, attributes },
          active,
        );
        const outcome = toCallOutcome(call.status);
        if (outcome !== 'ok') failSpan(span, outcome);
        span.end(endedAt);
      },
    };
  };
}

/** The kind stands for the path, which holds ids of events and, on the wire, a mailbox's address. */
function attributesOf(system: string, target: string, call: ObservedCall) {
  const { kind, method, status, clientRequestId, requestId } = call;
  return {
    'peer.service': system,
    'convoke.system': system,
    'convoke.target': target,
    'convoke.call': kind,
    'http.request.method': method,
    ...(status > 0 && { 'http.response.status_code': status }),
    ...(clientRequestId !== null && { 'convoke.client_request_id': clientRequestId }),
    ...(requestId !== null && { 'convoke.upstream_request_id': requestId }),
  };
}
