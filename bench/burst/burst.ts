import { toFigure, type Aim, type Figure } from '../figure';
import { hintKeysOf, storedHints } from '../load/stored-hints';
import type { BenchContext } from '../section';
import { percentile } from '../statistics';
import { seedCourse, seedSession, seedUsers } from '../world/an-academy';
import { watchCpu, watchMemory } from '../world/process-usage';
import { until, WatchedWorld } from '../world/watched-world';
import { sendAll, type Sent } from './send-all';

const SENDERS = 64;
const SESSIONS = 200;
const LEARNERS = 3;
/** The shipped window; the second look comes sooner than the shipped minute, so that the end can be waited for. */
const PACE = { coalesceMs: 5_000, settleMs: 2_000 };
const DRAIN_LIMIT_MS = 600_000;

/** Messages as fast as senders can, about sessions that are not in the calendar yet, while the worker works. */
export async function burst(context: BenchContext): Promise<readonly Figure[]> {
  const watched = await WatchedWorld.open(context, { pace: PACE });
  try {
    const sessionIds = seed(watched);
    await watched.quiet();
    const { api, worker, temporal } = watched.world.programs;
    const pids = { api: api.pid, worker: worker.pid, temporal: temporal.pid };
    const [memory, cpu] = [watchMemory(pids), watchCpu(pids)];
    const sent = await sendAll({
      url: watched.world.webhookUrl,
      senders: SENDERS,
      messages: context.quick ? 4_000 : 20_000,
      sessionIds,
    });
    context.say(`  ${sent.acknowledged.length} messages accepted in ${sent.seconds.toFixed(1)} s`);
    const acceptedAt = Date.now();
    for (const id of sessionIds) await untilAtRest(watched, id);
    const drainedAt = watched.world.lastRequestAt;
    const { before, most } = memory.end();
    const used = cpu();
    const stored = await storedHints(watched.client, sessionIds);
    const lost = sent.acknowledged.flatMap((id) => hintKeysOf(id, 1)).filter((key) => !stored.has(key)).length;
    const missing = sessionIds.length - countPublished(watched);
    const cpuText = Object.entries(used).map(([name, seconds]) => `${name} ${seconds.toFixed(0)}`);
    return [
      ...toSendFigures(sent),
      one('hints answered with 200 and lost', lost, 'hints', { aim: { atMost: 0 } }),
      one('drained after the last answer', Math.max(0, drainedAt - acceptedAt) / 1_000, 's', {
        against: `CPU seconds: ${cpuText.join(', ')} (senders and simulators)`,
      }),
      one('sessions that are not in the calendar', missing, 'sessions', { aim: { atMost: 0 } }),
      ...(['api', 'worker'] as const).map((name) =>
        one(`memory of ${name} at most`, most[name]!, 'MiB', { against: `before: ${before[name]!.toFixed(0)} MiB` }),
      ),
    ];
  } finally {
    await watched.close();
  }
}

function one(
  figure: string,
  value: number,
  unit: string,
  more: { readonly aim?: Aim; readonly against?: string } = {},
) {
  return toFigure({ section: 'burst', figure, value, unit, ...more });
}

function toSendFigures({ acknowledged, seconds, again, latenciesMs }: Sent): Figure[] {
  const count = acknowledged.length.toLocaleString('en');
  return [
    one(`${count} webhooks of ${SENDERS} senders accepted in`, seconds, 's'),
    one('webhooks accepted', acknowledged.length / seconds, '/s'),
    one('sent again after another answer than 200', again, 'messages'),
    one('answer, p50', percentile(latenciesMs, 0.5), 'ms'),
    one('answer, p99', percentile(latenciesMs, 0.99), 'ms'),
  ];
}

function seed({ world: { docebo } }: WatchedWorld): readonly number[] {
  const courseId = seedCourse(docebo, 'First aid');
  const learnerIds = seedUsers(docebo, 'Learner', LEARNERS);
  return Array.from({ length: SESSIONS }, (_, n) => {
    return seedSession(docebo, { courseId, name: `Class ${n}`, days: 1, learnerIds }).sessionId;
  });
}

async function untilAtRest(watched: WatchedWorld, sessionId: number): Promise<void> {
  await until(`session ${sessionId} to rest`, DRAIN_LIMIT_MS, async () => {
    const state = await watched.state(sessionId);
    const rests = state !== null && !state.busy && state.inbox.count === 0 && state.settleAt === null;
    return rests && state.lastPlanAt !== null ? true : null;
  });
}

/** Events with everybody in it; each session has one. */
function countPublished({ world: { microsoft } }: WatchedWorld): number {
  const events = Object.values(microsoft.state.data.events);
  return events.filter(({ attendees, isCancelled }) => !isCancelled && attendees.length === LEARNERS).length;
}
