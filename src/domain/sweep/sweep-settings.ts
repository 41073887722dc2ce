/** How far, how often and at what cost a platform is swept. */
export interface SweepSettings {
  /** What counts as near at hand, from now; milliseconds. */
  readonly nearMs: number;
  /** When the daily walk through everything begins, wall time `HH:MM` in the IANA zone `zone`; a budget that is too small ends it later. */
  readonly fullAt: string;
  readonly zone: string;
  /** Docebo calls that one sweep may cost: its own, and those that its hints will cause. What does not fit comes in the next one. */
  readonly maxCalls: number;
  /** What a hinted session costs on average: itself, its events, its enrolments, and a share of course, places and people. */
  readonly callsPerHint: number;
  /** Sessions read in depth by turns, whether or not anything about them changed. */
  readonly sampleSize: number;
  /** Workflows asked by one sweep what they know; costs no Docebo call. */
  readonly maxInspections: number;
  /** A workflow that has not read Docebo for so long after its start is stuck. */
  readonly staleMs: number;
  /** Sessions remembered; 20,000 are about 1 MB of JSON. */
  readonly maxRows: number;
}

/** Half of Docebo's 800 calls an hour at most: webhooks come first. */
export const DEFAULT_SWEEP: SweepSettings = {
  nearMs: 14 * 86_400_000,
  fullAt: '02:00',
  zone: 'UTC',
  maxCalls: 400,
  callsPerHint: 4,
  sampleSize: 25,
  maxInspections: 500,
  staleMs: 15 * 60_000,
  maxRows: 20_000,
};
