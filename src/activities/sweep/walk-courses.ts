import { AppError } from '../../domain/errors';
import type { CourseId, Instant } from '../../domain/model';
import type { WalkStop } from '../../domain/sweep/plan-walk';
import type { Progress } from '../../domain/sweep/sweep-ports';
import { stopsSweep } from './stops-sweep';
import type { Sweep } from './sweep';
import { noteVisit, visitCourse } from './visit-course';

/** How far a sweep got, for a later attempt of the same one. */
export interface SweepProgress {
  readonly v: 1;
  readonly startedAt: Instant;
  /** Courses that are compared, with their hints stored. What was learnt of them is lost with the attempt, and learnt again next time. */
  readonly done: readonly CourseId[];
  readonly calls: number;
  readonly hints: number;
}

/** So many courses in a row that cannot be read are no fault of the courses. */
const FAILURES_IN_A_ROW = 5;

/**
 * Visits course by course until the end, the budget's end, or Docebo's. A course that cannot be read does not keep the others waiting.
 *
 * @throws what kept several courses in a row from being read; UpstreamError `TEMPORAL_*` a hint was not stored.
 */
export async function walkCourses(
  sweep: Sweep,
  walk: readonly WalkStop[],
  progress: Progress<SweepProgress>,
): Promise<void> {
  const { state, budget, startedAt } = sweep;
  const done = new Set(progress.last()?.done);
  state.visited = walk.filter(({ course }) => done.has(course.courseId)).length;
  let failures = 0;
  for (const stop of walk) {
    const { courseId } = stop.course;
    if (done.has(courseId)) continue;
    if (!budget.has(1)) state.stoppedBy ??= 'max-calls';
    if (state.stoppedBy !== null) return;
    try {
      await visitCourse(sweep, stop);
      failures = 0;
    } catch (error) {
      if (!(error instanceof AppError) || error.code.startsWith('TEMPORAL_')) throw error;
      budget.spend(1);
      if (stopsSweep(error)) state.stoppedBy = error.code;
      if (state.stoppedBy !== null) return;
      if (++failures >= FAILURES_IN_A_ROW) throw error;
      state.noteUnreadable(error.code);
      noteVisit(sweep, stop);
    }
    state.visited++;
    done.add(courseId);
    progress.tell({ v: 1, startedAt, done: [...done], calls: budget.spent, hints: budget.hints });
  }
}
