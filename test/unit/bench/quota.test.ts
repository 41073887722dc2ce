import { drain } from '../../../bench/quota/drain';

test('a backlog of two windows drains in their time, without one 429 and without standing still', async () => {
  const done = await drain(20_000);

  expect(done.throttled).toBe(0);
  expect(done.seconds).toBeLessThanOrEqual(1_200 / 0.95);
  expect(done.longestStillSeconds).toBeLessThan(5);
  // Each that is sent away has a turn of its own.
  expect(done.refusals).toBeLessThan(2.5 * done.requests);
});
