import type { Exchange } from './exchange';
import type { Verdict } from './judge';

/** Faults that are told in full; the rest are counted. */
const TOLD = 20;

/** What came of the cases. */
export class Tally {
  readonly outcomes = new Map<string, number>();
  readonly kinds = new Map<string, number>();
  readonly faults: string[] = [];
  faulty = 0;
  private readonly milliseconds: number[] = [];

  add(index: number, kind: string, { outcomes, faults }: Verdict, { ms }: Exchange): void {
    count(this.kinds, kind);
    for (const outcome of outcomes) count(this.outcomes, outcome);
    this.milliseconds.push(ms);
    if (faults.length === 0) return;
    this.faulty++;
    if (this.faults.length < TOLD) this.faults.push(`case ${index}: ${faults.join('; ')}`);
  }

  /** Milliseconds within which this share of the cases ended. */
  latency(share: number): number {
    const sorted = this.milliseconds.sort((a, b) => a - b);
    return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

export function toLines(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].sort(([, a], [, b]) => b - a).map(([key, number]) => `${String(number).padStart(8)}  ${key}`);
}
