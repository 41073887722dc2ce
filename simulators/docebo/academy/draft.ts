import { CommandError } from './command-error';
import type { Fact } from './facts';
import type { AcademyState, EntityKind, EntityKinds, Enrolment } from './model';

const SINGULAR: Record<EntityKind, string> = {
  courses: 'course',
  sessions: 'session',
  events: 'event',
  users: 'user',
  locations: 'location',
  classrooms: 'classroom',
  learningPlans: 'learning plan',
};

/**
 * A change being made. The academy takes its state over when all commands of the change have worked, so a failing one leaves no trace;
 * former states stay untouched, which is what lets API readers lag behind at no cost.
 */
export class Draft {
  readonly facts: Fact[] = [];

  constructor(
    public state: AcademyState,
    readonly now: Date,
  ) {}

  find<K extends EntityKind>(kind: K, id: number): EntityKinds[K] | undefined {
    return (this.state[kind] as Readonly<Record<number, EntityKinds[K]>>)[id];
  }

  get<K extends EntityKind>(kind: K, id: number): EntityKinds[K] {
    const found = this.find(kind, id);
    if (found === undefined) throw new CommandError(404, `there is no ${SINGULAR[kind]} ${id}`);
    return found;
  }

  /** @throws CommandError for the first id that finds nothing. */
  mustExist(kind: EntityKind, ids: readonly number[] = []): void {
    for (const id of ids) this.get(kind, id);
  }

  all<K extends EntityKind>(kind: K): EntityKinds[K][] {
    return Object.values(this.state[kind] as Readonly<Record<number, EntityKinds[K]>>);
  }

  /** The next id of the kind, or the caller's own when it is free. */
  newId(kind: EntityKind, wanted?: number): number {
    if (wanted !== undefined && this.find(kind, wanted) !== undefined)
      throw new CommandError(409, `${SINGULAR[kind]} ${wanted} exists already`);
    const id = wanted ?? this.state.lastIds[kind] + 1;
    const lastIds = { ...this.state.lastIds, [kind]: Math.max(id, this.state.lastIds[kind]) };
    this.state = { ...this.state, lastIds };
    return id;
  }

  put<K extends EntityKind>(kind: K, entity: EntityKinds[K]): EntityKinds[K] {
    this.state = { ...this.state, [kind]: { ...this.state[kind], [entity.id]: entity } };
    return entity;
  }

  remove(kind: EntityKind, id: number): void {
    const { [id]: _gone, ...rest } = this.state[kind] as Readonly<Record<number, unknown>>;
    this.state = { ...this.state, [kind]: rest };
  }

  enrolments(sessionId: number): readonly Enrolment[] {
    return this.state.enrolments[sessionId] ?? [];
  }

  setEnrolments(sessionId: number, rows: readonly Enrolment[]): void {
    this.state = { ...this.state, enrolments: { ...this.state.enrolments, [sessionId]: rows } };
  }

  dropEnrolments(sessionId: number): void {
    const { [sessionId]: _gone, ...rest } = this.state.enrolments;
    this.state = { ...this.state, enrolments: rest };
  }

  tell(fact: Fact): void {
    this.facts.push(fact);
  }

  get nowIso(): string {
    return this.now.toISOString();
  }
}
