import { NotFoundError, type AppError } from '../../src/domain/errors';
import type {
  CourseFacts,
  CourseId,
  Instant,
  LearningPlanId,
  PersonFacts,
  ReadProblem,
  SessionFacts,
  SessionId,
  SessionReading,
  SwitchedOff,
  UserId,
} from '../../src/domain/model';
import { decideOff } from '../../src/domain/planning/decide-switch';
import type { TrainingSource } from '../../src/domain/ports';

/** An academy in memory that keeps the promises of `TrainingSource`. Tests change its maps as an administrator changes Docebo. */
export class FakeTrainingSource implements TrainingSource {
  readonly courses = new Map<CourseId, CourseFacts>();
  /** Their `course` is the one above, looked up by id at each read; their `people` are those of `people`. */
  readonly sessions = new Map<SessionId, SessionFacts>();
  readonly people = new Map<UserId, PersonFacts>();
  readonly learningPlans = new Map<LearningPlanId, readonly CourseId[]>();
  /** Courses of a type that cannot have sessions. */
  readonly withoutSessions = new Set<CourseId>();
  /** Courses whose session list does not tell the whole truth, and whether it says so. */
  readonly partialLists = new Set<CourseId>();
  /** Names of the methods called, in order. */
  readonly calls: string[] = [];
  readAs = '13000/godadmin';
  /** Every call fails with it, until it is null again. */
  failure: AppError | null = null;

  constructor(readonly platform: string = 'acme') {}

  /** A session with its course and people. */
  put(facts: SessionFacts): void {
    this.courses.set(facts.course.courseId, facts.course);
    this.sessions.set(facts.session.sessionId, facts);
    for (const person of facts.people) this.people.set(person.userId, person);
  }

  change(sessionId: SessionId, changes: (facts: SessionFacts) => Partial<SessionFacts>): void {
    const facts = this.sessions.get(sessionId);
    if (facts === undefined) throw new Error(`there is no session ${sessionId}`);
    this.sessions.set(sessionId, { ...facts, ...changes(facts) });
  }

  /** Takes its sessions along. */
  deleteCourse(courseId: CourseId): void {
    this.courses.delete(courseId);
    for (const [id, { course }] of this.sessions) if (course.courseId === courseId) this.sessions.delete(id);
  }

  async readSession(input: {
    readonly sessionId: SessionId;
    readonly courseId: CourseId | null;
    readonly notOlderThan: Instant;
  }): Promise<SessionReading> {
    this.enter('readSession');
    const kept = this.sessions.get(input.sessionId);
    const course = kept === undefined ? undefined : this.courses.get(kept.course.courseId);
    if (kept === undefined) return this.judgeMissing(input.sessionId, input.courseId);
    if (course === undefined) return unproven(input.sessionId);
    const named = namedIn(kept);
    const people = named.map((id) => this.people.get(id)).filter((p) => p !== undefined);
    const missing = named.filter((id) => !this.people.has(id));
    return {
      kind: 'found',
      readAs: this.readAs,
      facts: structuredClone({ ...kept, course, people }),
      problems: missing.map((id): ReadProblem => {
        return { code: 'READ_PERSON_MISSING', subject: 'person', id, detail: `User ${id} is not found.` };
      }),
    };
  }

  async readUnlessOff(input: Parameters<TrainingSource['readUnlessOff']>[0]): Promise<SessionReading | SwitchedOff> {
    const reading = await this.readSession(input);
    if (reading.kind !== 'found') return reading;
    const { readAs, facts, problems } = reading;
    const position = decideOff(facts);
    if (position === null) return reading;
    const own = problems.filter(({ subject }) => subject === 'session' || subject === 'course');
    return { kind: 'off', readAs, position, courseId: facts.course.courseId, problems: own };
  }

  async listFutureSessions(input: { readonly courseId: CourseId; readonly now: Instant }) {
    this.enter('listFutureSessions');
    const { courseId, now } = input;
    if (!this.courses.has(courseId)) return { kind: 'gone' as const };
    if (this.withoutSessions.has(courseId)) return { kind: 'no-sessions' as const };
    const future = [...this.sessions.values()].filter(
      ({ course, events }) =>
        course.courseId === courseId && (events.length === 0 || events.some((e) => e.endsAt > now)),
    );
    const sessionIds = future.map(({ session }) => session.sessionId);
    return { kind: 'sessions' as const, sessionIds, complete: !this.partialLists.has(courseId) };
  }

  async listLearningPlanCourses(learningPlanId: LearningPlanId): Promise<readonly CourseId[]> {
    this.enter('listLearningPlanCourses');
    const courses = this.learningPlans.get(learningPlanId);
    if (courses !== undefined) return courses;
    throw new NotFoundError(`there is no learning plan ${learningPlanId}`, { code: 'DOCEBO_NOT_FOUND' });
  }

  async whoAmI(): Promise<string> {
    this.enter('whoAmI');
    return this.readAs;
  }

  private enter(method: string): void {
    this.calls.push(method);
    if (this.failure !== null) throw this.failure;
  }

  private judgeMissing(sessionId: SessionId, courseId: CourseId | null): SessionReading {
    if (courseId === null) return unproven(sessionId);
    if (!this.courses.has(courseId)) return { kind: 'gone', readAs: this.readAs, evidence: 'course-gone' };
    if (this.withoutSessions.has(courseId) || this.partialLists.has(courseId)) return unproven(sessionId);
    return { kind: 'gone', readAs: this.readAs, evidence: 'absent-from-course' };
  }
}

function namedIn({ session, events, enrolments }: SessionFacts): UserId[] {
  const seated = enrolments.filter((e) => e.standing === 'active' && e.level !== 'other').map((e) => e.userId);
  return [...new Set([...seated, ...session.instructors, ...events.flatMap((e) => e.instructors)])];
}

function unproven(sessionId: SessionId): SessionReading {
  const detail = `Session ${sessionId} is not found, and nothing proves that it is gone.`;
  return { kind: 'unproven', problem: { code: 'READ_SESSION_UNPROVEN', subject: 'session', id: sessionId, detail } };
}
