import { fc } from '../../../support/properties';
import type { AnswerRow, Answers } from '../../../../src/domain/plan';
import { applyAnswers } from '../../../../src/domain/rsvp/apply-answers';
import type { ObservedAnswer } from '../../../../src/domain/rsvp/observed-answer';
import { keyOf } from '../../../support/builders';
import { addressOf, aRow, at, observed, peopleOf } from './answers';

const people = peopleOf(['ada', 'ben'], ['tess']);
const ADA = keyOf(addressOf('ada'));

function apply(
  answers: Answers,
  seen: readonly ObservedAnswer[],
  over: Partial<Parameters<typeof applyAnswers>[0]> = {},
) {
  return applyAnswers({ answers, observed: seen, people, observedAt: at(20), ...over });
}

describe('answers of invited people', () => {
  test('a first answer is kept', () => {
    expect(apply({}, [observed('ada')])).toEqual({
      answers: { ada: aRow('accepted') },
      changed: [{ userId: 'ada', row: aRow('accepted'), matchedBy: 'address' }],
      unmatched: [],
    });
  });

  test('an answer from the address that the calendar keeps for somebody is theirs', () => {
    const aliases = { [keyOf('ada.l@y.example')]: ADA };
    const seen = { ...observed('ada'), addressKey: keyOf('ada.l@y.example') };

    expect(apply({}, [seen], { aliases })).toMatchObject({
      answers: { ada: aRow('accepted') },
      changed: [{ matchedBy: 'address' }],
      unmatched: [],
    });
    expect(apply({}, [seen]).unmatched).toEqual([seen]);
    expect(apply({}, [seen], { aliases, people: {}, departed: [ADA] }).unmatched).toEqual([]);
  });

  test.each<[string, AnswerRow, Partial<ObservedAnswer>, AnswerRow]>([
    [
      'a later one wins',
      aRow('accepted'),
      { response: 'declined', respondedAt: at(10) },
      aRow('declined', { at: at(10) }),
    ],
    ['an older one is ignored', aRow('accepted'), { response: 'declined', respondedAt: at(8) }, aRow('accepted')],
    ['a repeat is ignored', aRow('accepted'), {}, aRow('accepted')],
    [
      'what Docebo was told stays known',
      aRow('accepted', { written: 'accepted' }),
      { response: 'declined', respondedAt: at(10) },
      aRow('declined', { at: at(10), written: 'accepted' }),
    ],
    ['of the same second, the one observed later wins', aRow('accepted'), { response: 'tentative' }, aRow('tentative')],
    [
      'the same answer given again is the newer one',
      aRow('accepted'),
      { respondedAt: at(11) },
      aRow('accepted', { at: at(11) }),
    ],
    [
      'an answer since the reschedule confirms',
      aRow('accepted', { since: at(10) }),
      { respondedAt: at(11) },
      aRow('accepted', { at: at(11) }),
    ],
    [
      'an answer of the very second of the reschedule confirms',
      aRow('accepted', { since: at(10) }),
      { respondedAt: at(10) },
      aRow('accepted', { at: at(10) }),
    ],
    [
      'an answer from before the reschedule that comes in late counts, and confirms nothing',
      aRow('accepted', { since: at(12) }),
      { response: 'tentative', respondedAt: at(11) },
      aRow('tentative', { at: at(11), since: at(12) }),
    ],
  ])('%s', (_what, before, answer, after) => {
    expect(apply({ ada: before }, [observed('ada', answer)]).answers).toEqual({ ada: after });
  });

  test('one that Docebo refused stays refused when it is given again, and another one is heard anew', () => {
    const refused: AnswerRow = ['accepted', at(9), null, null, { times: 1, until: null }];

    const again = apply({ ada: refused }, [observed('ada', { respondedAt: at(10) })]);
    const other = apply({ ada: refused }, [observed('ada', { respondedAt: at(10), response: 'declined' })]);

    expect(again.answers.ada).toEqual(['accepted', at(10), null, null, { times: 1, until: null }]);
    expect(other.answers.ada).toEqual(['declined', at(10), null, null]);
  });

  test('the same object comes back when nothing changed, and a repeat is no change', () => {
    const answers = { ada: aRow('accepted') };

    expect(apply(answers, [observed('ada'), observed('ada', { respondedAt: at(7) })]).answers).toBe(answers);
    expect(apply(answers, [observed('ada', { respondedAt: at(12) })]).changed).toEqual([]);
  });

  test('a time that means "never" is no answer', () => {
    expect(apply({}, [observed('ada', { respondedAt: '0001-01-01T00:00:00.000Z' })])).toEqual({
      answers: {},
      changed: [],
      unmatched: [],
    });
  });

  test("an attendee's clock that is ahead does not outlast a true answer", () => {
    const ahead = apply({}, [observed('ada', { respondedAt: '2031-01-01T00:00:00.000Z' })]).answers;
    expect(ahead).toEqual({ ada: aRow('accepted', { at: at(20) }) });

    const after = apply(ahead, [observed('ada', { response: 'declined', respondedAt: at(21) })], {
      observedAt: at(22),
    });

    expect(after.answers).toEqual({ ada: aRow('declined', { at: at(21) }) });
  });

  test('two users of one address share the answer', () => {
    const twins = { ...people, ada2: { addressKey: ADA, role: 'learner' as const } };

    expect(Object.keys(apply({}, [observed('ada')], { people: twins }).answers)).toEqual(['ada', 'ada2']);
  });
});

describe('answers from addresses that are nobody’s', () => {
  const alias = observed('alias', { namesakes: [ADA] });

  test('belong to the one invited namesake without an answer', () => {
    expect(apply({}, [alias])).toMatchObject({
      answers: { ada: aRow('accepted') },
      changed: [{ userId: 'ada', matchedBy: 'name' }],
      unmatched: [],
    });
  });

  test('count for that person also when they answer so a second time', () => {
    const first = apply({}, [alias]).answers;

    const second = apply(first, [{ ...alias, response: 'declined', respondedAt: at(12) }]);

    expect(second.answers).toEqual({ ada: aRow('declined', { at: at(12) }) });
  });

  test('belong to a namesake who was invited, not to one who got it forwarded', () => {
    expect(apply({}, [{ ...alias, namesakes: [keyOf('a@elsewhere.example'), ADA] }]).answers).toHaveProperty('ada');
  });

  test.each<[string, ObservedAnswer]>([
    ['two invited namesakes', { ...alias, namesakes: [ADA, keyOf(addressOf('ben'))] }],
    ['no namesake', { ...alias, namesakes: [] }],
    ['namesakes whom nobody invited', { ...alias, namesakes: [keyOf('a@elsewhere.example')] }],
  ])('are unmatched with %s', (_what, answer) => {
    expect(apply({}, [answer])).toEqual({ answers: {}, changed: [], unmatched: [answer] });
  });

  test('an address of an invited person is theirs, whatever namesakes there are', () => {
    const answer = observed('ben', { namesakes: [ADA] });

    expect(Object.keys(apply({}, [answer]).answers)).toEqual(['ben']);
  });

  test('answers of people who are about to be taken off are nobody’s business', () => {
    const gone = observed('gone');

    expect(apply({}, [gone], { departed: [gone.addressKey] }).unmatched).toEqual([]);
  });
});

describe('any observations', () => {
  const answer = fc.record({
    addressKey: fc.constantFrom('ada', 'ben', 'tess', 'x').map((name) => keyOf(addressOf(name))),
    response: fc.constantFrom('accepted' as const, 'tentative' as const, 'declined' as const),
    // Distinct times, so that there is one latest.
    respondedAt: fc
      .integer({ min: 0, max: 100_000 })
      .map((s) => new Date(Date.UTC(2026, 4, 1) + s * 1000).toISOString()),
    namesakes: fc.subarray([ADA, keyOf(addressOf('ben'))]),
  });
  const answers = fc.uniqueArray(answer, { maxLength: 12, selector: (a) => a.respondedAt });

  test('end the same in any order and however often they are told', () => {
    fc.assert(
      fc.property(answers, fc.integer({ min: 0, max: 12 }), (list, cut) => {
        const whole = apply({}, list).answers;
        const reordered = [...list.slice(cut), ...list.slice(0, cut)];

        expect(apply({}, reordered).answers).toEqual(whole);
        const again = apply(whole, reordered);
        expect([again.answers, again.changed]).toEqual([whole, []]);
      }),
    );
  });

  test('lose nothing: each is somebody’s or unmatched, and nobody gets an answer who was not invited', () => {
    fc.assert(
      fc.property(answers, (list) => {
        const { answers: rows, unmatched } = apply({}, list);

        for (const userId of Object.keys(rows)) expect(people).toHaveProperty(userId);
        const newest = Object.values(rows).map((row) => row[1]);
        for (const a of list.filter((one) => !unmatched.includes(one)))
          expect(newest.some((time) => time >= a.respondedAt)).toBe(true);
      }),
    );
  });
});
