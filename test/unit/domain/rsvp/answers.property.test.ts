import { fc } from '../../../support/properties';
import type { Answers } from '../../../../src/domain/plan';
import { applyAnswers } from '../../../../src/domain/rsvp/apply-answers';
import { markAwaiting } from '../../../../src/domain/rsvp/await-answers';
import { decideDecline } from '../../../../src/domain/rsvp/decide-decline';
import type { ObservedAnswer } from '../../../../src/domain/rsvp/observed-answer';
import { markWritten, toWriteBack } from '../../../../src/domain/rsvp/write-back';
import { at, observed, peopleOf } from './answers';

const NAMES = ['ada', 'ben', 'tess'] as const;
const people = peopleOf(NAMES, ['tess']);
const BEGIN = Date.parse(at(0));
const timeOf = (second: number): string => new Date(BEGIN + second * 1_000).toISOString();
/** After every answer. */
const SEEN = timeOf(1_000_000);

const response = fc.constantFrom('accepted' as const, 'tentative' as const, 'declined' as const);
/** Each at a second of its own: one is the latest. */
const given = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...NAMES), response, fc.nat({ max: 500 })), {
    selector: ([, , second]) => second,
    maxLength: 12,
  })
  .map((list) => list.map(([name, of, second]) => observed(name, { response: of, respondedAt: timeOf(second) })));

function latestOf(list: readonly ObservedAnswer[], name: string): ObservedAnswer | undefined {
  const { addressKey } = observed(name);
  return list
    .filter((one) => one.addressKey === addressKey)
    .sort((a, b) => (a.respondedAt < b.respondedAt ? -1 : 1))
    .at(-1);
}

function apply(answers: Answers, seen: readonly ObservedAnswer[]): Answers {
  return applyAnswers({ answers, observed: seen, people, observedAt: SEEN }).answers;
}

/** The list in another order, some of it several times, cut into signals. */
const told = given.chain((list) =>
  fc.record({
    list: fc.constant(list),
    again: fc
      .shuffledSubarray(list)
      .chain((some) => fc.shuffledSubarray([...list, ...some], { minLength: list.length + some.length })),
    cuts: fc.array(fc.nat({ max: 24 }), { maxLength: 4 }),
  }),
);

function signalsOf({ again, cuts }: { again: readonly ObservedAnswer[]; cuts: readonly number[] }) {
  const bounds = [0, ...cuts.map((cut) => Math.min(cut, again.length)).sort((a, b) => a - b), again.length];
  return bounds.slice(1).map((end, i) => again.slice(bounds[i], end));
}

test('in whatever order, how often and in how many signals answers are seen, the latest of each person stands', () => {
  fc.assert(
    fc.property(told, (input) => {
      const answers = signalsOf(input).reduce<Answers>(apply, {});

      for (const name of NAMES) {
        const latest = latestOf(input.list, name);
        const row = answers[name];
        expect(row?.slice(0, 2)).toEqual(latest && [latest.response, latest.respondedAt]);
      }
    }),
    { numRuns: 500 },
  );
});

test('an answer that is older than the known one changes nothing at all', () => {
  fc.assert(
    fc.property(given, given, (first, second) => {
      const answers = apply({}, first);
      const older = second.filter(({ addressKey, respondedAt }) =>
        first.some((one) => one.addressKey === addressKey && one.respondedAt > respondedAt),
      );

      expect(apply(answers, older)).toBe(answers);
    }),
  );
});

test('whatever is told to Docebo in between, at the end it knows each learner’s latest answer, and no instructor’s', () => {
  const turns = fc.array(fc.nat({ max: 3 }), { maxLength: 5 });
  fc.assert(
    fc.property(told, turns, (input, writes) => {
      const docebo = new Map<string, string>();
      const write = (answers: Answers, most: number): Answers => {
        let now = answers;
        for (const one of toWriteBack(answers, people, at(23)).slice(0, most)) {
          docebo.set(one.userId, one.response);
          now = markWritten(now, one);
        }
        return now;
      };
      let answers: Answers = {};
      for (const [i, signal] of signalsOf(input).entries()) answers = write(apply(answers, signal), writes[i] ?? 0);

      answers = write(answers, Infinity);

      expect(toWriteBack(answers, people, at(23))).toEqual([]);
      const expected = (['ada', 'ben'] as const).flatMap((name) => {
        const latest = latestOf(input.list, name);
        return latest === undefined ? [] : [[name, latest.response]];
      });
      expect([...docebo].sort()).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test('an answer that was written while a newer one came in leaves the newer one to be written', () => {
  fc.assert(
    fc.property(response, response, (old, fresh) => {
      const before = apply({}, [observed('ada', { response: old, respondedAt: timeOf(1) })]);
      const [writing] = toWriteBack(before, people, at(23));
      const meanwhile = apply(before, [observed('ada', { response: fresh, respondedAt: timeOf(2) })]);

      const left = toWriteBack(markWritten(meanwhile, writing!), people, at(23));

      expect(left).toEqual(old === fresh ? [] : [{ userId: 'ada', response: fresh }]);
    }),
  );
});

test('after a reschedule nothing is told and nobody loses a seat on the strength of an answer from before it', () => {
  const policy = { kind: 'unenrol', afterMs: 0 } as const;
  fc.assert(
    fc.property(given, given, fc.nat({ max: 600 }), (before, after, second) => {
      const since = timeOf(second);
      const waiting = markAwaiting(
        apply(
          {},
          before.filter((one) => one.respondedAt < since),
        ),
        since,
      );

      const answers = apply(waiting, after);

      const confirmed = new Set(toWriteBack(answers, people, at(23)).map(({ userId }) => userId));
      for (const name of NAMES) {
        const latest = latestOf([...before.filter((one) => one.respondedAt < since), ...after], name);
        const isNew = latest !== undefined && latest.respondedAt >= since;
        // Who was not waiting has an answer for the first time, whenever it was given.
        const wasAsked = waiting[name] !== undefined;
        if (!isNew && wasAsked) expect(confirmed.has(name)).toBe(false);
        if (isNew && name !== 'tess') expect(confirmed.has(name)).toBe(true);
        const row = answers[name];
        if (row === undefined || isNew || !wasAsked) continue;
        const decision = decideDecline({ policy, answer: row, now: SEEN, mandatory: false, unenrolledAt: null });
        expect(decision.kind).toBe('none');
      }
    }),
    { numRuns: 500 },
  );
});

test('whoever is in a mandatory course is never unenrolled, and whoever is, declined long enough ago', () => {
  const row = fc.tuple(
    fc.constantFrom('accepted' as const, 'tentative' as const, 'declined' as const, 'none' as const),
    fc.nat({ max: 500 }).map(timeOf),
    fc.option(fc.nat({ max: 500 }).map(timeOf)),
    fc.option(response),
  );
  fc.assert(
    fc.property(
      row,
      fc.nat({ max: 500_000 }),
      fc.nat({ max: 1_000 }),
      fc.boolean(),
      (answer, afterMs, second, mandatory) => {
        const policy = { kind: 'unenrol', afterMs } as const;
        const now = timeOf(second);

        const { kind } = decideDecline({ policy, answer, now, mandatory, unenrolledAt: null });

        if (kind !== 'unenrol') return;
        expect([mandatory, answer[0], answer[2]]).toEqual([false, 'declined', null]);
        expect(Date.parse(answer[1]) + afterMs).toBeLessThanOrEqual(Date.parse(now));
      },
    ),
    { numRuns: 500 },
  );
});
