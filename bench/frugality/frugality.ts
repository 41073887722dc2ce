import { toFigure, type Figure, type Aim } from '../figure';
import type { BenchContext } from '../section';
import { seedCourse, seedSession, seedUsers } from '../world/an-academy';
import { WatchedWorld } from '../world/watched-world';
import { CHANGES, LIFE_WEBHOOKS, playLife, type Change, type ChangeStage } from './changes';
import { CostCounter, type Cost } from './cost-counter';
import { guideGraphCalls } from './guide-model';
import { pollFigures } from './poll';

/** The windows are shorter than the shipped ones; what they collect is the same. */
const PACE = { coalesceMs: 4_000, settleMs: 2_000 };

/** Counted, not timed: the same on any machine. */
export async function frugality(context: BenchContext): Promise<readonly Figure[]> {
  const watched = await WatchedWorld.open(context, { pace: PACE });
  try {
    const { docebo, doceboControl } = watched.world;
    const courseId = seedCourse(docebo, 'First aid');
    const learnerIds = seedUsers(docebo, 'Learner', 20);
    const instructorIds = seedUsers(docebo, 'Teacher', 1);
    const session = seedSession(docebo, { courseId, name: 'Spring', days: 2, learnerIds, instructorIds });
    const stage: ChangeStage = {
      docebo: doceboControl,
      session,
      newcomer: seedUsers(docebo, 'Newcomer', 1)[0]!,
      class: seedUsers(docebo, 'Class', 400),
      coalesceMs: PACE.coalesceMs,
    };
    docebo.tenant.changeSettings({ webhooks: { split: 'ones', parallelPerHost: 8 } });
    await watched.quiet();
    const counter = new CostCounter(watched, session.sessionId);
    const figures: Figure[] = [];
    for (const change of CHANGES) {
      const cost = await counter.costOf(() => change.act(stage), change.done);
      context.say(`  ${change.name}: ${JSON.stringify(cost)}`);
      figures.push(...toFigures(change, cost));
    }
    figures.push(await lifeFigure(watched, stage));
    return [...figures, ...(await pollFigures(watched))];
  } finally {
    await watched.close();
  }
}

async function lifeFigure(watched: WatchedWorld, stage: ChangeStage): Promise<Figure> {
  const { docebo } = watched.world;
  const learnerIds = seedUsers(docebo, 'Early', 3);
  const session = seedSession(docebo, { courseId: stage.session.courseId, name: 'Life', days: 1, learnerIds });
  const newcomers = seedUsers(docebo, 'Late', LIFE_WEBHOOKS);
  const { actions } = await new CostCounter(watched, session.sessionId).costOf(
    () => playLife(stage, session, newcomers),
    ({ ledger }) => Object.keys(ledger.people).length === learnerIds.length + newcomers.length,
  );
  const figure = `life of a session of one day: ${LIFE_WEBHOOKS} webhooks in 6 bursts`;
  return toFigure({ section: 'frugality', figure, value: actions, unit: 'Actions', aim: { atMost: 45 } });
}

function toFigures(change: Change, cost: Cost): Figure[] {
  const guide = guideGraphCalls(change.guide(cost.webhooks));
  const one = (value: number, unit: string, more: { readonly aim?: Aim; readonly against?: string } = {}): Figure =>
    toFigure({ section: 'frugality', figure: change.name, value, unit, ...more });
  return [
    one(cost.graph, 'Graph calls', { aim: change.graph, against: `guide: ${guide}` }),
    one(cost.docebo, 'Docebo calls'),
    one(cost.actions, 'Actions', { aim: change.actions }),
    one(cost.mails, 'mails'),
  ];
}
