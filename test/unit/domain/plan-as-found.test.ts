import { AS_FOUND } from '../../../src/domain/ledger-hashes';
import type { LedgerEvent, SessionLedger } from '../../../src/domain/plan';
import { afterSteps, aLearner, anEvent, ledgerOf, NOW, outline, planOf, someFacts } from '../../support/builders';

const ROOM = { name: 'Room 4', details: '', seats: '', equipment: '' };

/** The ledger of a session whose event somebody else made. */
function adopted(over: Partial<LedgerEvent> = {}): SessionLedger {
  const ledger = ledgerOf(someFacts());
  const row = { ...ledger.events['101']!, invitationHash: AS_FOUND, placeHash: AS_FOUND, ...over };
  return { ...ledger, events: { 101: row } };
}

describe('an event that was adopted as found', () => {
  it.each([
    ['the inputs are those of Docebo', someFacts()],
    ['the inputs were never seen before', someFacts({ session: { name: 'Other' } })],
    ['it hides its attendees', someFacts({ course: { hideAttendees: true } })],
    ['it is in a room', someFacts({ events: [anEvent({ classroom: ROOM })] })],
  ])('is left alone, and counts as what Docebo has from then on: %s', (_what, facts) => {
    const plan = planOf(facts, adopted());
    const after = afterSteps(adopted(), plan);

    expect(outline(plan)).toEqual([]);
    expect(after.events['101']?.invitationHash).not.toBe(AS_FOUND);
    expect(after.events['101']?.placeHash).not.toBe(AS_FOUND);
    expect(planOf(facts, after)).toMatchObject({ steps: [] });
    expect(planOf(facts, after).baselines).toBeUndefined();
  });

  it('gets its text when an input changes later', () => {
    const before = afterSteps(adopted(), planOf(someFacts(), adopted()));

    const [step] = planOf(someFacts({ session: { name: 'Other' } }), before).steps;

    expect(step).toMatchObject({ kind: 'updateContent', render: true });
  });

  it('is moved where it stands at another time, with its text as it is', () => {
    const ledger = adopted({ startsAt: '2026-06-01T06:00:00.000Z' });

    const plan = planOf(someFacts(), ledger);

    expect(plan.steps).toMatchObject([{ kind: 'updateContent', render: false }]);
    expect(plan.baselines).toBeUndefined();
    expect(planOf(someFacts(), afterSteps(ledger, plan)).steps).toEqual([]);
  });

  it('gets and loses people like any other', () => {
    const ledger = adopted();

    const plan = planOf(someFacts({ enrolments: [aLearner('1'), aLearner('3')] }), ledger);

    expect(outline(plan)).toEqual(['updateAttendees/all 101']);
    expect(plan.baselines).toMatchObject({ 101: { invitationHash: expect.any(String) as string } });
  });

  it('is cancelled when the session is switched off', () => {
    expect(outline(planOf(someFacts({ session: { rsvp: 'off' } }), adopted()))).toEqual(['cancel 101']);
  });

  it('is left alone for good once it is over', () => {
    const facts = someFacts({
      events: [anEvent({ startsAt: '2026-04-01T07:00:00.000Z', endsAt: '2026-04-01T15:00:00.000Z' })],
    });
    const ledger = adopted({ startsAt: '2026-04-01T07:00:00.000Z', endsAt: '2026-04-01T15:00:00.000Z' });

    expect(planOf(facts, ledger, { now: NOW })).toMatchObject({ steps: [] });
    expect(planOf(facts, ledger, { now: NOW }).baselines).toBeUndefined();
  });
});
