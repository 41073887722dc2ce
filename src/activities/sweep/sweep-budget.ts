import type { SweepSettings } from '../../domain/sweep/sweep-settings';

/** What one sweep may cost in Docebo calls: its own, and those that the sessions it hints will make. Attempts of one sweep share it. */
export class SweepBudget {
  constructor(
    private readonly settings: Pick<SweepSettings, 'maxCalls' | 'callsPerHint'>,
    private spentCalls = 0,
    private hintCount = 0,
  ) {}

  get spent(): number {
    return this.spentCalls;
  }

  get hints(): number {
    return this.hintCount;
  }

  get expected(): number {
    return this.hintCount * this.settings.callsPerHint;
  }

  /** Sessions that may still be hinted. */
  get room(): number {
    if (this.settings.callsPerHint === 0) return Number.MAX_SAFE_INTEGER;
    return Math.max(0, Math.floor(this.left / this.settings.callsPerHint));
  }

  has(calls: number): boolean {
    return this.left >= calls;
  }

  spend(calls: number): void {
    this.spentCalls += calls;
  }

  hint(sessions: number): void {
    this.hintCount += sessions;
  }

  private get left(): number {
    return this.settings.maxCalls - this.spentCalls - this.expected;
  }
}
