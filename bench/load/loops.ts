import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Load {
  readonly done: number;
  readonly failed: number;
  readonly seconds: number;
  readonly latenciesMs: readonly number[];
}

/** Calls `act` with 0, 1, 2 ... for so long, `most` times at most, so many at a time. */
export async function closedLoop(
  limit: { readonly seconds: number; readonly most?: number; readonly concurrency: number },
  act: (n: number) => Promise<boolean>,
): Promise<Load> {
  const { seconds, most = Infinity, concurrency } = limit;
  const latenciesMs: number[] = [];
  let [next, failed] = [0, 0];
  const startedAt = performance.now();
  const caller = async (): Promise<void> => {
    while (next < most && performance.now() < startedAt + seconds * 1000) {
      const beganAt = performance.now();
      if (await act(next++)) latenciesMs.push(performance.now() - beganAt);
      else failed++;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
  return { done: latenciesMs.length, failed, seconds: (performance.now() - startedAt) / 1000, latenciesMs };
}

/** Calls `act` so often a second whether or not earlier calls are answered: a slow answer counts from when it was due. */
export async function openLoop(
  { aSecond, seconds }: { readonly aSecond: number; readonly seconds: number },
  act: (n: number) => Promise<boolean>,
): Promise<Load> {
  const latenciesMs: number[] = [];
  const all: Promise<void>[] = [];
  let failed = 0;
  const startedAt = performance.now();
  const call = async (n: number, dueAt: number): Promise<void> => {
    if (await act(n)) latenciesMs.push(performance.now() - dueAt);
    else failed++;
  };
  for (let n = 0; n < aSecond * seconds; n++) {
    const dueAt = startedAt + (n * 1000) / aSecond;
    if (performance.now() < dueAt) await sleep(dueAt - performance.now());
    all.push(call(n, dueAt));
  }
  await Promise.all(all);
  return { done: latenciesMs.length, failed, seconds: (performance.now() - startedAt) / 1000, latenciesMs };
}
