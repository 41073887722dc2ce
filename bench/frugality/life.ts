import { setTimeout as sleep } from 'node:timers/promises';
import { toFigure, type Figure } from '../figure';
import type { BenchContext } from '../section';
import { seedCourse, seedSession, seedUsers } from '../world/an-academy';
import { WatchedWorld } from '../world/watched-world';
import { CostCounter } from './cost-counter';

/** A twelfth of the shipped pace and its 5 s to 60 s: bursts of one sitting share the second look, those hours apart do not. */
const PACE = { coalesceMs: 1_000, settleMs: 12_000 };
/** Missed by two: what the Actions are is in docs/benchmarks.md. */
const AIM = 45;
const BURSTS = [4, 4, 3, 3, 3, 3];
const WEBHOOKS = BURSTS.reduce((sum, webhooks) => sum + webhooks, 0);

/** A session of one day is published, then people come in bursts, a webhook each: in one sitting, or each burst when the last has settled. */
export async function lifeFigures(context: BenchContext): Promise<readonly Figure[]> {
  const watched = await WatchedWorld.open(context, { pace: PACE });
  try {
    watched.world.docebo.tenant.changeSettings({ webhooks: { split: 'ones' } });
    const actionsOf = async (apart: 'moments' | 'hours'): Promise<number> => {
      const cost = await play(watched, apart);
      context.say(`  ${WEBHOOKS} webhooks, bursts ${apart} apart: ${JSON.stringify(cost)}`);
      return cost.actions;
    };
    const one = { section: 'frugality', unit: 'Actions' };
    const life = `session of one day: ${WEBHOOKS} webhooks in ${BURSTS.length} bursts`;
    return [
      toFigure({ ...one, figure: `${life} of one sitting`, value: await actionsOf('moments'), aim: { atMost: AIM } }),
      toFigure({ ...one, figure: `${life}, hours apart`, value: await actionsOf('hours') }),
    ];
  } finally {
    await watched.close();
  }
}

async function play(watched: WatchedWorld, apart: 'moments' | 'hours') {
  const { docebo, doceboControl } = watched.world;
  const courseId = seedCourse(docebo, `Life of ${apart}`);
  const learnerIds = seedUsers(docebo, `Early${apart}`, 3);
  const { sessionId } = seedSession(docebo, { courseId, name: 'Life', days: 1, learnerIds });
  const waiting = [...seedUsers(docebo, `Late${apart}`, WEBHOOKS)];
  const seats = learnerIds.length + waiting.length;
  return new CostCounter(watched, sessionId).costOf(
    async () => {
      for (const webhooks of BURSTS) {
        for (let n = 0; n < webhooks; n++)
          await doceboControl.run('enrol', { sessionId, userIds: waiting.splice(0, 1) });
        await doceboControl.whenIdle();
        await sleep(3 * PACE.coalesceMs);
        if (apart === 'hours') await watched.settled(sessionId, () => true);
      }
    },
    ({ ledger }) => Object.keys(ledger.people).length === seats,
  );
}
