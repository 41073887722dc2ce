import { seedCourse, seedSession, seedUsers } from '../world/an-academy';
import { toFigure, type Figure } from '../figure';
import type { BenchContext } from '../section';
import { untilIdle } from '../world/until-idle';
import { WatchedWorld } from '../world/watched-world';
import { toGrowthFigures, type Measure, type Sample } from './growth';
import { measureSize } from './measure-size';
import { placeSessions } from './place-sessions';
import { publishBySweep } from './publish';

const PACE = { coalesceMs: 500, settleMs: 1_000 };
const LEARNERS = 10;
const DAY_MS = 86_400_000;

/** `fixed` is what a run takes with next to nothing to do, on a slow machine. */
const MEASURES: readonly Measure[] = [
  { key: 'starts', name: 'worker killed: serves again after', unit: 's', fixed: 10 },
  { key: 'firstReading', name: 'worker killed: first reading after', unit: 's', fixed: 12 },
  { key: 'cold', name: 'memory of the worker, just started', unit: 'MiB', fixed: 300 },
  { key: 'warm', name: 'memory of the worker, all run once', unit: 'MiB', fixed: 300 },
  { key: 'api', name: 'memory of the api', unit: 'MiB', fixed: 200 },
  { key: 'temporal', name: 'memory of Temporal', unit: 'MiB', fixed: 200 },
  { key: 'data', name: "Temporal's database", unit: 'MiB', fixed: 5 },
  { key: 'fullSweep', name: 'sweep of everything', unit: 's', fixed: 5 },
  { key: 'fullSweepCpu', name: 'sweep of everything, processor time', unit: 's', fixed: 3 },
  { key: 'fullSweepCalls', name: 'sweep of everything', unit: 'Docebo calls', fixed: 10 },
  { key: 'nearSweep', name: 'sweep of the next 14 days', unit: 's', fixed: 5 },
  { key: 'nearSweepCalls', name: 'sweep of the next 14 days', unit: 'Docebo calls', fixed: 10 },
  { key: 'firstPoll', name: 'first poll', unit: 's', fixed: 3 },
  { key: 'firstPollCpu', name: 'first poll, processor time', unit: 's', fixed: 2 },
  { key: 'firstPollCalls', name: 'first poll', unit: 'Graph calls', fixed: 3 },
  { key: 'nextPoll', name: 'poll with 50 answers', unit: 's', fixed: 3 },
  { key: 'nextPollCalls', name: 'poll with 50 answers', unit: 'Graph calls', fixed: 3 },
];

/** Many live sessions, each size in a world of its own. */
export async function scale(context: BenchContext): Promise<readonly Figure[]> {
  const { quick, say } = context;
  const figures = await inWorld(context, (watched) => publish(watched, quick ? 50 : 200));
  const samples: Sample[] = [];
  for (const sessions of quick ? [200, 1_000] : [1_000, 5_000, 10_000]) {
    const values = await inWorld(context, async (watched) => {
      const rate = await place(watched, sessions);
      say(`  ${sessions} sessions placed, ${rate.toFixed(0)} a second`);
      return measureSize(watched, sessions);
    });
    say(`  ${sessions} sessions: ${JSON.stringify(values)}`);
    samples.push({ sessions, values });
  }
  return [...figures, ...toGrowthFigures('scale', MEASURES, samples)];
}

async function inWorld<T>(context: BenchContext, act: (watched: WatchedWorld) => Promise<T>): Promise<T> {
  const watched = await WatchedWorld.open(context, { pace: PACE });
  try {
    return await act(watched);
  } finally {
    await watched.close();
  }
}

/** By the product from one end to the other: a sweep finds them, their workflows read Docebo and write the calendar. */
async function publish(watched: WatchedWorld, count: number): Promise<Figure[]> {
  const { sessionsASecond, events, bytes } = await publishBySweep(
    watched,
    count,
    seedUsers(watched.world.docebo, 'Learner', LEARNERS),
  );
  const one = { section: 'scale', figure: `${count} sessions that a sweep finds, published` };
  return [
    toFigure({ ...one, value: sessionsASecond, unit: 'a second', against: "8 in the long run by a mailbox's quota" }),
    toFigure({ ...one, value: events, unit: 'events in a history' }),
    toFigure({ ...one, value: bytes / 1024, unit: 'KiB of history' }),
  ];
}

/** A session that the product publishes itself, and copies of it. */
async function place(watched: WatchedWorld, count: number): Promise<number> {
  const { docebo, doceboControl } = watched.world;
  const courseId = seedCourse(docebo, 'First aid');
  const learnerIds = seedUsers(docebo, 'Learner', LEARNERS);
  const model = seedSession(docebo, { courseId, name: 'Model', days: 1, learnerIds, timezone: 'UTC' });
  const { sessionId } = model;
  await doceboControl.run('update-session', { sessionId, name: 'Published' });
  const state = await watched.settled(sessionId, ({ lastChangeAt }) => lastChangeAt !== null);
  const ids = { courseId, sessionId, eventId: model.eventIds[0]! };
  const pace = { ...PACE, retryMs: [60_000], graceMs: 7 * DAY_MS, rollOverMs: 30 * DAY_MS, hintMemoryMs: 7 * DAY_MS };
  const rate = await placeSessions(watched, { model: ids, state, pace, count });
  await untilIdle(watched.world.programs.worker.pid);
  return rate;
}
