import { median, percentile, spread } from '../../../bench/statistics';

const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);

test.each([
  [0.5, 50],
  [0.99, 99],
  [1, 100],
  [0, 1],
])('of 1 to 100, %d are not above %d', (share, value) => expect(percentile(hundred, share)).toBe(value));

test('the median of an even number lies between the middle two', () => {
  expect(median([9, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 9])).toBe(3.5);
});

test('of nothing there is neither', () => {
  expect([percentile([], 0.5), median([])]).toEqual([NaN, NaN]);
});

test('the spread names the least, the most and the number of rounds', () => {
  expect(spread([1.02, 0.94, 1])).toBe('0.94 to 1.02 in 3 rounds');
});
