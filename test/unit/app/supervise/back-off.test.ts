import { planRestart, type BackOff } from '../../../../src/app/supervise/back-off';

const backOff: BackOff = { firstMs: 500, factor: 2, capMs: 5_000, healthyAfterMs: 60_000 };

describe('the wait before a program is started again', () => {
  test.each([
    [0, 500],
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
  ])('doubles with each end in a row: after %i of them %i ms', (failures, waitMs) => {
    expect(planRestart(backOff, { failures, ranMs: 100 })).toEqual({ waitMs, failures: failures + 1 });
  });

  test('never exceeds the cap, however long it goes on', () => {
    expect(planRestart(backOff, { failures: 4, ranMs: 0 }).waitMs).toBe(5_000);
    expect(planRestart(backOff, { failures: 2_000, ranMs: 0 }).waitMs).toBe(5_000);
  });

  test('starts anew after a program that ran long enough to count as healthy', () => {
    expect(planRestart(backOff, { failures: 7, ranMs: 60_000 })).toEqual({ waitMs: 500, failures: 1 });
    expect(planRestart(backOff, { failures: 7, ranMs: 59_999 })).toEqual({ waitMs: 5_000, failures: 8 });
  });
});
