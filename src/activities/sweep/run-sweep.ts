import type { SweepInput, SweepResult } from '../../contract/scheduled';
import type { HintKind } from '../../domain/hints';
import type { PlatformKey } from '../../domain/model';
import type { Clock, Digest, SessionHints } from '../../domain/ports';
import type { PlatformSettings } from '../../domain/settings';
import { chooseDeepReads, type DeepRead } from '../../domain/sweep/choose-deep-reads';
import { chooseHorizon } from '../../domain/sweep/choose-horizon';
import { planWalk } from '../../domain/sweep/plan-walk';
import { toMinutes, type CourseRow } from '../../domain/sweep/session-row';
import { boundRows, emptySweepMemory, type SweepMemory } from '../../domain/sweep/sweep-memory';
import type { Progress, SessionLister, SessionRegistry } from '../../domain/sweep/sweep-ports';
import type { SweepSettings } from '../../domain/sweep/sweep-settings';
import { measureCoverage } from './cover';
import { stopsSweep } from './stops-sweep';
import { createSweep, type Sweep } from './sweep';
import { SweepBudget } from './sweep-budget';
import { SweepState } from './sweep-state';
import { forgetAbsent } from './visit-course';
import { walkCourses, type SweepProgress } from './walk-courses';

export interface SweepPorts {
  readonly sessionListerOf: (platform: PlatformKey) => SessionLister;
  readonly registry: SessionRegistry;
  readonly hints: SessionHints;
  readonly settingsOf: (platform: PlatformKey) => { readonly plan: Pick<PlatformSettings['plan'], 'rsvp'> };
  readonly sweepSettingsOf: (platform: PlatformKey) => SweepSettings;
  readonly sweepProgress: Progress<SweepProgress>;
  readonly clock: Clock;
  readonly digest: Digest;
}

type Horizon = SweepResult['horizon'];

/** List the courses, visit those that are due, then read in depth what the rows called for, as far as the budget goes. */
export async function runSweep(ports: SweepPorts, input: SweepInput, kind: HintKind): Promise<SweepResult> {
  const { platform } = input;
  const memory = input.memory ?? emptySweepMemory;
  const sweep = await begin(ports, { platform, kind, memory });
  const { state, budget, settings, lister, startedAt } = sweep;
  const horizon = input.horizon === 'due' ? chooseHorizon({ memory, now: startedAt, ...settings }) : input.horizon;
  // Nothing is written for a frozen platform, so that nothing can be healed.
  if (ports.settingsOf(platform).plan.rsvp === 'frozen') {
    return finish(sweep, { horizon, memory, planned: 0, isOver: true });
  }

  const listing = await lister.listCourses();
  budget.spend(listing.calls);
  if (!listing.complete) state.noteUnreadable(listing.interruptedBy?.code ?? 'course-list-incomplete');
  if (stopsSweep(listing.interruptedBy)) state.stoppedBy = listing.interruptedBy.code;
  const { courses, complete: isOver } = listing;
  const { nearMs } = settings;
  const walk = planWalk({ courses, memory, horizon, now: state.now, nearMs, digest: ports.digest });
  await walkCourses(sweep, walk, ports.sweepProgress);
  if (listing.complete) await forgetCourses(sweep, courses);
  const samples = await readInDepth(sweep, memory, horizon);
  const full = noteFullWalk(sweep, { courses, isOver, memory, horizon });
  const left = { ...memory, ...samples, ...full, at: startedAt };
  return finish(sweep, { horizon, memory: left, planned: walk.length, isOver });
}

async function begin(
  ports: SweepPorts,
  { platform, kind, memory }: { readonly platform: PlatformKey; readonly kind: HintKind; readonly memory: SweepMemory },
): Promise<Sweep> {
  const now = ports.clock.now().toISOString();
  const earlier = ports.sweepProgress.last();
  // Told again at once: should this attempt die early, the next one still knows.
  if (earlier !== null) ports.sweepProgress.tell(earlier);
  const settings = ports.sweepSettingsOf(platform);
  const { standings, complete } = await ports.registry.listRunning(platform);
  return createSweep({
    ...ports,
    platform,
    kind,
    settings,
    startedAt: earlier?.startedAt ?? now,
    lister: ports.sessionListerOf(platform),
    state: new SweepState(memory, { standings, standingsComplete: complete, now }),
    budget: new SweepBudget(settings, earlier?.calls, earlier?.hints),
  });
}

/** Courses that the complete list of courses lacks: gone, or hidden from the API user; their sessions find out. */
async function forgetCourses(sweep: Sweep, courses: readonly CourseRow[]): Promise<void> {
  const { state } = sweep;
  const listed = new Set(courses.map(({ courseId }) => courseId));
  for (const courseId of state.knownCourses()) {
    if (listed.has(courseId)) continue;
    await forgetAbsent(sweep, courseId, { inside: new Set(), outside: new Set() });
    state.courses.delete(courseId);
  }
}

async function readInDepth(sweep: Sweep, memory: SweepMemory, horizon: Horizon) {
  const { state, budget, settings, kind } = sweep;
  const { nearMs } = settings;
  const choice = chooseDeepReads({
    queued: [...state.queued, ...findTroubled(sweep)],
    rows: state.rows,
    memory,
    hinted: state.hinted,
    horizon,
    now: state.now,
    nearMs,
    sampleSize: kind === 'backfill' ? 0 : settings.sampleSize,
    // While Docebo is busy or away, whatever is not urgent waits.
    room: state.stoppedBy === null || state.stoppedBy === 'max-calls' ? budget.room : 0,
  });
  await sweep.hint(choice.chosen);
  state.waiting += choice.waiting.length;
  const { sampleFrom, nearSampleFrom } = choice;
  return { sampleFrom, nearSampleFrom };
}

/** Failing and stuck workflows, whether or not their course was visited. */
function findTroubled({ state, settings }: Sweep): DeepRead[] {
  const queued = new Set(state.queued.map(({ sessionId }) => sessionId));
  const troubled: DeepRead[] = [];
  for (const [sessionId, { status, startedAt, courseId }] of state.standings) {
    if (queued.has(sessionId) || state.hinted.has(sessionId)) continue;
    const isStale = status === 'pending' && Date.parse(state.now) - Date.parse(startedAt) > settings.staleMs;
    if (status === 'error') troubled.push({ sessionId, courseId, reason: 'failing' });
    else if (isStale) troubled.push({ sessionId, courseId, reason: 'stale' });
  }
  return troubled;
}

/** Where the walk through all courses stands. */
function noteFullWalk(
  { state, startedAt }: Sweep,
  at: {
    readonly courses: readonly CourseRow[];
    readonly isOver: boolean;
    readonly memory: SweepMemory;
    readonly horizon: Horizon;
  },
): Pick<SweepMemory, 'fullFrom' | 'fullAt'> {
  const { courses, isOver, memory, horizon } = at;
  const from = memory.fullFrom ?? (horizon === 'all' ? startedAt : null);
  if (from === null) return { fullFrom: null, fullAt: memory.fullAt };
  const isLeft = ({ courseId, mayHaveSessions }: CourseRow): boolean => {
    const known = state.courses.get(courseId);
    return mayHaveSessions && known?.none !== true && (known?.at ?? -1) < (toMinutes(from) ?? 0);
  };
  const done = isOver && !courses.some(isLeft);
  return done ? { fullFrom: null, fullAt: from } : { fullFrom: from, fullAt: memory.fullAt };
}

async function finish(
  sweep: Sweep,
  end: {
    readonly horizon: Horizon;
    readonly memory: SweepMemory;
    readonly planned: number;
    readonly isOver: boolean;
  },
): Promise<SweepResult> {
  const { state, budget, settings } = sweep;
  const coverage = await measureCoverage(sweep);
  const { rows, forgotten } = boundRows(state.rows, settings.maxRows);
  return {
    horizon: end.horizon,
    memory: { ...end.memory, rows, courses: Object.fromEntries(state.courses) },
    sessions: state.rows.size,
    coursesVisited: state.visited,
    coursesPlanned: end.planned,
    differing: state.differing,
    hinted: budget.hints,
    reasons: state.reasons,
    waiting: state.waiting,
    doceboCalls: budget.spent,
    expectedCalls: budget.expected,
    finished: end.isOver && state.stoppedBy === null && state.visited === end.planned && state.waiting === 0,
    stoppedBy: state.stoppedBy,
    unreadable: state.unreadable,
    forgotten,
    coverage,
  };
}
