import { toCallOutcome, type CallObserver } from '../../domain/call-observer';
import type { Logger } from '../logger';
import { currentActivity, nextCallId, traceOf } from './current-activity';
import type { Metrics } from './metrics';

/** Makes the observer of one system: `target` is the key of the platform or the mailbox, or empty. */
export type ObserverOf = (system: 'docebo' | 'graph' | 'entra', target: string) => CallObserver;

/** Counts each request, and logs it with the activity that made it: what changes something at info, the rest at debug. */
export function createCallObservers(
  metrics: Metrics,
  logger: Pick<Logger, 'info' | 'debug'>,
  traceId?: () => string | null,
): ObserverOf {
  return (system, target) => ({
    nextCallId,
    called({ kind, method, path, status, durationMs, clientRequestId, requestId }) {
      const outcome = toCallOutcome(status);
      metrics.count('calls', { system, target, kind, outcome });
      metrics.observe('callSeconds', { system, target }, durationMs / 1_000);
      const line = {
        ...currentActivity(),
        ...traceOf(traceId),
        system,
        target,
        kind,
        method,
        path,
        status,
        durationMs: Math.round(durationMs),
        ...(clientRequestId !== null && { clientRequestId }),
        ...(requestId !== null && { requestId }),
      };
      const writes = method !== 'GET' && kind !== 'token';
      logger[writes ? 'info' : 'debug'](line, writes ? 'written' : 'called');
    },
  });
}
