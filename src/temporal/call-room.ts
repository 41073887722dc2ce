/** By the monotonic clock, in milliseconds. */
type Until = number;

interface Waiting {
  readonly until: Until;
  start(): void;
  giveUp(): void;
}

/** Runs the call when there is room. Rejects with `late()`, and the call is never made, when room comes only after `until`. */
export type CallRoom = <T>(until: Until, call: () => Promise<T>) => Promise<T>;

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

  function fill(): void {
    while (running < max) {
      const next = waiting.shift();
      if (next === undefined) return;
      if (now() < next.until) next.start();
      else next.giveUp();
    }
  }

  return (until, call) =>
    new Promise((resolve, reject) => {
      waiting.push({
        until,
        start() {
          running++;
          call()
            .finally(() => {
              running--;
              fill();
            })
            .then(resolve, reject);
        },
        giveUp: () => reject(late()),
      });
      fill();
    });
}
