import { performance } from 'node:perf_hooks';

/** Measures from a person's enrolment to the first calendar call that names them. */
export class ChangeClock {
  private readonly waiting = new Map<string, number>();
  private latencies: number[] = [];

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  began(address: string): void {
    this.waiting.set(address.toLowerCase(), this.nowMs());
  }

  /** A request to Graph; what names no attendees, or nobody who is waited for, says nothing. */
  saw(body: unknown): void {
    const { attendees = [] } = (body ?? {}) as { attendees?: readonly { emailAddress?: { address?: string } }[] };
    for (const { emailAddress } of attendees) {
      const address = emailAddress?.address?.toLowerCase() ?? '';
      const beganAt = this.waiting.get(address);
      if (beganAt === undefined) continue;
      this.waiting.delete(address);
      this.latencies.push(this.nowMs() - beganAt);
    }
  }

  /** People who are still waited for. */
  get left(): number {
    return this.waiting.size;
  }

  /** Milliseconds of everybody seen since the last time, in the order in which they were; nobody is waited for any longer. */
  take(): readonly number[] {
    const { latencies } = this;
    this.latencies = [];
    this.waiting.clear();
    return latencies;
  }
}
