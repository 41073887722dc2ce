import type { WalkStop } from '../../domain/sweep/plan-walk';
import { shortHash, type SessionRow } from '../../domain/sweep/session-row';
import type { CourseLook } from '../../domain/sweep/sweep-ports';
import { stopsSweep } from './stops-sweep';
import type { Sweep } from './sweep';

/** What is known of a course when its rows are judged. */
export interface CourseView {
  /** Its RSVP default; null: not known. */
  readonly rsvp: boolean | null;
  /** What invitations show of it is not as remembered. */
  readonly changed: boolean;
}

const CALLS = 2;

/**
 * Docebo's list of courses tells that something about a course changed. What it was costs two calls, which are worth it only where a session
 * depends on it: to hint all sessions of a course costs more.
 */
export async function viewCourse(
  sweep: Sweep,
  { course, row }: WalkStop,
  sessions: readonly SessionRow[],
): Promise<CourseView> {
  const { state, digest } = sweep;
  const { courseId } = course;
  const known = state.courses.get(courseId);
  const at = state.nowMinutes;
  const rowChanged = known !== undefined && known.row !== row;
  const remembered = rowChanged ? undefined : known?.rsvp;
  const rsvp = course.rsvp ?? remembered ?? null;

  const looked = rowChanged && sessions.some((session) => isLookedAfter(sweep, session));
  if (!looked && !(rsvp === null && sessions.some((session) => isUndecided(sweep, session)))) {
    const facts = known?.facts;
    state.courses.set(courseId, { at, row, ...(facts !== undefined && { facts }), ...(rsvp !== null && { rsvp }) });
    return { rsvp, changed: false };
  }
  const look = sweep.budget.has(CALLS) ? await lookAt(sweep, courseId) : null;
  if (look === null) {
    // The row stays as it was, so that the next sweep looks.
    state.courses.set(courseId, { row, ...known, at });
    return { rsvp, changed: false };
  }
  const facts = shortHash(digest, look.facts);
  const told = course.rsvp ?? look.rsvp;
  state.courses.set(courseId, { at, row, facts, ...(told !== null && { rsvp: told }) });
  return { rsvp: told, changed: rowChanged && known.facts !== facts };
}

/** It has a workflow, or had one that ended because the switch was off. */
function isLookedAfter({ state }: Sweep, { sessionId }: SessionRow): boolean {
  return state.standingOf(sessionId) !== null || state.rows.get(sessionId)?.asked === true;
}

/** It has no workflow, and whether it needs one hangs on the course. */
function isUndecided(sweep: Sweep, session: SessionRow): boolean {
  const hangsOnCourse = session.events !== 0 && (session.rsvp === null || session.rsvp === 'inherit');
  return hangsOnCourse && !isLookedAfter(sweep, session);
}

async function lookAt({ state, budget, lister }: Sweep, courseId: string): Promise<CourseLook | null> {
  try {
    const look = await lister.lookAtCourse(courseId);
    budget.spend(look?.calls ?? 1);
    return look;
  } catch (error) {
    if (stopsSweep(error)) state.stoppedBy = error.code;
    else state.noteUnreadable(codeOf(error));
    return null;
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}
