import { UpstreamError } from '../../domain/errors';

/** Elapsed time that does not stand still while the process is frozen or its machine sleeps, and that no corrected clock sets back. */
export interface Stopwatch {
  /** Milliseconds since some moment; ever growing. */
  readonly monotonic: () => number;
  /** The wall clock, which goes on while the machine sleeps. */
  readonly wall: () => number;
}

export const systemStopwatch: Stopwatch = { monotonic: () => performance.now(), wall: () => Date.now() };

/**
 * The right to serve a queue, for a while after each heartbeat that Temporal has answered. It ends here before Temporal gives the queue to
 * another process, whatever this process was doing meanwhile: who was frozen finds it ended when it wakes up.
 */
export class Lease {
  private readonly loss = new AbortController();
  private from: { readonly monotonic: number; readonly wall: number };

  constructor(
    private readonly queue: string,
    private readonly lastsMs: number,
    private readonly watch: Stopwatch = systemStopwatch,
  ) {
    this.from = this.now();
  }

  /** Taken before a heartbeat is sent: Temporal counts from when it comes in, which is later. */
  now(): { readonly monotonic: number; readonly wall: number } {
    return { monotonic: this.watch.monotonic(), wall: this.watch.wall() };
  }

  /** Temporal has answered a heartbeat that was sent at `sentAt`. A lease that is lost stays so. */
  renew(sentAt: { readonly monotonic: number; readonly wall: number }): void {
    if (this.isHeld()) this.from = sentAt;
  }

  isHeld(): boolean {
    const { monotonic, wall } = this.now();
    const age = Math.max(monotonic - this.from.monotonic, wall - this.from.wall);
    if (age >= this.lastsMs) this.lose();
    return !this.loss.signal.aborted;
  }

  lose(): void {
    this.loss.abort();
  }

  /** Aborted when the lease is lost. */
  get lost(): AbortSignal {
    return this.loss.signal;
  }

  /**
   * Before each call that is limited to the owner; the signal ends the call with the lease.
   *
   * @throws UpstreamError `QUEUE_LOST`, so that the work is done again by the owner.
   */
  enter(): AbortSignal {
    if (this.isHeld()) return this.loss.signal;
    throw new UpstreamError(`Another process serves ${this.queue} by now`, {
      code: 'QUEUE_LOST',
      context: { queue: this.queue },
    });
  }
}
