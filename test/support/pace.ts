import type { Pace } from '../../src/domain/settings';

/** Quick enough for tests, long enough to be told apart. */
export const QUICK_PACE: Pace = {
  coalesceMs: 300,
  settleMs: 700,
  retryMs: [800, 1_000],
  graceMs: 7 * 24 * 3_600_000,
  rollOverMs: 30 * 24 * 3_600_000,
  hintMemoryMs: 7 * 24 * 3_600_000,
};

/**
 * How long tests wait for what must come. A wait that succeeds ends at once, so that this costs nothing; a machine that is busy with
 * everything else must not be taken for a product that does not work.
 */
export const PATIENCE_MS = 90_000;
