/**
 * Header of Temporal in which a trace travels, as Temporal's own SDKs name it: JSON with W3C's `traceparent`. Stands in histories, in plain
 * text: headers pass the codec by. It holds random ids and a flag.
 */
export const TRACE_HEADER = '_tracer-data';
