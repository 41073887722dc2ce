import { showDuration, toBytes, toMilliseconds } from '../../../src/app/config/durations';

describe('durations and sizes', () => {
  test.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
  ])('%s is %d ms, and back', (duration, milliseconds) => {
    expect(toMilliseconds(duration)).toBe(milliseconds);
    expect(showDuration(milliseconds)).toBe(duration);
  });

  test.each([
    ['512KB', 524_288],
    ['1MB', 1_048_576],
  ])('%s is %d bytes', (size, bytes) => {
    expect(toBytes(size)).toBe(bytes);
  });
});
