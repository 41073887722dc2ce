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
  /** Where the pages link to, e.g. `http://127.0.0.1:8233/namespaces/convoke`; null = no links. */
  readonly temporalUi: string | null;
}
