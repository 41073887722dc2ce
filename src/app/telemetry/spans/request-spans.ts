import { context, propagation, ROOT_CONTEXT, SpanKind, trace, type Tracer } from '@opentelemetry/api';
import type { RequestTracing } from '../tracing';
import { failSpan } from './fail-span';

/** Requests to the api, by route. */
export function requestSpans(tracer: Tracer): RequestTracing {
  return {
    begin({ method, route, id, headers }) {
      const parent = headers === null ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, headers);
      const attributes = { 'http.request.method': method, 'http.route': route, 'convoke.request_id': id };
      const span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
      const inside = trace.setSpan(parent, span);
      return {
        traceId: span.spanContext().traceId,
        run: (work) => context.with(inside, work),
        end({ status, code }) {
          span.setAttribute('http.response.status_code', status);
          if (status >= 500) failSpan(span, code ?? String(status));
          else if (code !== null) span.setAttribute('error.type', code);
          span.end();
        },
      };
    },
  };
}
