import { foldUnmatched, UNMATCHED_LIMIT } from '../../../../src/domain/rsvp/unmatched-answers';
import { at, observed, peopleOf } from './answers';

const eventId = '101';
const shown = (name: string, hour = 9) => {
  const { namesakes: _namesakes, ...answer } = observed(name, { respondedAt: at(hour) });
  return { eventId, ...answer };
};

test('an answer stands on the list once for each event and address, the latest one', () => {
  const first = foldUnmatched([], { eventId, unmatched: [observed('x'), observed('y')] }, {});
  const second = foldUnmatched(first, { eventId, unmatched: [observed('x', { respondedAt: at(11) })] }, {});
  const other = foldUnmatched(second, { eventId: '102', unmatched: [observed('x')] }, {});

  expect(first).toEqual([shown('x'), shown('y')]);
  expect(second).toEqual([shown('y'), shown('x', 11)]);
  expect(other).toHaveLength(3);
  expect(foldUnmatched(second, { eventId, unmatched: [observed('x')] }, {})).toEqual(second);
});

test('who has been invited since is no longer on it', () => {
  expect(foldUnmatched([shown('x'), shown('y')], { eventId, unmatched: [] }, peopleOf(['x']))).toEqual([shown('y')]);
});

test('the newest ones are kept', () => {
  const many = Array.from({ length: UNMATCHED_LIMIT + 1 }, (_, i) => observed(`x${i}`, { respondedAt: at(i) }));

  const list = foldUnmatched([], { eventId, unmatched: many }, {});

  expect([list.length, list[0]?.respondedAt]).toEqual([UNMATCHED_LIMIT, at(1)]);
});
