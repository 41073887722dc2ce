import { describePlan } from '../../../src/domain/describe-plan';
import type { RosterPerson, SessionLedger, SessionPlan } from '../../../src/domain/plan';

const ledger: SessionLedger = {
  courseId: '190',
  mailbox: 'training',
  people: {},
  departed: [],
  events: {},
  factsHash: null,
  readAs: null,
};

function person(userId: string, events: RosterPerson['events'] = 'all'): RosterPerson {
  return {
    userId,
    address: `${userId}@example.com`,
    name: userId,
    addressKey: `key-${userId}`,
    role: 'learner',
    events,
  };
}

function described(steps: readonly object[], roster: readonly RosterPerson[], placed: readonly string[]) {
  const plan = { steps, roster } as unknown as SessionPlan;
  return describePlan(plan, ledger, new Set(placed)).map(({ kind, invitations, updates, cancellations }) => ({
    kind,
    invitations: invitations.map((p) => p.userId),
    updates: updates.map((p) => p.userId),
    cancellations,
  }));
}

describe('what a plan would mail', () => {
  it('invites everybody of a new event, and an instructor of another event not', () => {
    const create = { kind: 'create', eventId: '1', schedule: { startsAt: '2026-12-01T09:00:00.000Z' } };

    expect(described([create], [person('ada'), person('ben', ['2'])], [])).toEqual([
      { kind: 'create', invitations: ['ada'], updates: [], cancellations: 0 },
    ]);
  });

  it('updates those who stand on the event, not those who are still to come', () => {
    const update = { kind: 'updateContent', eventId: '1', render: true, placeHash: 'p' };

    expect(described([update], [person('ada'), person('ben')], ['key-ada'])).toEqual([
      { kind: 'updateContent', invitations: [], updates: ['ada'], cancellations: 0 },
    ]);
  });

  it('counts those who leave once, though they are taken off in two steps', () => {
    const step = { kind: 'updateAttendees', eventId: '1', remove: ['key-cy'] };
    const steps = [
      { ...step, phase: 'remove' },
      { ...step, phase: 'all' },
    ];

    expect(described(steps, [person('ada'), person('ben')], ['key-ada', 'key-cy'])).toEqual([
      { kind: 'updateAttendees', invitations: [], updates: [], cancellations: 1 },
      { kind: 'updateAttendees', invitations: ['ben'], updates: [], cancellations: 0 },
    ]);
  });

  it('tells everybody of a cancelled event', () => {
    const cancel = { kind: 'cancel', eventId: '1', reason: 'event-removed' };

    expect(described([cancel], [], ['key-ada', 'key-ben'])).toEqual([
      { kind: 'cancel', invitations: [], updates: [], cancellations: 2 },
    ]);
  });
});
