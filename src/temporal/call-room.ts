import { AsyncLocalStorage } from 'node:async_hooks';

/** By the monotonic clock, in milliseconds. */
type Until = number;

interface Waiting {
  readonly until: Until;
  start(): void;
  giveUp(): void;
}

/** Runs the call when there is room. Rejects with `late()`, and the call is never made, when there is none in time or no hope of any. */
export type CallRoom = <T>(until: Until, call: () => Promise<T>) => Promise<T>;

/**
 * All places taken and no call answered well for so long, as seen at so many looks: the other side is away, and who waits is told at once.
 * Time alone does not tell: a process that gets no processor for seconds looks late, and answers may be there that it has not read.
 */
const STALLED_MS = 1_500;
const STALLED_LOOKS = 3;
const LOOK_EVERY_MS = 250;

/**
 * Room for so many calls at a time; others wait in the order in which they came. When the other side is slow or away, what piles up here is a
 * few bytes each, and those whose callers have given up cost nothing any more: without that, calls by the thousand would keep the process from
 * telling anybody anything in time.
 */
export function createCallRoom(input: {
  readonly max: number;
  readonly late: () => Error;
  readonly now?: () => number;
}): CallRoom {
  const { max, late, now = () => performance.now() } = input;
  const waiting: Waiting[] = [];
  let running = 0;
  /** Since a call was answered well, or the places were taken. */
  let silent: { readonly since: number; looks: number } | null = null;
  let nextLook: NodeJS.Timeout | null = null;

  function watch(): void {
    if (running < max) return;
    silent ??= { since: now(), looks: 0 };
    if (nextLook !== null) return;
    nextLook = setTimeout(() => {
      nextLook = null;
      if (running >= max && silent !== null) silent.looks++;
      fill();
      watch();
    }, LOOK_EVERY_MS);
    nextLook.unref();
  }

  function fill(): void {
    while (running < max) {
      const next = waiting.shift();
      if (next === undefined) return;
      if (now() < next.until) next.start();
      else next.giveUp();
    }
    if (isStalled()) for (const hopeless of waiting.splice(0)) hopeless.giveUp();
  }

  function isStalled(): boolean {
    return silent !== null && silent.looks >= STALLED_LOOKS && now() - silent.since >= STALLED_MS;
  }

  async function run<T>(call: () => Promise<T>): Promise<T> {
    running++;
    watch();
    try {
      const answer = await call();
      silent = null;
      return answer;
    } finally {
      running--;
      if (running === 0) silent = null;
      fill();
      watch();
    }
  }

  return (until, call) =>
    new Promise((resolve, reject) => {
      if (running < max && now() < until) return void run(call).then(resolve, reject);
      // Room is made by another call, of which this one is no part.
      const asAsked = AsyncLocalStorage.snapshot();
      waiting.push({
        until,
        start: () => void asAsked(() => run(call)).then(resolve, reject),
        giveUp: () => reject(late()),
      });
      fill();
    });
}
