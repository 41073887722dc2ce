import { SpanStatusCode, type Span } from '@opentelemetry/api';

/** By code alone: messages and stacks are the log's business. */
export function failSpan(span: Span, code: string): void {
  span.setAttribute('error.type', code);
  span.setStatus({ code: SpanStatusCode.ERROR });
}
