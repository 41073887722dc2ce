import { AS_FOUND, peopleHash } from '../../src/domain/ledger-hashes';
import type { LedgerEvent } from '../../src/domain/plan';
import { anEvent, digest, keyOf, someFacts } from '../support/builders';
import { atRest, SessionBench } from '../support/session-workers';

const HOUR = 3_600_000;
const at = (hours: number): string => new Date(Math.ceil(Date.now() / HOUR) * HOUR + hours * HOUR).toISOString();
const event = anEvent({ eventId: '101', startsAt: at(24), endsAt: at(32) });
const present = ['user1@example.com', 'user2@example.com'].map(keyOf);

/** What the calendar shows of an event that somebody else made for the same two people. */
function foreign(over: Partial<LedgerEvent> = {}): LedgerEvent {
  return {
    graphEventId: 'connect-1',
    generation: 1,
    invitationHash: AS_FOUND,
    placeHash: AS_FOUND,
    peopleHash: peopleHash(digest, present),
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    answers: {},
    ...over,
  };
}

let bench: SessionBench;
beforeEach(async () => {
  bench = await SessionBench.open('take-over');
  bench.world.facts = someFacts({ events: [event] });
  bench.world.found = { events: { 101: foreign() }, present, answered: [], surplus: [] };
  await bench.startWorkers();
});
afterEach(() => bench.close());

const writes = () =>
  ['createCalendarEvent', 'updateCalendarEvent', 'updateAttendees', 'cancelCalendarEvent'].map((name) =>
    bench.world.count(name),
  );

test('an event that somebody else made is taken over with nothing written, until an input changes', async () => {
  await bench.hint('54', bench.aHint({ kind: 'backfill' }));
  const adopted = await bench.until('54', (s) => atRest(s) && s.position === 'on');
  const untouched = writes();
  bench.world.facts = someFacts({ events: [event], session: { name: 'Other' } });
  await bench.hint('54');
  await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);

  expect(untouched).toEqual([0, 0, 0, 0]);
  expect(adopted.ledger.events['101']).toMatchObject({ graphEventId: 'connect-1' });
  expect(adopted.ledger.events['101']?.invitationHash).toHaveLength(22);
  expect(writes()).toEqual([0, 1, 0, 0]);
  expect(bench.world.calls.updateCalendarEvent?.[0]).toMatchObject({ graphEventId: 'connect-1' });
});

test('a sample compares with the calendar by one plan, and mends what somebody changed there', async () => {
  await bench.hint('54', bench.aHint({ kind: 'backfill' }));
  const { ledger } = await bench.until('54', (s) => atRest(s) && s.position === 'on');
  const plans = bench.world.count('planSession');

  await bench.hint('54', bench.aHint({ kind: 'sample' }));
  const same = await bench.until('54', (s) => atRest(s) && bench.world.count('planSession') > plans);
  const plansOfTheSample = bench.world.count('planSession') - plans;
  const written = writes();
  bench.world.found = {
    events: { 101: foreign({ startsAt: at(20), endsAt: at(28) }) },
    present,
    answered: [],
    surplus: [],
  };
  await bench.hint('54', bench.aHint({ kind: 'sample' }));
  await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);

  expect(plansOfTheSample).toBe(1);
  expect(same.ledger.events).toEqual(ledger.events);
  expect(written).toEqual([0, 0, 0, 0]);
  expect(bench.world.calls.findCalendarEvents?.at(-1)).toMatchObject({ held: { 101: 'connect-1' } });
  expect(bench.world.calls.updateCalendarEvent?.[0]).toMatchObject({
    graphEventId: 'connect-1',
    invitation: null,
    schedule: { startsAt: event.startsAt },
  });
});
