import { ThrottledError } from '../../domain/errors';
import type { MailboxKey } from '../../domain/model';
import type { Clock } from '../../domain/ports';
import { RequestWindow } from './request-window';

/** Graph's limits per app and mailbox (https://learn.microsoft.com/graph/throttling-limits, Outlook service). */
export interface MailboxQuota {
  readonly maxInFlight: number;
  readonly requestsPerWindow: number;
  readonly windowMs: number;
}

export interface MailboxLoad {
  readonly inFlight: number;
  /** For a free slot. */
  readonly waiting: number;
  /** Requests that are left of the window's. */
  readonly requestsLeft: number;
  /** How long Graph has asked to wait. */
  readonly pausedMs: number;
}

export const OUTLOOK_QUOTA: MailboxQuota = { maxInFlight: 4, requestsPerWindow: 10_000, windowMs: 600_000 };

/** Pauses after 429s that name no time; the last one repeats. */
const UNTOLD_PAUSES_MS = [2_000, 5_000, 15_000, 60_000];

/**
 * What one mailbox may be asked at a time, in memory: its queue has one owner. Nothing here waits but for a free slot; a used-up quota
 * or a pause that Graph asked for is an error that names the time, so that Temporal does the waiting.
 */
export class MailboxLimits {
  private readonly window: RequestWindow;
  private readonly waiting: (() => void)[] = [];
  private inFlight = 0;
  private pausedUntil = 0;
  private untoldPauses = 0;

  constructor(
    private readonly mailbox: MailboxKey,
    private readonly clock: Clock,
    private readonly quota: MailboxQuota = OUTLOOK_QUOTA,
  ) {
    this.window = new RequestWindow(quota);
  }

  /**
   * Runs one request in one of the mailbox's slots.
   *
   * @throws ThrottledError `GRAPH_THROTTLED` while Graph asked to wait, `GRAPH_QUOTA` when our own count says that it would.
   */
  async run<T>(request: () => Promise<T>): Promise<T> {
    this.refuseWhilePaused();
    await this.takeSlot();
    try {
      // Graph may have asked to wait while this request stood in line.
      this.refuseWhilePaused();
      this.begin();
      try {
        return await request();
      } finally {
        this.window.end(this.nowMs());
      }
    } finally {
      this.inFlight--;
      this.waiting.shift()?.();
    }
  }

  /** After a 429, or a 503 with Retry-After. Returns the pause in ms. */
  pause(retryAfterMs: number | null): number {
    const untold = UNTOLD_PAUSES_MS[Math.min(this.untoldPauses++, UNTOLD_PAUSES_MS.length - 1)] ?? 0;
    const pauseMs = retryAfterMs ?? untold;
    this.pausedUntil = Math.max(this.pausedUntil, this.clock.now().getTime() + pauseMs);
    return pauseMs;
  }

  /** After a request that Graph served: the next untold pause is short again. */
  served(): void {
    this.untoldPauses = 0;
  }

  load(): MailboxLoad {
    return {
      inFlight: this.inFlight,
      waiting: this.waiting.length,
      requestsLeft: this.window.left(this.nowMs()),
      pausedMs: Math.max(0, this.pausedUntil - this.clock.now().getTime()),
    };
  }

  private async takeSlot(): Promise<void> {
    while (this.inFlight >= this.quota.maxInFlight) await new Promise<void>((free) => this.waiting.push(free));
    this.inFlight++;
  }

  private refuseWhilePaused(): void {
    const retryAfterMs = this.pausedUntil - this.clock.now().getTime();
    if (retryAfterMs <= 0) return;
    throw new ThrottledError(`Graph asked to leave mailbox ${this.mailbox} alone for another ${retryAfterMs} ms`, {
      code: 'GRAPH_THROTTLED',
      context: { mailbox: this.mailbox },
      retryAfterMs,
    });
  }

  private begin(): void {
    const retryAfterMs = this.window.begin(this.nowMs());
    if (retryAfterMs === 0) return;
    const { requestsPerWindow, windowMs } = this.quota;
    throw new ThrottledError(
      `The calls to mailbox ${this.mailbox} are used up: Graph allows ${requestsPerWindow} in ${windowMs / 60_000} min`,
      { code: 'GRAPH_QUOTA', context: { mailbox: this.mailbox }, retryAfterMs },
    );
  }

  private nowMs(): number {
    return this.clock.now().getTime();
  }
}
