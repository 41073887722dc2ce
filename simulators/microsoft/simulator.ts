import type { Clock } from '../kit/clock';
import type { FaultBoard } from '../kit/faults';
import type { Quota } from './graph/quota';
import type { SimulatorState } from './state/simulator-state';
import type { Notifier } from './subscriptions/notifier';

/** What the parts of the simulator share. */
export interface Simulator {
  readonly state: SimulatorState;
  readonly clock: Clock;
  readonly faults: FaultBoard;
  readonly quota: Quota;
  readonly notifier: Notifier;
  /** Origin of Temporal's Web UI, without a slash at the end; null = no links. */
  readonly temporalUiUrl: string | null;
}
