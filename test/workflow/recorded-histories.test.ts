import { ApplicationFailure } from '@temporalio/common';
import { AS_FOUND, peopleHash } from '../../src/domain/ledger-hashes';
import { aLearner, anEvent, digest, keyOf, someFacts } from '../support/builders';
import { recordHistory } from '../support/record-history';
import { replay } from '../support/replay';
import { atRest, QUICK, SessionBench } from '../support/session-workers';

/**
 * Plays the paths that a session takes and replays each history against today's workflows; `recordHistory` keeps them. Those of all other
 * workflows: recorded-other-histories.test.ts.
 */

const future = (n: number, over = {}) =>
  anEvent({
    eventId: String(100 + n),
    startsAt: new Date(Date.now() + n * 86_400_000).toISOString(),
    endsAt: new Date(Date.now() + n * 86_400_000 + 3_600_000).toISOString(),
    ...over,
  });
const facts = (over: Parameters<typeof someFacts>[0] = {}) => someFacts({ events: [future(1)], ...over });

let bench: SessionBench;
beforeEach(async () => {
  bench = await SessionBench.open('recorded', { plain: true });
  bench.world.facts = facts();
  await bench.startWorkers();
});
afterEach(() => bench.close());

async function settled(): Promise<void> {
  await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);
}

const PATHS: Record<string, () => Promise<void>> = {
  publish: async () => {
    await bench.hint('54');
    await settled();
  },
  'burst-and-settle': async () => {
    await bench.hint('54');
    await settled();
    const plans = bench.world.count('planSession');
    for (let i = 0; i < 5; i++) await bench.hint('54');
    await bench.until('54', (s) => atRest(s) && bench.world.count('planSession') >= plans + 2);
  },
  'change-enrol-drop': async () => {
    await bench.hint('54');
    await settled();
    bench.world.facts = facts({
      events: [future(1, { name: 'New' }), future(2)],
      enrolments: [aLearner('1'), aLearner('3')],
    });
    await bench.hint('54');
    await bench.until('54', (s) => atRest(s) && s.ledger.events['102']?.graphEventId != null);
  },
  'failure-and-retry': async () => {
    bench.world.before = (name) => {
      if (name !== 'createCalendarEvent' || bench.world.count(name) > 1) return;
      throw ApplicationFailure.nonRetryable('no', 'GRAPH_ACCESS');
    };
    await bench.hint('54');
    await settled();
  },
  'hold-release-resync': async () => {
    await bench.hint('54');
    await settled();
    const args: [{ requestedBy: string }] = [{ requestedBy: 'operator-1' }];
    await bench.handle('54').executeUpdate('hold', { args });
    await bench.hint('54');
    await bench.handle('54').executeUpdate('release', { args });
    await bench.until('54', atRest);
    await bench.handle('54').executeUpdate('resync', { args });
    await bench.until('54', (s) => atRest(s) && s.adopted);
  },
  'roll-over': async () => {
    bench.world.pace = { ...QUICK, rollOverMs: 1_200 };
    await bench.hint('54');
    const { runId } = await bench.handle('54').describe();
    await bench.anotherRun('54', runId);
    await settled();
  },
  'answers-and-a-removed-event': async () => {
    await bench.hint('54');
    await settled();
    const event = { eventId: '101', graphEventId: (await bench.state('54')).ledger.events['101']!.graphEventId! };
    const answer = (n: number, response: 'accepted' | 'declined') => ({
      addressKey: keyOf(`user${n}@example.com`),
      response,
      respondedAt: new Date().toISOString(),
      namesakes: [],
    });
    const observe = (answers: readonly ReturnType<typeof answer>[], removed: readonly string[] = []) =>
      bench.handle('54').signal('rsvpObserved', {
        observedAt: new Date().toISOString(),
        events: [{ ...event, answers }],
        removed,
      });
    await observe([answer(1, 'accepted'), answer(2, 'declined')]);
    await bench.until('54', (s) => s.ledger.events['101']?.answers['2']?.[3] === 'declined');
    await observe([], [event.graphEventId]);
    await bench.until('54', (s) => atRest(s) && s.journal.some(({ what }) => what === 'removed'));
  },
  'taken-over': async () => {
    const [event] = bench.world.facts!.events;
    const row = {
      graphEventId: 'connect-1',
      generation: 1,
      invitationHash: AS_FOUND,
      placeHash: AS_FOUND,
      peopleHash: peopleHash(digest, ['user1@example.com', 'user2@example.com'].map(keyOf)),
      startsAt: event!.startsAt,
      endsAt: event!.endsAt,
      answers: {},
    };
    bench.world.found = { events: { '101': row }, present: [], answered: [], surplus: [] };
    await bench.hint('54', bench.aHint({ kind: 'backfill' }));
    await bench.until('54', (s) => atRest(s) && s.position === 'on');
  },
  deleted: async () => {
    await bench.hint('54');
    await settled();
    bench.world.reading = { kind: 'gone', readAs: '7/godadmin', evidence: 'absent-from-course' };
    await bench.hint('54');
    await bench.handle('54').result();
  },
};

test.each(Object.keys(PATHS))('the path "%s" replays', async (name) => {
  await PATHS[name]!();

  const history = await bench.handle('54').fetchHistory();

  expect(await replay({ [name]: history })).toEqual([]);
  recordHistory(name, history);
});
