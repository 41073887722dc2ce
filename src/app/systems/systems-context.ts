import type { Clock } from '../../domain/ports';
import type { Config } from '../config/config-types';
import type { Secrets } from '../secrets';
import type { Metrics } from '../telemetry/metrics';
import type { ObserverOf } from '../telemetry/observe-calls';

/** What each outside system is made from. */
export interface SystemsContext {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** Whom requests and mails are told; a command for an operator has none. */
  readonly telemetry?: { readonly metrics: Metrics; readonly observerOf: ObserverOf };
  /** Asked before each request to a mailbox whose queue other processes may serve; see `QueueGuard`. */
  readonly enter: (queue: string) => AbortSignal | null;
}
