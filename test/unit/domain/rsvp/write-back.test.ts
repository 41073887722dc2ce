import {
  forgetRefusals,
  forgetTold,
  markRefused,
  markWritten,
  refusedUntil,
  toWriteBack,
} from '../../../../src/domain/rsvp/write-back';
import type { AnswerRow, Answers } from '../../../../src/domain/plan';
import { aRow, at, peopleOf } from './answers';

const people = peopleOf(['ada', 'tess'], ['tess']);

test.each<[string, AnswerRow, boolean]>([
  ['a first answer', aRow('accepted'), true],
  ['another answer than the one told last', aRow('declined', { written: 'accepted' }), true],
  ['the answer told last', aRow('declined', { written: 'declined' }), false],
  ['no answer', aRow('none'), false],
  ['an answer that waits to be confirmed', aRow('accepted', { since: at(10) }), false],
])('%s: told to Docebo or not', (_what, row, told) => {
  expect(toWriteBack({ ada: row }, people, at(23))).toEqual(told ? [{ userId: 'ada', response: row[0] }] : []);
});

test("an instructor's answer is kept, and never told", () => {
  expect(toWriteBack({ tess: aRow('declined') }, people, at(23))).toEqual([]);
});

test('nothing is told of people who have no seat any more', () => {
  expect(toWriteBack({ gone: aRow('declined') }, people, at(23))).toEqual([]);
});

test('what was told is not told again, unless it changed meanwhile', () => {
  const answers = { ada: aRow('accepted') };

  expect(toWriteBack(markWritten(answers, { userId: 'ada', response: 'accepted' }), people, at(23))).toEqual([]);
  const changed = markWritten({ ada: aRow('declined') }, { userId: 'ada', response: 'accepted' });
  expect(toWriteBack(changed, people, at(23))).toEqual([{ userId: 'ada', response: 'declined' }]);
});

test('somebody without an answer any more is left out', () => {
  const answers = { ada: aRow('accepted') };

  expect(markWritten(answers, { userId: 'gone', response: 'accepted' })).toBe(answers);
});

describe('an answer that Docebo refused', () => {
  const said = { userId: 'ada', response: 'accepted' } as const;
  const refused = (times: number) =>
    Array.from({ length: times }).reduce<Answers>(
      (rows) => markRefused(rows, said, { now: at(10), again: [3_600_000, 7_200_000] }),
      { ada: aRow('accepted') },
    );

  test.each([
    ['the first time is told again after the first wait', 1, at(11)],
    ['the second time after the second', 2, at(12)],
    ['once more is not told again', 3, null],
  ])('%s', (_what, times, until) => {
    const answers = refused(times);

    expect(answers.ada?.[4]).toEqual({ times, until });
    expect(refusedUntil(answers, people)).toEqual(until === null ? [] : [until]);
    expect(toWriteBack(answers, people, at(10))).toEqual([]);
    expect(toWriteBack(answers, people, at(23))).toEqual(until === null ? [] : [said]);
  });

  test('does not hold a newer one up', () => {
    expect(markRefused({ ada: aRow('declined') }, said, { now: at(10), again: [] })).toEqual({ ada: aRow('declined') });
  });

  test('is forgotten with the enrolment that it was about, or when an operator asks for it', () => {
    expect(toWriteBack(forgetTold(refused(3), ['ada']), people, at(10))).toEqual([said]);
    expect(toWriteBack(forgetRefusals(refused(3)), people, at(10))).toEqual([said]);
  });
});

test('what was told of an earlier enrolment does not count for a new one', () => {
  const answers = { ada: aRow('accepted', { written: 'accepted' }), tess: aRow('declined', { written: 'declined' }) };

  expect(toWriteBack(forgetTold(answers, ['ada', 'gone']), people, at(10))).toEqual([
    { userId: 'ada', response: 'accepted' },
  ]);
});
