import type { Knobs } from '../state/knobs';

const windowMs = 10 * 60 * 1000;

export interface QuotaReport {
  readonly mailbox: string;
  readonly clientId: string;
  readonly inFlight: number;
  /** The most that were under way at once, refused ones included. */
  readonly maxInFlight: number;
  readonly requests: number;
  readonly throttled: number;
}

interface Account {
  inFlight: number;
  maxInFlight: number;
  requests: number;
  throttled: number;
  /** Times of the last ten minutes. */
  recent: number[];
}

/** Exchange's limits per app and mailbox. A refused request counts against the limits like any other. */
export class Quota {
  private accounts = new Map<string, Account>();

  /** Opens a request; the answer says which limit it is over, if any. Each `enter` needs a `leave`. */
  enter(key: { clientId: string; mailbox: string }, nowMs: number, knobs: Knobs): 'concurrency' | 'rate' | undefined {
    const account = this.account(key);
    account.inFlight++;
    account.requests++;
    account.maxInFlight = Math.max(account.maxInFlight, account.inFlight);
    account.recent.push(nowMs);
    const oldest = account.recent.findIndex((t) => t > nowMs - windowMs);
    if (oldest > 0) account.recent.splice(0, oldest);
    const over =
      account.inFlight > knobs.maxConcurrentRequests
        ? 'concurrency'
        : account.recent.length > knobs.maxRequestsPerTenMinutes
          ? 'rate'
          : undefined;
    if (over !== undefined) account.throttled++;
    return over;
  }

  leave(key: { clientId: string; mailbox: string }): void {
    this.account(key).inFlight--;
  }

  report(): QuotaReport[] {
    return [...this.accounts].map(([name, a]) => {
      const [clientId = '', mailbox = ''] = name.split(' ');
      const { inFlight, maxInFlight, requests, throttled } = a;
      return { clientId, mailbox, inFlight, maxInFlight, requests, throttled };
    });
  }

  reset(): void {
    for (const account of this.accounts.values())
      Object.assign(account, { maxInFlight: account.inFlight, requests: 0, throttled: 0, recent: [] });
  }

  private account(key: { clientId: string; mailbox: string }): Account {
    const name = `${key.clientId} ${key.mailbox}`;
    const known = this.accounts.get(name);
    if (known !== undefined) return known;
    const made: Account = { inFlight: 0, maxInFlight: 0, requests: 0, throttled: 0, recent: [] };
    this.accounts.set(name, made);
    return made;
  }
}
