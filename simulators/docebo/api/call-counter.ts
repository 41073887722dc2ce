import type { Clock } from '../../kit/clock';

const HOUR_MS = 3_600_000;

/** Counts API calls: by address, for the hourly limit, and by kind, for whoever wants to know what a change costs. */
export class CallCounter {
  private readonly times = new Map<string, number[]>();
  private kinds = new Map<string, number>();
  private refused = 0;

  constructor(private readonly clock: Clock) {}

  /** Counts a call, or tells in how many milliseconds the address may call again. */
  admit(address: string, perHour: number): { readonly waitMs: number } | undefined {
    const now = this.clock.now().getTime();
    const recent = (this.times.get(address) ?? []).filter((at) => at > now - HOUR_MS);
    this.times.set(address, recent);
    if (recent.length >= perHour) {
      this.refused++;
      return { waitMs: (recent[0] ?? now) + HOUR_MS - now };
    }
    recent.push(now);
    return undefined;
  }

  count(kind: string): void {
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
  }

  report(): { total: number; refused: number; byKind: Record<string, number>; lastHour: Record<string, number> } {
    const since = this.clock.now().getTime() - HOUR_MS;
    const lastHour = [...this.times].map(([address, at]) => [address, at.filter((t) => t > since).length] as const);
    return {
      total: [...this.kinds.values()].reduce((sum, n) => sum + n, 0),
      refused: this.refused,
      byKind: Object.fromEntries(this.kinds),
      lastHour: Object.fromEntries(lastHour),
    };
  }

  reset(): void {
    this.times.clear();
    this.kinds.clear();
    this.refused = 0;
  }
}
