/** How long a program that ended by itself stays down. */
export interface BackOff {
  readonly firstMs: number;
  readonly factor: number;
  readonly capMs: number;
  /** Whoever ran this long was healthy: the next wait is the first one again. */
  readonly healthyAfterMs: number;
}

export const DEFAULT_BACK_OFF: BackOff = { firstMs: 500, factor: 2, capMs: 30_000, healthyAfterMs: 60_000 };

/**
 * The wait before the next start.
 *
 * @param failures ends in a row so far, this one not counted.
 * @param ranMs how long the program ran before it ended.
 * @returns the wait, and the ends in a row with this one.
 */
export function planRestart(
  backOff: BackOff,
  { failures, ranMs }: { readonly failures: number; readonly ranMs: number },
): { readonly waitMs: number; readonly failures: number } {
  const before = ranMs >= backOff.healthyAfterMs ? 0 : failures;
  const waitMs = Math.min(backOff.firstMs * backOff.factor ** before, backOff.capMs);
  return { waitMs, failures: before + 1 };
}
