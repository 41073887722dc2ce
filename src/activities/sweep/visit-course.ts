import type { SessionId } from '../../domain/model';
import type { DeepRead } from '../../domain/sweep/choose-deep-reads';
import type { WalkStop } from '../../domain/sweep/plan-walk';
import { fingerprint, UNSEEN, type SessionRow } from '../../domain/sweep/session-row';
import { explains, isKnownOff, needsWorkflow, shouldHint, type Verdict } from '../../domain/sweep/should-hint';
import type { MemoryRow } from '../../domain/sweep/sweep-memory';
import type { SessionListing } from '../../domain/sweep/sweep-ports';
import { stopsSweep } from './stops-sweep';
import type { Sweep } from './sweep';
import { viewCourse, type CourseView } from './view-course';

/**
 * Reads the session list of one course and compares it with what is remembered. Sessions that differ are hinted at once; what else the rows
 * call for is queued. Of a list that may lack sessions nothing follows for those that it lacks: they stay remembered.
 */
export async function visitCourse(sweep: Sweep, stop: WalkStop): Promise<void> {
  const { state, budget, lister } = sweep;
  const { courseId } = stop.course;
  const listing = await lister.listSessionRows({ courseId, from: state.now, to: null });
  budget.spend(listing.calls);
  switch (listing.kind) {
    case 'sessions':
      await compareRows(sweep, stop, listing);
      if (!listing.complete) state.noteUnreadable(listing.interruptedBy?.code ?? 'incomplete');
      if (stopsSweep(listing.interruptedBy)) state.stoppedBy = listing.interruptedBy.code;
      return;
    case 'no-sessions':
      state.courses.set(courseId, { at: state.nowMinutes, row: stop.row, none: true });
      return forgetAbsent(sweep, courseId, { inside: new Set(), outside: new Set() });
    case 'gone':
      // The list of courses has it: the next sweep's will tell.
      state.noteUnreadable('gone');
      noteVisit(sweep, stop);
  }
}

/** Also of a course whose list could not be read, so that it does not come first for ever. */
export function noteVisit({ state }: Sweep, { course, row }: WalkStop): void {
  state.courses.set(course.courseId, { row, ...state.courses.get(course.courseId), at: state.nowMinutes });
}

/** Sessions that their course has no more: their workflows find out whether they were deleted, moved, or only hidden. */
export async function forgetAbsent(
  sweep: Sweep,
  courseId: string,
  listed: { readonly inside: ReadonlySet<SessionId>; readonly outside: ReadonlySet<SessionId> },
): Promise<void> {
  const { state } = sweep;
  const gone = state.runningIn(courseId).filter((id) => !listed.inside.has(id) && !listed.outside.has(id));
  await sweep.hintDiffering(gone.map((sessionId) => ({ sessionId, courseId, reason: 'vanished' })));
  for (const sessionId of state.rememberedIn(courseId)) {
    const isElsewhere = state.rows.get(sessionId)?.courseId !== courseId;
    if (!isElsewhere && !listed.inside.has(sessionId)) state.rows.delete(sessionId);
  }
}

async function compareRows(
  sweep: Sweep,
  stop: WalkStop,
  listing: Extract<SessionListing, { kind: 'sessions' }>,
): Promise<void> {
  const { state } = sweep;
  const course = await viewCourse(sweep, stop, listing.rows);
  const cases = listing.rows.map((row) => ({ row, known: state.rows.get(row.sessionId) ?? null, course }));
  const first = cases.map((seen) => judge(sweep, seen));
  await sweep.inspect(cases.flatMap(({ row }, i) => (first[i]?.kind === 'inspect' ? [row.sessionId] : [])));

  const differing: DeepRead[] = [];
  cases.forEach((seen, i) => {
    const verdict = settle(sweep, seen, first[i] ?? SETTLED);
    remember(sweep, seen, verdict);
    if (verdict.kind !== 'hint') return;
    const { sessionId, courseId } = seen.row;
    const read = { sessionId, courseId, reason: verdict.reason };
    if (verdict.reason === 'differs') differing.push(read);
    else state.queued.push(read);
  });
  const late = new Set(await sweep.hintDiffering(differing));
  for (const seen of cases) if (late.has(seen.row.sessionId)) putOff(sweep, seen);

  if (!listing.complete) return;
  const inside = new Set(listing.rows.map((row) => row.sessionId));
  await forgetAbsent(sweep, stop.course.courseId, { inside, outside: new Set(listing.outside) });
}

interface Seen {
  readonly row: SessionRow;
  readonly known: MemoryRow | null;
  readonly course: CourseView;
}

const SETTLED: Verdict = { kind: 'settled' };

function judge({ state, settings, digest }: Sweep, { row, known, course }: Seen): Verdict {
  return shouldHint({
    row,
    before: known,
    standing: state.standingOf(row.sessionId),
    standingsComplete: state.standingsComplete,
    courseRsvp: course.rsvp,
    courseChanged: course.changed,
    now: state.now,
    staleMs: settings.staleMs,
    digest,
  });
}

/** What becomes of a row whose workflow was to be asked. One that did not answer is hinted if the row changed, else left for the next sweep. */
function settle({ state }: Sweep, { row, known }: Seen, verdict: Verdict): Verdict {
  if (verdict.kind !== 'inspect') return verdict;
  const inspection = state.inspections.get(row.sessionId);
  if (inspection !== undefined) return explains(inspection, row) ? SETTLED : { kind: 'hint', reason: 'differs' };
  return known === null || known.print.texts === UNSEEN ? verdict : { kind: 'hint', reason: 'differs' };
}

function remember({ state, digest }: Sweep, seen: Seen, verdict: Verdict): void {
  const { row, known, course } = seen;
  const { sessionId, courseId } = row;
  const print = fingerprint(row, digest);
  const status = state.standingOf(sessionId)?.status ?? null;
  const isOff = known !== null && status === null && !course.changed && isKnownOff(known, print);
  const mark = verdict.kind === 'inspect' ? 'unknown' : isOff ? 'none' : markOf(seen, verdict, status);
  const catchesUp = state.inspections.get(sessionId)?.busy === true && known !== null && known.gapSince !== null;
  state.marks.set(sessionId, mark);
  state.rows.set(sessionId, {
    courseId,
    print: verdict.kind === 'inspect' ? { ...print, texts: UNSEEN } : print,
    asked: isOff,
    gapSince: mark === 'lagging' || catchesUp ? (known?.gapSince ?? state.nowMinutes) : null,
  });
}

function markOf(
  { row, course }: Seen,
  verdict: Verdict,
  status: string | null,
): 'covered' | 'lagging' | 'none' | 'unknown' {
  if (status !== null) return verdict.kind === 'hint' ? 'lagging' : status === 'off' ? 'none' : 'covered';
  if (needsWorkflow(row, course.rsvp) === 'no') return 'none';
  const isOn = row.rsvp === 'on' || course.rsvp === true;
  return verdict.kind === 'hint' && isOn ? 'lagging' : 'unknown';
}

/** There was no room to hint it: it must differ the next time as well. */
function putOff({ state, digest }: Sweep, { row, known }: Seen): void {
  const lags = { courseId: row.courseId, asked: false, gapSince: known?.gapSince ?? state.nowMinutes };
  state.rows.set(row.sessionId, { ...lags, print: known?.print ?? { ...fingerprint(row, digest), texts: UNSEEN } });
}
