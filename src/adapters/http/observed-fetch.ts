import { performance } from 'node:perf_hooks';
import type { CallObserver, ObservedCall } from '../../domain/call-observer';
import type { Fetch } from './fetch-json';

type What = Pick<ObservedCall, 'kind' | 'method' | 'path'>;

/** The same fetch, whose requests are told to the observer when the head of the answer is there, or when there is none. */
export function observedFetch(fetch: Fetch, observer: CallObserver | undefined, what: What): Fetch {
  if (observer === undefined) return fetch;
  return async (input, init) => {
    const startedMs = performance.now();
    const tell = (status: number, requestId: string | null): void =>
      observer.called({
        ...what,
        status,
        durationMs: performance.now() - startedMs,
        clientRequestId: null,
        requestId,
      });
    try {
      const answer = await fetch(input, init);
      tell(answer.status, answer.headers.get('request-id') ?? answer.headers.get('x-ms-request-id'));
      return answer;
    } catch (error) {
      tell(0, null);
      throw error;
    }
  };
}
