import type { BackfillInput, SweepInput, SweepResult } from '../contract/scheduled';
import { assertConnectIsOff, type ConnectPorts } from './index-docebo-connect';
import { runSweep, type SweepPorts } from './sweep/run-sweep';

export type { SweepPorts } from './sweep/run-sweep';
export type { SweepProgress } from './sweep/walk-courses';

export interface SweepActivities {
  /** Compares Docebo's lists with what was remembered, and hints the sessions whose workflows do not know what the lists tell. */
  sweepPlatform(input: SweepInput): Promise<SweepResult>;
  /**
   * The same over everything, for a first start: a session without a workflow gets one.
   *
   * @throws InputError `INPUT_BACKFILL_DOCEBO_CONNECT` while the operator has not said, here and in the settings, that Docebo Connect is off.
   */
  backfillPlatform(input: BackfillInput): Promise<SweepResult>;
}

/**
 * Healing what webhooks missed. A sweep that stops early (its budget, Docebo busy or away) keeps what it learnt and says so; only when
 * nothing at all could be read does it fail. Runs on the queue of its platform, for minutes.
 */
export function createSweepActivities(ports: SweepPorts & Pick<ConnectPorts, 'isConnectOff'>): SweepActivities {
  return {
    sweepPlatform: (input) => runSweep(ports, input, 'sweep'),

    async backfillPlatform({ platform, memory, doceboConnectIsOff }) {
      assertConnectIsOff({ platform, doceboConnectIsOff, isSetOff: ports.isConnectOff(platform) });
      return runSweep(ports, { platform, memory, horizon: 'all' }, 'backfill');
    },
  };
}
