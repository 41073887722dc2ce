import { CallBudget, type BudgetSettings } from '../../../../src/adapters/docebo/api/call-budget';
import type { ConfigError } from '../../../../src/domain/errors';
import { ThrottledError } from '../../../../src/domain/errors';

const HOUR_MS = 3_600_000;

function refusalOf(work: () => void): ThrottledError | null {
  try {
    work();
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(ThrottledError);
    return error as ThrottledError;
  }
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function aBudget(settings: BudgetSettings = { callsPerHour: 360, burst: 50 }): CallBudget {
  return new CallBudget(settings, () => new Date());
}

describe('the hourly call budget', () => {
  test('allows a burst, then says how long to wait', () => {
    const budget = aBudget();
    budget.take(50);
    const refusal = refusalOf(() => budget.take(6));

    expect(refusal).toMatchObject({ code: 'DOCEBO_BUDGET', retryAfterMs: 60_000 });
    expect(refusal?.message).toBe('The budget of 360 Docebo calls an hour is used up; 6 calls are free in 60 s');
  });

  test('is free again when it said', () => {
    const budget = aBudget();
    budget.take(50);
    const waitMs = refusalOf(() => budget.take(6))?.retryAfterMs ?? NaN;
    jest.advanceTimersByTime(waitMs);

    expect(refusalOf(() => budget.take(6))).toBeNull();
  });

  test('by default never spends more than 1,000 calls in an hour', () => {
    const budget = new CallBudget({ callsPerHour: 800, burst: 200 }, () => new Date());
    let spent = 0;
    for (let passedMs = 0; passedMs < HOUR_MS; passedMs += 1_000) {
      while (refusalOf(() => budget.take(1)) === null) spent++;
      jest.advanceTimersByTime(1_000);
    }

    expect(spent).toBeGreaterThan(990);
    expect(spent).toBeLessThanOrEqual(1_000);
  });

  test('a refusal spends nothing', () => {
    const budget = aBudget();
    budget.take(40);
    refusalOf(() => budget.take(20));

    expect(refusalOf(() => budget.take(10))).toBeNull();
  });

  test('bulk work leaves a fifth of the burst to single sessions', () => {
    const budget = aBudget();
    budget.take(38, 'bulk');

    expect(refusalOf(() => budget.take(3, 'bulk'))).toMatchObject({ code: 'DOCEBO_BUDGET', retryAfterMs: 10_000 });
    expect(refusalOf(() => budget.take(12, 'hint'))).toBeNull();
  });

  test('calls that were set aside and not made come back', () => {
    const budget = aBudget();
    budget.take(50);
    budget.giveBack(20);

    expect(refusalOf(() => budget.take(20))).toBeNull();
  });

  test('never holds more than its burst', () => {
    const budget = aBudget();
    budget.giveBack(1_000);
    budget.take(50);

    expect(refusalOf(() => budget.take(1))).not.toBeNull();
  });
});

describe('when Docebo asks to wait', () => {
  test('no call is made until then', () => {
    const budget = aBudget();
    budget.block(30_000);
    jest.advanceTimersByTime(10_000);
    const refusal = refusalOf(() => budget.take(1));

    expect(refusal).toMatchObject({ code: 'DOCEBO_THROTTLED', retryAfterMs: 20_000 });
    expect(refusal?.message).toBe('DOCEBO asked to wait; no call for another 20 s');
    jest.advanceTimersByTime(20_000);
    expect(refusalOf(() => budget.take(1))).toBeNull();
  });

  test('an absurd wait is cut to an hour', () => {
    const budget = aBudget();
    budget.block(7 * 24 * HOUR_MS);
    jest.advanceTimersByTime(HOUR_MS);

    expect(refusalOf(() => budget.take(1))).toBeNull();
  });

  test('a shorter wait does not end a longer one', () => {
    const budget = aBudget();
    budget.block(60_000);
    budget.block(1_000);

    expect(refusalOf(() => budget.take(1))).toMatchObject({ retryAfterMs: 60_000 });
  });
});

test('a budget that cannot work is refused, with all that is wrong', () => {
  let problems: readonly string[] = [];
  try {
    aBudget({ callsPerHour: 0, burst: 5 });
  } catch (error) {
    problems = (error as ConfigError).problems;
  }

  expect(problems).toEqual([
    'Docebo call budget: 0 calls an hour; allow at least 1',
    'Docebo call budget: a burst of 5; one session takes up to 20 calls',
  ]);
});
