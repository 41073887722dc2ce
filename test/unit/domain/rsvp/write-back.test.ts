import { markWritten, toWriteBack } from '../../../../src/domain/rsvp/write-back';
import type { AnswerRow } from '../../../../src/domain/plan';
import { aRow, at, peopleOf } from './answers';

const people = peopleOf(['ada', 'tess'], ['tess']);

test.each<[string, AnswerRow, boolean]>([
  ['a first answer', aRow('accepted'), true],
  ['another answer than the one told last', aRow('declined', { written: 'accepted' }), true],
  ['the answer told last', aRow('declined', { written: 'declined' }), false],
  ['no answer', aRow('none'), false],
  ['an answer that waits to be confirmed', aRow('accepted', { since: at(10) }), false],
])('%s: told to Docebo or not', (_what, row, told) => {
  expect(toWriteBack({ ada: row }, people)).toEqual(told ? [{ userId: 'ada', response: row[0] }] : []);
});

test("an instructor's answer is kept, and never told", () => {
  expect(toWriteBack({ tess: aRow('declined') }, people)).toEqual([]);
});

test('nothing is told of people who have no seat any more', () => {
  expect(toWriteBack({ gone: aRow('declined') }, people)).toEqual([]);
});

test('what was told is not told again, unless it changed meanwhile', () => {
  const answers = { ada: aRow('accepted') };

  expect(toWriteBack(markWritten(answers, { userId: 'ada', response: 'accepted' }), people)).toEqual([]);
  const changed = markWritten({ ada: aRow('declined') }, { userId: 'ada', response: 'accepted' });
  expect(toWriteBack(changed, people)).toEqual([{ userId: 'ada', response: 'declined' }]);
});

test('somebody without an answer any more is left out', () => {
  const answers = { ada: aRow('accepted') };

  expect(markWritten(answers, { userId: 'gone', response: 'accepted' })).toBe(answers);
});
