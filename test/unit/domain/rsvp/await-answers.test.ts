import { applyAnswers } from '../../../../src/domain/rsvp/apply-answers';
import { forgetDeparted, markAwaiting } from '../../../../src/domain/rsvp/await-answers';
import { toWriteBack } from '../../../../src/domain/rsvp/write-back';
import { aRow, at, observed, peopleOf } from './answers';

const answers = {
  ada: aRow('accepted', { written: 'accepted' }),
  ben: aRow('declined'),
  cleo: aRow('none'),
};

test('a reschedule keeps the last explicit answers and waits for new ones; it is no decline', () => {
  const after = markAwaiting(answers, '2026-05-04T10:00:00.700Z');

  expect(after).toEqual({
    ada: aRow('accepted', { written: 'accepted', since: at(10) }),
    ben: aRow('declined', { since: at(10) }),
    cleo: aRow('none'),
  });
  expect(toWriteBack(after, peopleOf(['ada', 'ben', 'cleo']), at(23))).toEqual([]);
});

test('whoever answered after it had begun is not asked to confirm', () => {
  expect(markAwaiting({ ada: aRow('accepted', { at: at(10) }) }, at(10))).toEqual({
    ada: aRow('accepted', { at: at(10) }),
  });
});

test('a second reschedule waits from its own time on', () => {
  const moved = markAwaiting(markAwaiting(answers, at(10)), at(12));

  expect(moved.ada).toEqual(aRow('accepted', { written: 'accepted', since: at(12) }));
  const between = applyAnswers({
    answers: moved,
    observed: [observed('ada', { respondedAt: at(11) })],
    people: peopleOf(['ada']),
    observedAt: at(20),
  });
  expect(between.answers.ada).toEqual(aRow('accepted', { written: 'accepted', at: at(11), since: at(12) }));
});

test('people who left leave their answers behind', () => {
  expect(forgetDeparted(answers, peopleOf(['ada']))).toEqual({ ada: answers.ada });
  expect(forgetDeparted(answers, peopleOf(['ada', 'ben', 'cleo', 'dan']))).toBe(answers);
});
