import { propagation, ROOT_CONTEXT, type Context } from '@opentelemetry/api';
import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import { TRACE_HEADER } from '../../../contract/trace-header';

/** Temporal's headers with the trace of `of` among them. */
export function withTraceHeader(headers: Headers, of: Context): Headers {
  const carrier: Record<string, string> = {};
  propagation.inject(of, carrier);
  const payload = defaultPayloadConverter.toPayload(carrier);
  return payload === undefined ? headers : { ...headers, [TRACE_HEADER]: payload };
}

/** The trace that came with a message of Temporal's; the root where there is none, or none that can be read. */
export function readTraceHeader(headers: Headers): Context {
  const payload = headers[TRACE_HEADER];
  if (payload === undefined) return ROOT_CONTEXT;
  try {
    return propagation.extract(ROOT_CONTEXT, defaultPayloadConverter.fromPayload(payload));
  } catch {
    return ROOT_CONTEXT;
  }
}
