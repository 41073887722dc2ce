import { setTimeout as sleep } from 'node:timers/promises';
import { closedLoop, openLoop } from '../../../bench/load/loops';

test('a closed loop keeps so many calls under way, and counts what failed', async () => {
  let [now, most] = [0, 0];
  const load = await closedLoop({ seconds: 0.1, concurrency: 3 }, async (n) => {
    most = Math.max(most, ++now);
    await sleep(5);
    now--;
    return n % 2 === 0;
  });

  expect(most).toBe(3);
  expect(load.done).toBeGreaterThan(0);
  expect(load.latenciesMs).toHaveLength(load.done);
  expect(Math.abs(load.done - load.failed)).toBeLessThanOrEqual(3);
});

test('a closed loop ends sooner after as many calls as it may make', async () => {
  const calls: number[] = [];
  const load = await closedLoop({ seconds: 60, most: 5, concurrency: 2 }, (n) => Promise.resolve(calls.push(n) > 0));

  expect([load.done, calls]).toEqual([5, [0, 1, 2, 3, 4]]);
});

test('an open loop calls when it is time, however slow the answers are, and counts from then', async () => {
  let answerFirst = (): void => undefined;
  const load = await openLoop({ aSecond: 50, seconds: 0.2 }, async (n) => {
    if (n === 0) await new Promise<void>((resolve) => (answerFirst = resolve));
    if (n === 9) answerFirst();
    return n !== 3;
  });

  expect([load.done, load.failed]).toEqual([9, 1]);
  expect(Math.max(...load.latenciesMs)).toBeGreaterThanOrEqual(175);
});
