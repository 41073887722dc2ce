import { toFigure, type Aim, type Figure } from '../figure';
import { openLoop } from '../load/loops';
import type { BenchContext } from '../section';
import { percentile } from '../statistics';
import { seedCourse, seedSession, seedUsers, type SeededSession } from '../world/an-academy';
import { graphCalls } from '../frugality/cost-counter';
import { watchCpu } from '../world/process-usage';
import { until, WatchedWorld } from '../world/watched-world';
import { ChangeClock } from './change-clock';

const RATES = [1, 10, 50];
const SESSIONS = 40;
/** The shipped ones. */
const PACE = { coalesceMs: 5_000, settleMs: 60_000 };
const LIMIT_MS = 120_000;

/** Enrolments of one person each, spread over sessions in turn: from Docebo's change to the calendar call that names the person. */
export async function e2e(context: BenchContext): Promise<readonly Figure[]> {
  const clock = new ChangeClock();
  const watched = await WatchedWorld.open(context, {
    pace: PACE,
    beforeListening: (_docebo, { app }) =>
      app.addHook('preHandler', (request, _reply, done) => {
        clock.saw(request.body);
        done();
      }),
  });
  try {
    const sessions = await publish(watched);
    const figures: Figure[] = [];
    for (const aSecond of RATES) {
      const phase = await play(watched, clock, sessions, { aSecond, seconds: context.quick ? 15 : 60 });
      context.say(`  ${aSecond}/s: ${phase.map(({ figure, value }) => `${figure} ${value.toFixed(2)}`).join('; ')}`);
      figures.push(...phase);
    }
    return figures;
  } finally {
    await watched.close();
  }
}

async function play(
  watched: WatchedWorld,
  clock: ChangeClock,
  sessions: readonly SeededSession[],
  load: { readonly aSecond: number; readonly seconds: number },
): Promise<Figure[]> {
  const { docebo, programs } = watched.world;
  const name = `Rate${load.aSecond}-`;
  const people = seedUsers(docebo, name, load.aSecond * load.seconds);
  const { api, worker, temporal } = programs;
  const [cpu, callsBefore] = [
    watchCpu({ api: api.pid, worker: worker.pid, temporal: temporal.pid }),
    graphCalls(watched),
  ];
  await openLoop(load, (n) => {
    const { sessionId } = sessions[n % sessions.length]!;
    clock.began(`${name}${n + 1}@academy.example`);
    docebo.academy.run([{ command: 'enrol', args: { sessionId, userIds: [people[n]!] } }]);
    return Promise.resolve(true);
  });
  await until('everybody to be invited', LIMIT_MS, async () => (clock.left === 0 ? true : null)).catch(() => undefined);
  const { left } = clock;
  const latenciesMs = clock.take();
  const one = (
    what: string,
    value: number,
    unit: string,
    more: { readonly aim?: Aim; readonly against?: string } = {},
  ) => toFigure({ section: 'e2e', figure: `${load.aSecond} changes/s: ${what}`, value, unit, ...more });
  const seconds = (share: number): number => percentile(latenciesMs, share) / 1_000;
  const beyond = (share: number): number => Math.max(0, seconds(share) - PACE.coalesceMs / 1_000);
  return [
    one('beyond the window, p50', beyond(0.5), 's', { against: `in all: ${seconds(0.5).toFixed(2)} s` }),
    one('beyond the window, p95', beyond(0.95), 's', {
      aim: { atMost: 5 },
      against: `in all: ${seconds(0.95).toFixed(2)} s`,
    }),
    one('not in the calendar', left, 'changes', { aim: { atMost: 0 }, against: `of ${people.length}` }),
    one('Graph calls', graphCalls(watched) - callsBefore, '', { against: cpuShares(cpu()) }),
  ];
}

/** Whose CPU it was: simulators and this harness must not be what is measured. */
function cpuShares({ own = NaN, ...others }: Readonly<Record<string, number>>): string {
  const all = Object.values(others).reduce((sum, seconds) => sum + seconds, own);
  const share = (seconds: number): string => `${((100 * seconds) / all).toFixed(0)} %`;
  const told = Object.entries(others).map(([name, seconds]) => `${name} ${share(seconds)}`);
  return `CPU: ${told.join(', ')}, simulators ${share(own)}`;
}

/** Every session is in the calendar before anything is measured. */
async function publish(watched: WatchedWorld): Promise<readonly SeededSession[]> {
  const { docebo, doceboControl } = watched.world;
  docebo.tenant.changeSettings({ webhooks: { parallelPerHost: 16 } });
  const courseId = seedCourse(docebo, 'First aid');
  const learnerIds = seedUsers(docebo, 'Learner', 3);
  const sessions = Array.from({ length: SESSIONS }, (_, n) =>
    seedSession(docebo, { courseId, name: `Class ${n}`, days: 1, learnerIds }),
  );
  await watched.quiet();
  for (const { sessionId } of sessions)
    await doceboControl.run('update-session', { sessionId, name: `Class ${sessionId}` });
  for (const { sessionId } of sessions) {
    await until(`session ${sessionId} to be published`, LIMIT_MS, async () => {
      const state = await watched.state(sessionId);
      return state !== null && state.lastChangeAt !== null && !state.busy ? true : null;
    });
  }
  return sessions;
}
