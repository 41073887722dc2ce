import { fc } from '../../../support/properties';
import type { AnswerRow } from '../../../../src/domain/plan';
import {
  answerToSession,
  decideDecline,
  type DeclineDecision,
  type DeclinePolicy,
} from '../../../../src/domain/rsvp/decide-decline';
import { aRow, at } from './answers';

const keep: DeclinePolicy = { kind: 'keep' };
const mark: DeclinePolicy = { kind: 'mark' };
const atOnce: DeclinePolicy = { kind: 'unenrol', afterMs: 0 };
const afterTwoHours: DeclinePolicy = { kind: 'unenrol', afterMs: 2 * 3_600_000 };

function decide(
  policy: DeclinePolicy,
  answer: AnswerRow | null,
  over: Partial<Parameters<typeof decideDecline>[0]> = {},
) {
  return decideDecline({ policy, answer, now: at(10), mandatory: false, unenrolledAt: null, ...over });
}

describe('a decline', () => {
  const declined = aRow('declined');

  test.each<[string, DeclinePolicy, DeclineDecision]>([
    ['keep', keep, { kind: 'none' }],
    ['mark', mark, { kind: 'mark' }],
    ['unenrol after 0', atOnce, { kind: 'unenrol' }],
    ['unenrol after two hours, after one', afterTwoHours, { kind: 'wait', until: at(11) }],
  ])('%s', (_what, policy, decision) => {
    expect(decide(policy, declined)).toEqual(decision);
  });

  test('is due at the very end of the time', () => {
    expect(decide(afterTwoHours, declined, { now: at(11) })).toEqual({ kind: 'unenrol' });
  });

  test.each([atOnce, afterTwoHours, mark])('of a mandatory course never unenrols: %o', (policy) => {
    expect(decide(policy, declined, { mandatory: true, now: at(23) })).toEqual({ kind: 'mark' });
  });

  test.each([mark, atOnce])('that waits to be confirmed after a reschedule is none yet: %o', (policy) => {
    expect(decide(policy, aRow('declined', { since: at(10) }))).toEqual({ kind: 'none' });
  });

  test('that was acted on is not acted on again', () => {
    expect(decide(atOnce, declined, { unenrolledAt: at(10) })).toEqual({ kind: 'none' });
  });
});

test.each<[string, AnswerRow | null]>([
  ['no answer', null],
  ['accepted', aRow('accepted')],
  ['tentative', aRow('tentative')],
  ['none', aRow('none')],
])('%s is no decline', (_what, answer) => {
  expect(decide(atOnce, answer)).toEqual({ kind: 'none' });
});

describe('an answer after a decline', () => {
  test.each(['accepted', 'tentative'] as const)('%s before the time is up: nothing happens then', (response) => {
    expect(decide(afterTwoHours, aRow(response, { at: at(10) }), { now: at(23) })).toEqual({ kind: 'none' });
  });

  test('accepted after the seat was freed: it is to be given back', () => {
    expect(decide(atOnce, aRow('accepted', { at: at(12) }), { unenrolledAt: at(10) })).toEqual({ kind: 'undo' });
  });

  test.each<[string, AnswerRow]>([
    ['tentative', aRow('tentative', { at: at(12) })],
    ['accepted for a time that is no longer so', aRow('accepted', { at: at(12), since: at(13) })],
  ])('%s after the seat was freed gives nothing back', (_what, answer) => {
    expect(decide(atOnce, answer, { unenrolledAt: at(10) })).toEqual({ kind: 'none' });
  });
});

test('nobody is unenrolled but for an explicit decline, after its time, of a course that is not mandatory', () => {
  const row = fc
    .tuple(
      fc.constantFrom('none' as const, 'accepted' as const, 'tentative' as const, 'declined' as const),
      fc.integer({ min: 0, max: 23 }),
      fc.option(fc.integer({ min: 0, max: 23 }).map(at), { nil: null }),
    )
    .map(([response, hour, since]): AnswerRow => [response, at(hour), since, null]);
  const policy = fc.oneof(
    fc.constant(keep),
    fc.constant(mark),
    fc.integer({ min: 0, max: 48 }).map((h): DeclinePolicy => ({ kind: 'unenrol', afterMs: h * 3_600_000 })),
  );
  fc.assert(
    fc.property(policy, row, fc.boolean(), (given, answer, mandatory) => {
      const decision = decide(given, answer, { mandatory, now: at(23) });
      if (decision.kind !== 'unenrol' && decision.kind !== 'wait') return;

      expect(given.kind).toBe('unenrol');
      expect([answer[0], answer[2], mandatory]).toEqual(['declined', null, false]);
      const dueMs = Date.parse(answer[1]) + (given.kind === 'unenrol' ? given.afterMs : NaN);
      expect(dueMs <= Date.parse(at(23))).toBe(decision.kind === 'unenrol');
    }),
  );
});

describe('the answer to a session of several events', () => {
  test.each<[string, readonly (AnswerRow | undefined)[], AnswerRow | null]>([
    ['of one event is the answer to it', [aRow('declined')], aRow('declined')],
    [
      'is a decline when all are declined, as of the last',
      [aRow('declined'), aRow('declined', { at: at(11) })],
      aRow('declined', { at: at(11) }),
    ],
    ['is no decline while one is not answered', [aRow('declined'), undefined], null],
    ['is coming when one is accepted', [aRow('declined', { at: at(12) }), aRow('accepted')], aRow('accepted')],
    ['is tentative when none is accepted', [aRow('declined'), aRow('tentative'), undefined], aRow('tentative')],
    ['is unknown without answers', [undefined, undefined], null],
    ['is unknown without events', [], null],
    [
      'waits to be confirmed while one of the declines does',
      [aRow('declined', { at: at(11) }), aRow('declined', { since: at(10) })],
      aRow('declined', { at: at(11), since: at(10) }),
    ],
  ])('%s', (_what, rows, answer) => {
    expect(answerToSession(rows)).toEqual(answer);
  });
});
