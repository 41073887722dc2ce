import { createPlanningActivities } from '../../../src/activities/plan-session';
import type { PlanSessionInput } from '../../../src/contract/activities';
import type { SessionLedger } from '../../../src/domain/plan';
import type { PlatformSettings } from '../../../src/domain/settings';
import { FakeTrainingSource } from '../../fakes/fake-training-source';
import { digest, emptyLedger, keyOf, ledgerOf, NOW, planSettings, someFacts } from '../../support/builders';

const settings = {
  plan: planSettings,
  routing: { defaultMailbox: 'training', routes: [] },
  answers: { writeBack: false, decline: { kind: 'keep' }, courseRules: [], mandatoryCourses: [] },
} as unknown as PlatformSettings;

const off = someFacts({ session: { rsvp: 'off' } });

function plan(ledger: SessionLedger, rsvp: 'on' | 'frozen' = 'on', over: Partial<PlanSessionInput> = {}) {
  const source = new FakeTrainingSource();
  source.readAs = '7/godadmin';
  source.put(off);
  const activities = createPlanningActivities({
    trainingSourceOf: () => source,
    settingsOf: () => ({ ...settings, plan: { ...planSettings, rsvp } }),
    keyOf,
    digest,
    clock: { now: () => new Date(NOW) },
  });
  const { sessionId } = off.session;
  const planned = activities.planSession({ platform: 'acme', sessionId, ledger, notOlderThan: NOW, ...over });
  return planned.then((result) => ({ ...result, calls: source.calls }));
}

test('a session without invitations of which nothing was written is read no further than its switches', async () => {
  const { plan: made } = await plan(emptyLedger);

  expect(made).toMatchObject({ position: 'off', steps: [], counts: { unread: true } });
});

test('one whose invitations stand is read whole, and they are withdrawn', async () => {
  const { plan: made } = await plan(ledgerOf(someFacts()));

  expect(made.counts).toEqual({ events: 1, learners: 0, instructors: 0 });
  expect(made.steps).toEqual([expect.objectContaining({ kind: 'cancel', reason: 'switched-off' })]);
});

test('one whose invitations were withdrawn is read whole too, as long as its ledger knows them', async () => {
  const ledger = ledgerOf(someFacts());
  const events = Object.fromEntries(
    Object.entries(ledger.events).map(([id, row]) => [id, { ...row, graphEventId: null }]),
  );

  const { plan: made } = await plan({ ...ledger, events });

  expect(made).toMatchObject({ position: 'off', steps: [] });
  expect(made.counts.unread).toBeUndefined();
});

test('a frozen platform is asked nothing, whatever stands in the calendar', async () => {
  for (const ledger of [emptyLedger, ledgerOf(someFacts())]) {
    const { plan: made, calls } = await plan(ledger, 'frozen');

    expect(calls).toEqual([]);
    expect(made).toMatchObject({ position: 'frozen', steps: [], counts: { unread: true } });
  }
});

test('an operator has a session of a frozen platform read all the same, and hears what could not be', async () => {
  const { plan: made, calls } = await plan(ledgerOf(someFacts()), 'frozen', { evenIfFrozen: true });

  expect(calls).toEqual(['readSession']);
  expect(made).toMatchObject({ position: 'frozen', steps: [] });
  expect(made.counts.unread).toBeUndefined();
});
