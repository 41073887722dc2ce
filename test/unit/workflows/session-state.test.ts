import { gzipSync } from 'node:zlib';
import type { Hint } from '../../../src/domain/hints';
import type { AnswerRow } from '../../../src/domain/plan';
import {
  forgetSeen,
  freshState,
  journal,
  JOURNAL_LIMIT,
  receiveHints,
  SEEN_LIMIT,
  takeInbox,
} from '../../../src/workflows/session-state';
import { afterSteps, aLearner, anEvent, planOf, someFacts, digest } from '../../support/builders';
import { QUICK_PACE } from '../../support/pace';

const AT = '2026-05-01T08:00:00.000Z';
const aHint = (over: Partial<Hint> = {}): Hint => ({
  key: 'a',
  kind: 'session-changed',
  courseId: null,
  eventId: null,
  userId: null,
  ...over,
});
const fresh = () => freshState({ platform: 'academy', sessionId: '54', pace: QUICK_PACE });

test('hints fold: how many, and how new the newest is', () => {
  const state = fresh();
  const seen = new Set<string>();

  receiveHints(state, { receivedAt: '2026-05-01T08:00:05.000Z', hints: [aHint()] }, seen);
  receiveHints(state, { receivedAt: AT, hints: [aHint({ key: 'b' }), aHint({ key: 'c', kind: 'sweep' })] }, seen);

  expect(takeInbox(state)).toEqual({ count: 3, newestAt: '2026-05-01T08:00:05.000Z', settle: true });
  expect(state.inbox.count).toBe(0);
});

test('hints of our own making are not looked into twice', () => {
  const state = fresh();

  receiveHints(state, { receivedAt: AT, hints: [aHint({ kind: 'sweep' })] }, new Set());

  expect(state.inbox).toMatchObject({ count: 1, settle: false });
});

test('a duplicate is dropped, except while the session fails or settles', () => {
  const state = fresh();
  const seen = new Set<string>();
  receiveHints(state, { receivedAt: AT, hints: [aHint()] }, seen);
  takeInbox(state);

  receiveHints(state, { receivedAt: AT, hints: [aHint()] }, seen);
  expect(state.inbox.count).toBe(0);

  state.settleAt = AT;
  receiveHints(state, { receivedAt: AT, hints: [aHint()] }, seen);
  expect(state.inbox.count).toBe(1);
  expect(state.seen).toHaveLength(1);
});

test('a burst of hints that say the same is one entry of the journal', () => {
  const state = fresh();
  const hints = [
    ...Array.from({ length: 30 }, (_, i) => aHint({ key: `k${i}` })),
    aHint({ key: 'lp', kind: 'learning-plan-left', userId: '7' }),
  ];

  receiveHints(state, { receivedAt: AT, hints }, new Set());

  expect(state.journal).toEqual([
    { at: AT, what: 'hint', note: 'session-changed x30' },
    { at: AT, what: 'hint', note: 'learning-plan-left user 7', users: ['7'] },
  ]);
});

test('message ids are forgotten by age, then by number, and evictions are counted', () => {
  const state = fresh();
  const seen = new Set<string>();
  const hints = Array.from({ length: SEEN_LIMIT + 5 }, (_, i) => aHint({ key: `k${i}` }));
  receiveHints(state, { receivedAt: AT, hints: [aHint({ key: 'old' })] }, seen);
  receiveHints(state, { receivedAt: '2026-05-03T08:00:00.000Z', hints }, seen);

  forgetSeen(state, seen, '2026-05-03T08:00:01.000Z', 86_400_000);

  expect(state.seen).toHaveLength(SEEN_LIMIT);
  expect(state.seenEvicted).toBe(5);
  expect(seen.has('old')).toBe(false);
  expect(seen.has('k4')).toBe(false);
  expect(seen.has('k5')).toBe(true);
});

test('the journal keeps the latest entries', () => {
  const state = fresh();

  for (let i = 0; i < JOURNAL_LIMIT + 10; i++) journal(state, AT, { what: 'plan', note: String(i) });

  expect(state.journal).toHaveLength(JOURNAL_LIMIT);
  expect(state.journal.at(-1)?.note).toBe(String(JOURNAL_LIMIT + 9));
});

test('the state of 500 people and 10 answered events is plain JSON of at most 256 KB after compression', () => {
  const enrolments = Array.from({ length: 500 }, (_, i) => aLearner(String(13_000 + i)));
  const events = Array.from({ length: 10 }, (_, i) => anEvent({ eventId: String(100 + i) }));
  const state = fresh();
  const plan = planOf(someFacts({ enrolments, events }));
  const ledger = afterSteps(state.ledger, plan);
  const answerOf = (i: number): AnswerRow => {
    const response = (['accepted', 'tentative', 'declined'] as const)[i % 3] ?? 'accepted';
    return [response, new Date(i * 977_003).toISOString(), i % 5 === 0 ? AT : null, i % 7 === 0 ? null : response];
  };
  const answersTo = (event: number) =>
    Object.fromEntries(enrolments.map(({ userId }, i) => [userId, answerOf(event * 500 + i)]));
  state.ledger = {
    ...ledger,
    events: Object.fromEntries(
      Object.entries(ledger.events).map(([id, row], i) => [id, { ...row, answers: answersTo(i) }]),
    ),
  };
  for (let i = 0; i < SEEN_LIMIT; i++) state.seen.push([digest(String(i)), 1_795_000_000 + i]);
  for (let i = 0; i < JOURNAL_LIMIT; i++)
    journal(state, AT, { what: 'updateAttendees', eventId: '101', note: 'updated; mails changed; +1 -0' });

  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  expect(gzipSync(JSON.stringify(state)).length).toBeLessThan(256 * 1024);
});

test('a sample has the calendar compared, unless it is to be looked through anyway', () => {
  const [idle, fresher] = [fresh(), fresh()];
  idle.adopted = true;

  for (const state of [idle, fresher]) {
    receiveHints(state, { receivedAt: AT, hints: [aHint({ kind: 'sample' })] }, new Set());
  }

  expect(idle).toMatchObject({ adopted: false, comparing: true, inbox: { count: 1, settle: false } });
  expect(fresher).toMatchObject({ adopted: false, inbox: { count: 1, settle: false } });
  expect(fresher.comparing).toBeUndefined();
});
