import { TokenBucket } from 'limiter';
import { ConfigError, ThrottledError } from '../../../domain/errors';

export interface BudgetSettings {
  /** Calls an hour in the long run. */
  readonly callsPerHour: number;
  /** Calls that may be made at once after a quiet time. In no hour are there more than `callsPerHour + burst`. */
  readonly burst: number;
}

export interface BudgetLoad {
  readonly callsLeft: number;
  readonly blockedMs: number;
}

/** Docebo allows 1,000 calls an hour from one address, which is 800 and a burst of 200. */
export const DEFAULT_BUDGET: BudgetSettings = { callsPerHour: 800, burst: 200 };

/** `bulk` work (walking through a course's sessions) leaves a part of the burst to single sessions that have just changed. */
export type Priority = 'hint' | 'bulk';

const BULK_RESERVE = 0.2;
const MIN_BURST = 20;
const HOUR_MS = 3_600_000;

/**
 * The hourly call budget of one platform, in the memory of the one process that serves its queue. Empty is an error with the time to wait:
 * nobody sleeps here.
 */
export class CallBudget {
  private readonly bucket: TokenBucket;
  private readonly reserve: number;
  private blockedUntilMs = 0;

  constructor(
    private readonly settings: BudgetSettings,
    private readonly now: () => Date,
  ) {
    const problems = [
      ...(settings.callsPerHour >= 1
        ? []
        : [`Docebo call budget: ${settings.callsPerHour} calls an hour; allow at least 1`]),
      ...(settings.burst >= MIN_BURST
        ? []
        : [`Docebo call budget: a burst of ${settings.burst}; one session takes up to ${MIN_BURST} calls`]),
    ];
    if (problems.length > 0) throw new ConfigError(problems);
    this.bucket = new TokenBucket({
      bucketSize: settings.burst,
      tokensPerInterval: settings.callsPerHour,
      interval: HOUR_MS,
    });
    this.bucket.content = settings.burst;
    this.reserve = Math.floor(settings.burst * BULK_RESERVE);
  }

  /** @throws ThrottledError `DOCEBO_BUDGET`, or `DOCEBO_THROTTLED` while Docebo has asked to wait. */
  take(calls: number, priority: Priority = 'hint'): void {
    this.refuseWhileBlocked();
    const floor = priority === 'bulk' ? this.reserve : 0;
    const wanted = Math.min(calls + floor, this.settings.burst);
    const retryAfterMs = this.bucket.getWaitTime(wanted);
    if (retryAfterMs === 0 && this.bucket.tryRemoveTokens(Math.min(calls, this.settings.burst))) return;
    throw new ThrottledError(
      `The budget of ${this.settings.callsPerHour} Docebo calls an hour is used up; ${calls} calls are free in ${Math.ceil(retryAfterMs / 1000)} s`,
      { code: 'DOCEBO_BUDGET', retryAfterMs, context: { calls, callsPerHour: this.settings.callsPerHour } },
    );
  }

  /** What could be taken now, and how long Docebo has asked to wait. */
  load(): BudgetLoad {
    this.bucket.drip();
    return {
      callsLeft: Math.floor(this.bucket.content),
      blockedMs: Math.max(0, this.blockedUntilMs - this.now().getTime()),
    };
  }

  giveBack(calls: number): void {
    this.bucket.content = Math.min(this.bucket.content + calls, this.settings.burst);
  }

  /** Docebo asked to wait: until then every call is refused here, so that waiting costs no calls. At most an hour. */
  block(retryAfterMs: number): void {
    this.blockedUntilMs = Math.max(this.blockedUntilMs, this.now().getTime() + Math.min(retryAfterMs, HOUR_MS));
  }

  private refuseWhileBlocked(): void {
    const retryAfterMs = this.blockedUntilMs - this.now().getTime();
    if (retryAfterMs <= 0) return;
    throw new ThrottledError(`DOCEBO asked to wait; no call for another ${Math.ceil(retryAfterMs / 1000)} s`, {
      code: 'DOCEBO_THROTTLED',
      retryAfterMs,
    });
  }
}
