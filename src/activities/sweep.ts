import type { BackfillInput, SweepInput, SweepResult } from '../contract/scheduled';
import { InputError } from '../domain/errors';
import { runSweep, type SweepPorts } from './sweep/run-sweep';

export type { SweepPorts } from './sweep/run-sweep';
export type { SweepProgress } from './sweep/walk-courses';

export interface SweepActivities {
  /** Compares Docebo's lists with what was remembered, and hints the sessions whose workflows do not know what the lists tell. */
  sweepPlatform(input: SweepInput): Promise<SweepResult>;
  /**
   * The same over everything, for a first start: a session without a workflow gets one.
   *
   * @throws InputError `INPUT_BACKFILL_DOCEBO_CONNECT` while the operator has not said that Docebo Connect is off.
   */
  backfillPlatform(input: BackfillInput): Promise<SweepResult>;
}

/**
 * Healing what webhooks missed. A sweep that stops early (its budget, Docebo busy or away) keeps what it learnt and says so; only when
 * nothing at all could be read does it fail. Runs on the queue of its platform, for minutes.
 */
export function createSweepActivities(ports: SweepPorts): SweepActivities {
  return {
    sweepPlatform: (input) => runSweep(ports, input, 'sweep'),

    async backfillPlatform({ platform, memory, doceboConnectIsOff }) {
      if (!doceboConnectIsOff) {
        throw new InputError(
          'Docebo Connect and Convoke would both invite everybody. Stop the recipes of Docebo Connect for this platform, then run the backfill again with --docebo-connect-is-off.',
          { code: 'INPUT_BACKFILL_DOCEBO_CONNECT', context: { platform } },
        );
      }
      return runSweep(ports, { platform, memory, horizon: 'all' }, 'backfill');
    },
  };
}
