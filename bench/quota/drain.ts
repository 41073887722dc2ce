import { Quota } from '../../simulators/microsoft/graph/quota';
import { defaultKnobs } from '../../simulators/microsoft/state/knobs';
import { MailboxLimits, OUTLOOK_QUOTA } from '../../src/adapters/graph/mailbox-limits';
import { ThrottledError } from '../../src/domain/errors';

export interface Drain {
  readonly requests: number;
  /** Of the limits' own time, from the first request to the end of the last. */
  readonly seconds: number;
  /** Answers 429 of the simulated Graph. */
  readonly throttled: number;
  /** Times that a request was sent away to come back later. */
  readonly refusals: number;
  /** The longest time in which nothing was sent although something waited. */
  readonly longestStillSeconds: number;
}

/** How long Graph takes for a request. */
const SERVICE_MS = 50;
const KEY = { clientId: 'convoke', mailbox: 'training' };

/**
 * The worker's own limits of a mailbox before the quota of the simulated Graph, in virtual time: a backlog of one-request activities, of
 * which `workers` are tried at a time and each that is refused comes back when it was told to, as Temporal has them do.
 */
export async function drain(requests: number, workers = 20): Promise<Drain> {
  let nowMs = 0;
  const limits = new MailboxLimits('training', { now: () => new Date(nowMs) }, OUTLOOK_QUOTA);
  const graph = new Quota();
  const agenda = new Agenda();
  let [throttled, refusals, served, longestStillMs, lastSentMs, waiting] = [0, 0, 0, 0, 0, requests];
  let going = 0;
  const next = (): void => {
    while (going < workers && waiting > 0) {
      waiting--;
      going++;
      void attempt();
    }
  };
  const attempt = async (): Promise<void> => {
    try {
      await limits.run(async () => {
        longestStillMs = Math.max(longestStillMs, nowMs - lastSentMs);
        lastSentMs = nowMs;
        if (graph.enter(KEY, nowMs, defaultKnobs) !== undefined) throttled++;
        await new Promise<void>((end) => agenda.add(nowMs + SERVICE_MS, end));
        graph.leave(KEY);
      });
      served++;
    } catch (error) {
      if (!(error instanceof ThrottledError)) throw error;
      refusals++;
      agenda.add(nowMs + (error.retryAfterMs ?? 0), () => {
        waiting++;
        next();
      });
    }
    going--;
    next();
  };
  next();
  while (served < requests) {
    await new Promise(setImmediate);
    if (served === requests) break;
    nowMs = Math.max(nowMs, agenda.nextAt());
    agenda.happen();
  }
  return { requests, seconds: nowMs / 1000, throttled, refusals, longestStillSeconds: longestStillMs / 1000 };
}

/** The least time in which Graph takes so many: a window's worth is taken at once, four at a time. */
export function leastSeconds(requests: number): number {
  const { requestsPerWindow, windowMs, maxInFlight } = OUTLOOK_QUOTA;
  const fullWindows = Math.floor((requests - 1) / requestsPerWindow);
  const rest = requests - fullWindows * requestsPerWindow;
  return (fullWindows * windowMs + (rest / maxInFlight) * SERVICE_MS) / 1000;
}

/** What is to happen when, in virtual time. */
class Agenda {
  private readonly byTime = new Map<number, (() => void)[]>();
  private times: number[] = [];

  add(atMs: number, act: () => void): void {
    const same = this.byTime.get(atMs);
    if (same !== undefined) return void same.push(act);
    this.byTime.set(atMs, [act]);
    const position = this.times.findIndex((time) => time < atMs);
    this.times.splice(position === -1 ? this.times.length : position, 0, atMs);
  }

  /** @throws Error when nothing is left to happen. */
  nextAt(): number {
    const atMs = this.times.at(-1);
    if (atMs === undefined) throw new Error('nothing is left to happen, and not everything is served');
    return atMs;
  }

  /** Lets happen what is next. */
  happen(): void {
    const atMs = this.times.pop() ?? NaN;
    const acts = this.byTime.get(atMs) ?? [];
    this.byTime.delete(atMs);
    for (const act of acts) act();
  }
}
