import { toFigure, type Figure, type Aim } from '../figure';
import type { BenchContext } from '../section';
import { seedCourse, seedSession, seedUsers } from '../world/an-academy';
import { WatchedWorld } from '../world/watched-world';
import { CHANGES, type Change, type ChangeStage } from './changes';
import { CostCounter, type Cost } from './cost-counter';
import { guideGraphCalls } from './guide-model';
import { lifeFigures } from './life';
import { pollFigures } from './poll';

/** The windows are shorter than the shipped ones; what they collect is the same. */
const PACE = { coalesceMs: 4_000, settleMs: 2_000 };

/** Whose switch is off, and the Docebo calls of two looks. */
const OFF = [
  { by: 'session', docebo: 2 },
  { by: 'course', docebo: 4 },
] as const;

/** Counted, not timed: the same on any machine. */
export async function frugality(context: BenchContext): Promise<readonly Figure[]> {
  return [...(await changeFigures(context)), ...(await lifeFigures(context))];
}

async function changeFigures(context: BenchContext): Promise<readonly Figure[]> {
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
      class: seedUsers(docebo, 'Class', 478),
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
    return [...figures, ...(await offFigures(watched, context)), ...(await pollFigures(watched, context))];
  } finally {
    await watched.close();
  }
}

/** Of academies whose invitations are mostly off. Such a session's workflow ends; each burst of webhooks begins a new one. */
async function offFigures(watched: WatchedWorld, { say }: BenchContext): Promise<readonly Figure[]> {
  const { docebo, doceboControl } = watched.world;
  const figures: Figure[] = [];
  for (const { by, docebo: atMost } of OFF) {
    const learnerIds = seedUsers(docebo, `Of${by}`, 20);
    const instructorIds = seedUsers(docebo, `By${by}`, 1);
    const courseId = seedCourse(docebo, `Off by its ${by}`, { rsvp: by === 'session' });
    const rsvp = by === 'session' ? 'off' : 'inherit';
    const session = seedSession(docebo, { courseId, name: 'Off', days: 2, learnerIds, instructorIds, rsvp });
    const { sessionId } = session;
    const cost = await new CostCounter(watched, sessionId).costOf(
      () => doceboControl.run('update-session', { sessionId, maxEnroll: 601 }),
      ({ journal, position }) => position === 'off' && journal.filter(({ what }) => what === 'plan').length >= 2,
    );
    say(`  off by its ${by}: ${JSON.stringify(cost)}`);
    const one = { section: 'frugality', figure: `webhook of a session without invitations, off by its ${by}` };
    figures.push(
      toFigure({ ...one, value: cost.docebo, unit: 'Docebo calls', aim: { atMost } }),
      toFigure({ ...one, value: cost.graph, unit: 'Graph calls' }),
      toFigure({ ...one, value: cost.actions, unit: 'Actions' }),
    );
  }
  return figures;
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
