/** One request to an outside system, as it ended. Ids, codes and numbers only, for it is logged and counted. */
export interface ObservedCall {
  /** What it is counted as: an endpoint's name, `token`. */
  readonly kind: string;
  readonly method: string;
  /** With ids only, without query. */
  readonly path: string;
  /** HTTP's; 0: no answer. */
  readonly status: number;
  readonly durationMs: number;
  /** The id that the request carried, and the one that the other system gave it; null: none. */
  readonly clientRequestId: string | null;
  readonly requestId: string | null;
}

/** Of the calls to one platform, one mailbox, or Entra. Must not throw. */
export interface CallObserver {
  called(call: ObservedCall): void;
  /** A UUID for the next request, which also stands in the log. */
  nextCallId(): string;
}

/** Bounded: it is a label of metrics. */
export type CallOutcome = 'ok' | 'throttled' | 'access' | 'not-found' | 'conflict' | 'refused' | 'unavailable';

export function toCallOutcome(status: number): CallOutcome {
  if (status >= 200 && status < 400) return 'ok';
  if (status === 429) return 'throttled';
  if (status === 401 || status === 403) return 'access';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 409 || status === 412) return 'conflict';
  return status >= 400 && status < 500 && status !== 408 && status !== 423 ? 'refused' : 'unavailable';
}
