import type { AppError } from '../../src/domain/errors';
import type { CourseId, SessionId } from '../../src/domain/model';
import type { CourseRow, SessionRow } from '../../src/domain/sweep/session-row';
import type { CourseListing, CourseLook, SessionLister, SessionListing } from '../../src/domain/sweep/sweep-ports';

/** A platform's lists in memory; each list is one call. Tests change its maps as an administrator changes Docebo. */
export class FakeSessionLister implements SessionLister {
  readonly platform = 'acme';
  readonly courses = new Map<CourseId, CourseRow>();
  readonly rows = new Map<SessionId, SessionRow>();
  /** Sessions outside of the range: they are over. */
  readonly past = new Map<SessionId, CourseId>();
  readonly looks = new Map<CourseId, Omit<CourseLook, 'calls'>>();
  readonly withoutSessions = new Set<CourseId>();
  /** Lists that may lack sessions; `*` is the list of courses. */
  readonly incomplete = new Set<string>();
  /** What the list of a course, or `look <course>`, fails with; `*` is the list of courses. */
  readonly failures = new Map<string, AppError>();
  /** What cuts a list short after its first page. */
  readonly interruptions = new Map<string, AppError>();
  /** `*` for the list of courses, else the course, or `look <course>`. */
  readonly calls: string[] = [];

  async listCourses(): Promise<CourseListing> {
    this.enter('*');
    return { courses: [...this.courses.values()], ...this.howComplete('*'), calls: 1 };
  }

  async listSessionRows({ courseId }: { readonly courseId: CourseId }): Promise<SessionListing> {
    this.enter(courseId);
    if (this.withoutSessions.has(courseId)) return { kind: 'no-sessions', calls: 1 };
    if (!this.courses.has(courseId)) return { kind: 'gone', calls: 1 };
    const rows = [...this.rows.values()].filter((row) => row.courseId === courseId);
    const outside = [...this.past].filter(([, of]) => of === courseId).map(([id]) => id);
    return { kind: 'sessions', rows, outside, ...this.howComplete(courseId), calls: 1 };
  }

  async lookAtCourse(courseId: CourseId): Promise<CourseLook | null> {
    this.enter(`look ${courseId}`);
    const look = this.looks.get(courseId);
    return look === undefined ? null : { ...look, calls: 2 };
  }

  private enter(call: string): void {
    this.calls.push(call);
    const failure = this.failures.get(call);
    if (failure !== undefined) throw failure;
  }

  private howComplete(list: string) {
    const interruptedBy = this.interruptions.get(list) ?? null;
    return { complete: interruptedBy === null && !this.incomplete.has(list), interruptedBy };
  }
}
