import type { PlanStep, SessionPlan } from '../../../src/domain/plan';
import { notePlan, noteStep } from '../../../src/workflows/journal-notes';
import { aSessionState } from '../../fakes/fake-operator';

const people = (...ids: number[]) =>
  Object.fromEntries(ids.map((id) => [String(id), { addressKey: `k${id}`, role: 'learner' as const }]));

function aPlan(over: Partial<SessionPlan> = {}): SessionPlan {
  const { ledger } = aSessionState();
  return {
    position: 'on',
    steps: [],
    roster: [],
    ledger,
    mailbox: 'training',
    startsAt: null,
    endsAt: null,
    counts: { events: 1, learners: 2, instructors: 0 },
    problems: [],
    readProblems: [],
    ...over,
  };
}

const withPeople = (...ids: number[]) => ({ ...aSessionState().ledger, people: people(...ids) });

test('a plan says why it was made, what was read, and who joined and left by their ids', () => {
  const before = aSessionState({ position: 'on', ledger: withPeople(1, 2) });

  const note = notePlan(before, aPlan({ ledger: withPeople(2, 3) }), 'after 1 hints');

  expect(note).toEqual({
    note: '0 steps; after 1 hints; 1 events, 2 learners, 0 instructors; joined 3; left 1',
    users: ['3', '1'],
  });
});

test('a plan that read no more than switches counts nothing', () => {
  const unread = { events: 0, learners: 0, instructors: 0, unread: true } as const;

  const { note } = notePlan(aSessionState(), aPlan({ position: 'off', counts: unread }), 'after 1 hints');

  expect(note).toBe('0 steps; off; after 1 hints; no more was read');
});

test('a plan that turns the switch says so, and one without news of people names nobody', () => {
  const note = notePlan(aSessionState(), aPlan(), 'second look');

  expect(note).toEqual({ note: '0 steps; on; second look; 1 events, 2 learners, 0 instructors' });
});

test('an entry stays short however many join', () => {
  const ids = Array.from({ length: 500 }, (_, i) => 10_000 + i);

  const { note = '', users = [] } = notePlan(aSessionState(), aPlan({ ledger: withPeople(...ids) }), 'after 1 hints');

  expect(users).toHaveLength(10);
  expect(note).toContain('and 490 more');
  expect(note.length).toBeLessThan(250);
});

const outcome = { did: 'updated', graphEventId: 'g', generation: 1, mails: 'all', added: 0, removed: 0 } as const;
const row = {
  graphEventId: 'g',
  generation: 1,
  invitationHash: 'h',
  placeHash: 'p',
  peopleHash: 'q',
  startsAt: '2026-05-01T08:00:00.000Z',
  endsAt: '2026-05-01T09:00:00.000Z',
  answers: {},
};

test('a change of content says what of it changed; a cancellation says why', () => {
  const schedule = { startsAt: '2026-05-02T08:00:00.000Z', endsAt: row.endsAt, timeZone: 'Europe/Rome' };
  const base = { eventId: '101', generation: 1, graphEventId: 'g' };
  const change = { ...base, kind: 'updateContent', schedule, invitationHash: 'other', placeHash: 'p' } as PlanStep;
  const cancel = { ...base, kind: 'cancel', reason: 'session-deleted' } as PlanStep;

  expect(noteStep(change, row, outcome)).toBe('updated; mails all; +0 -0; time and text changed');
  expect(noteStep(change, row, { ...outcome, aliases: { k2: 'k1' } })).toBe(
    'updated; mails all; +0 -0; 1 kept under another address; time and text changed',
  );
  expect(noteStep(cancel, row, { ...outcome, did: 'cancelled' })).toBe('cancelled; mails all; +0 -0; session-deleted');
});
