import type { CourseId, Instant } from '../model';
import type { Digest } from '../ports';
import { shortHash, toMinutes, type CourseRow } from './session-row';
import { unpackRow, type SweepMemory } from './sweep-memory';

export interface WalkInput {
  readonly courses: readonly CourseRow[];
  readonly memory: SweepMemory;
  readonly horizon: 'near' | 'all';
  readonly now: Instant;
  readonly nearMs: number;
  readonly digest: Digest;
}

/** A course whose session list is to be read; one call for each 200 sessions. */
export interface WalkStop {
  readonly course: CourseRow;
  /** Hash of its row now. */
  readonly row: string;
}

/**
 * Which courses are visited, in which order. `near`: those that are new or whose own row changed, those with a session near at hand, then
 * what an unfinished walk through all courses has left. `all`: every course, or what is left of them, whatever was visited longest ago
 * first, so that a budget that is too small for one sweep still gets round.
 */
export function planWalk(input: WalkInput): WalkStop[] {
  const { memory, horizon, now, nearMs, digest } = input;
  const nearUntil = (toMinutes(now) ?? 0) + nearMs / 60_000;
  const near = coursesWithin(memory, toMinutes(now) ?? 0, nearUntil);
  const fullFrom = toMinutes(memory.fullFrom);
  const ranked: { readonly stop: WalkStop; readonly rank: number; readonly visited: number }[] = [];

  for (const course of input.courses) {
    const row = shortHash(digest, course.details);
    const known = memory.courses[course.courseId];
    if (!course.mayHaveSessions || (known?.none === true && known.row === row)) continue;
    const visited = known?.at ?? -1;
    const left = fullFrom === null ? horizon === 'all' : visited < fullFrom;
    if (known === undefined || known.row !== row) ranked.push({ stop: { course, row }, rank: 0, visited });
    else if (near.has(course.courseId)) ranked.push({ stop: { course, row }, rank: 1, visited });
    else if (left) ranked.push({ stop: { course, row }, rank: 2, visited });
  }
  const byRank = horizon === 'near' ? 1 : 0;
  ranked.sort((a, b) => (a.rank - b.rank) * byRank || a.visited - b.visited);
  return ranked.map(({ stop }) => stop);
}

/** Courses with a session that is under way or begins before `until`. */
function coursesWithin(memory: SweepMemory, now: number, until: number): Set<CourseId> {
  const courses = new Set<CourseId>();
  for (const packed of Object.values(memory.rows)) {
    const row = unpackRow(packed);
    if (row !== null && isNear(row.print, now, until)) courses.add(row.courseId);
  }
  return courses;
}

/** Whether a session is under way or begins soon; one without dates is neither. All in minutes. */
export function isNear(
  { starts, ends }: { readonly starts: number | null; readonly ends: number | null },
  now: number,
  until: number,
): boolean {
  return starts !== null && starts <= until && (ends ?? starts) >= now;
}
