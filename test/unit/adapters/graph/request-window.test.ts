import { RequestWindow } from '../../../../src/adapters/graph/request-window';

const QUOTA = { requestsPerWindow: 100, windowMs: 60_000 };

/** Sends whenever it may, and answers when each request began. */
function sendFor(window: RequestWindow, untilMs: number): readonly number[] {
  const began: number[] = [];
  for (let nowMs = 0; nowMs < untilMs; nowMs += 50) {
    while (window.begin(nowMs) === 0) {
      began.push(nowMs);
      window.end(nowMs);
    }
  }
  return began;
}

const inWindow = (times: readonly number[], fromMs: number): number =>
  times.filter((time) => time >= fromMs && time < fromMs + QUOTA.windowMs).length;

test('no window, whenever it begins, holds more than the quota, and long work uses nearly all of it', () => {
  const began = sendFor(new RequestWindow(QUOTA), 10 * QUOTA.windowMs);

  for (const from of began) expect(inWindow(began, from)).toBeLessThanOrEqual(100);
  expect(began.length).toBeGreaterThanOrEqual(950);
});

test('a quarter goes out at once, and the rest never stands still for long', () => {
  const began = sendFor(new RequestWindow(QUOTA), 5 * QUOTA.windowMs);
  const pauses = began.slice(1).map((time, i) => time - began[i]!);

  expect(began.filter((time) => time === 0)).toHaveLength(25);
  expect(Math.max(...pauses)).toBeLessThan(2_000);
});

test('what is under way counts, and counts for a window after its end', () => {
  const window = new RequestWindow({ requestsPerWindow: 1, windowMs: 1_000 });

  expect(window.begin(0)).toBe(0);
  expect(window.begin(900)).toBeGreaterThan(0);
  window.end(950);
  expect(window.begin(1_949)).toBeGreaterThan(0);
  expect(window.begin(1_950)).toBe(0);
});

test('each that has to wait gets a turn of its own', () => {
  const window = new RequestWindow({ requestsPerWindow: 1, windowMs: 1_000 });
  window.begin(0);
  window.end(0);

  expect([window.begin(0), window.begin(0), window.begin(0)]).toEqual([1_000, 2_000, 3_000]);
});
