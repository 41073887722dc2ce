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
