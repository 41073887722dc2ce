import type { CourseId, Instant, SessionId } from '../../domain/model';
import type { DeepRead } from '../../domain/sweep/choose-deep-reads';
import type { CoverageRow } from '../../domain/sweep/compute-coverage';
import { toMinutes } from '../../domain/sweep/session-row';
import type { SessionInspection, SessionStanding, Standings } from '../../domain/sweep/session-standing';
import type { HintReason } from '../../domain/sweep/should-hint';
import { unpackRow, type CourseMemory, type MemoryRow, type SweepMemory } from '../../domain/sweep/sweep-memory';

/** What one sweep has learnt so far: the memory that it will leave, and what it still wants to do. */
export class SweepState {
  readonly rows = new Map<SessionId, MemoryRow>();
  readonly courses: Map<CourseId, CourseMemory>;
  /** Where sessions stand that this sweep has looked at. */
  readonly marks = new Map<SessionId, CoverageRow['standing']>();
  readonly inspections = new Map<SessionId, SessionInspection>();
  readonly queued: DeepRead[] = [];
  readonly hinted = new Set<SessionId>();
  readonly reasons: Partial<Record<HintReason, number>> = {};
  readonly unreadable: Record<string, number> = {};
  /** Sessions that differ, hinted or not. */
  differing = 0;
  /** To be hinted, and without room in the budget. */
  waiting = 0;
  visited = 0;
  stoppedBy: string | null = null;

  private readonly byCourse = new Map<CourseId, SessionId[]>();
  private readonly runningByCourse = new Map<CourseId, SessionId[]>();

  readonly standings: Standings;
  readonly standingsComplete: boolean;
  readonly now: Instant;

  constructor(
    memory: SweepMemory,
    found: { readonly standings: Standings; readonly standingsComplete: boolean; readonly now: Instant },
  ) {
    const { standings } = found;
    this.standings = standings;
    this.standingsComplete = found.standingsComplete;
    this.now = found.now;
    this.courses = new Map(Object.entries(memory.courses));
    for (const [sessionId, packed] of Object.entries(memory.rows)) {
      const row = unpackRow(packed);
      if (row === null) continue;
      this.rows.set(sessionId, row);
      push(this.byCourse, row.courseId, sessionId);
    }
    for (const [sessionId, standing] of standings) {
      const courseId = standing.courseId ?? this.rows.get(sessionId)?.courseId;
      if (courseId !== undefined) push(this.runningByCourse, courseId, sessionId);
    }
  }

  get nowMinutes(): number {
    return toMinutes(this.now) ?? 0;
  }

  standingOf(sessionId: SessionId): SessionStanding | null {
    return this.standings.get(sessionId) ?? null;
  }

  /** Sessions of the course that were remembered when the sweep began. */
  rememberedIn(courseId: CourseId): readonly SessionId[] {
    return this.byCourse.get(courseId) ?? [];
  }

  runningIn(courseId: CourseId): readonly SessionId[] {
    return this.runningByCourse.get(courseId) ?? [];
  }

  /** Courses that a running workflow or the memory names. */
  knownCourses(): Set<CourseId> {
    return new Set([...this.courses.keys(), ...this.runningByCourse.keys()]);
  }

  noteUnreadable(why: string): void {
    this.unreadable[why] = (this.unreadable[why] ?? 0) + 1;
  }

  noteHinted(reads: readonly DeepRead[]): void {
    for (const { sessionId, reason } of reads) {
      this.hinted.add(sessionId);
      this.reasons[reason] = (this.reasons[reason] ?? 0) + 1;
      const row = this.rows.get(sessionId);
      if (row !== undefined && this.standingOf(sessionId) === null) this.rows.set(sessionId, { ...row, asked: true });
    }
  }
}

function push<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}
