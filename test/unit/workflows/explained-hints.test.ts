import type { Inbox } from '../../../src/contract/messages';
import type { Hint } from '../../../src/domain/hints';
import { isExplained, seatsOf } from '../../../src/workflows/explained-hints';

const EMPTY: Inbox = { count: 0, newestAt: null, settle: false };
const aHint = (over: Partial<Hint> = {}): Hint => ({
  key: 'a',
  kind: 'session-changed',
  courseId: '9',
  eventId: null,
  userId: null,
  ...over,
});
const about = (...users: string[]) => users.map((userId) => aHint({ userId }));
const people = (...ids: string[]) =>
  Object.fromEntries(ids.map((id) => [id, { addressKey: `k${id}`, role: 'learner' as const }]));

describe('hints about seats', () => {
  test('are remembered by whose they are, together with those that wait', () => {
    expect(seatsOf(EMPTY, about('1', '2'))).toEqual(['1', '2']);
    expect(seatsOf({ ...EMPTY, count: 2, seats: ['1', '2'] }, about('3'))).toEqual(['1', '2', '3']);
  });

  test.each([
    ['a hint of the session itself', [...about('1'), aHint()]],
    ['a hint of one event', [aHint({ userId: '1', eventId: '101' })]],
    ['a hint of the course', [aHint({ userId: '1', kind: 'course-changed' })]],
    ['a hint of our own', [aHint({ userId: '1', kind: 'sweep' })]],
    ['two hints about one person: who came may have gone', about('1', '1')],
    ['too many', about(...Array.from({ length: 1_001 }, (_, i) => String(i)))],
  ])('are none with %s', (_what, hints) => {
    expect(seatsOf(EMPTY, hints)).toBeUndefined();
  });

  test('are none where something else waits already', () => {
    expect(seatsOf({ ...EMPTY, count: 1 }, about('1'))).toBeUndefined();
  });
});

describe('a reading explains', () => {
  const inbox = (...seats: string[]): Inbox => ({ count: seats.length, newestAt: null, settle: true, seats });

  test('people who joined and people who left', () => {
    expect(isExplained(inbox('1', '3'), people('1', '2'), people('2', '3'))).toBe(true);
  });

  test('not somebody whose seat is as it was: Docebo may lag', () => {
    expect(isExplained(inbox('1', '3'), people('2'), people('2', '3'))).toBe(false);
    expect(isExplained(inbox('2', '3'), people('2'), people('2', '3'))).toBe(false);
  });

  test('nothing that is not about seats, and nothing that came in beside', () => {
    expect(isExplained({ ...inbox('3'), seats: undefined }, people(), people('3'))).toBe(false);
    expect(isExplained({ ...inbox('3'), count: 2 }, people(), people('3'))).toBe(false);
  });
});
