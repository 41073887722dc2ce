import type { LedgerEvent } from '../../../../src/domain/plan';
import { inspectSession } from '../../../../src/domain/sweep/session-standing';
import { ledgerOf, NOW, anEvent, aLearner, someFacts } from '../../../support/builders';
import { aState } from '../../../support/sweep-builders';

describe('what a session says of itself', () => {
  it('counts learners and events in the calendar, not what is over or withdrawn', () => {
    const events = ['101', '102', '103'].map((eventId, i) =>
      anEvent({ eventId, startsAt: `2026-06-0${i + 1}T07:00:00.000Z`, endsAt: `2026-06-0${i + 1}T15:00:00.000Z` }),
    );
    const facts = someFacts({ events, enrolments: [aLearner('1'), aLearner('2')], session: { instructors: ['9'] } });
    const ledger = ledgerOf(facts);
    const withdrawn: LedgerEvent = { ...ledger.events['103']!, graphEventId: null };

    const state = aState({ ledger: { ...ledger, events: { ...ledger.events, 103: withdrawn } } });

    expect(inspectSession(state, '2026-06-01T15:00:00.000Z').ledger).toEqual({ learners: 2, live: 1, ended: 1 });
  });

  it.each([
    ['hints wait', { inbox: { count: 1 } }, true],
    ['a plan is under way', { busy: true }, true],
    ['nothing waits', {}, false],
  ])('is busy or not: %s', (_what, over, busy) => {
    expect(inspectSession(aState(over), NOW).busy).toBe(busy);
  });

  it('fails since its oldest failure', () => {
    const failures = [{ since: NOW }, { since: '2026-04-30T00:00:00.000Z' }];

    expect(inspectSession(aState({ failures }), NOW).failingSince).toBe('2026-04-30T00:00:00.000Z');
    expect(inspectSession(aState({ held: {} }), NOW)).toMatchObject({ failingSince: null, held: true });
  });
});
