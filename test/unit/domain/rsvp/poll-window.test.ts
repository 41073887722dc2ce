import { isSpent, watchedWindow } from '../../../../src/domain/rsvp/poll-window';

const now = '2026-05-04T09:00:00.000Z';

test('watches from yesterday on, as far as is set', () => {
  expect(watchedWindow(now, { windowDays: 400 })).toEqual({
    from: '2026-05-03T09:00:00.000Z',
    to: '2027-06-08T09:00:00.000Z',
  });
});

test.each([
  ['2027-05-09T09:00:00.000Z', false],
  ['2027-05-09T08:59:59.000Z', true],
])('a window that ends at %s is spent: %s', (endsAt, spent) => {
  expect(isSpent(endsAt, now, { rollBelowDays: 370 })).toBe(spent);
});
