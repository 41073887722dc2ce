import type { DoceboSimulator } from '../../simulators/docebo/server';

export interface SeededSession {
  readonly courseId: number;
  readonly sessionId: number;
  readonly eventIds: readonly number[];
  readonly learnerIds: readonly number[];
}

const DAY_MS = 86_400_000;

/** `YYYY-MM-DD` some days from now. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}

/** Changes the simulated academy; nobody is told. */
export function silently({ academy }: DoceboSimulator, command: string, args: object): unknown {
  return academy.run([{ command, args }], { silent: true })[0];
}

export function seedUsers(docebo: DoceboSimulator, name: string, count: number): readonly number[] {
  const users = Array.from({ length: count }, (_, i) => ({
    firstName: name,
    lastName: String(i + 1),
    email: `${name.toLowerCase()}${i + 1}@academy.example`,
  }));
  return (silently(docebo, 'create-users', { users }) as readonly { readonly id: number }[]).map(({ id }) => id);
}

export function seedCourse(docebo: DoceboSimulator, name: string, { rsvp = true } = {}): number {
  return (silently(docebo, 'create-course', { name, rsvp, type: 'classroom' }) as { readonly id: number }).id;
}

/** A session of so many days with learners and an instructor. */
export function seedSession(
  docebo: DoceboSimulator,
  input: {
    readonly courseId: number;
    readonly name: string;
    readonly days: number;
    readonly learnerIds: readonly number[];
    readonly instructorIds?: readonly number[];
    readonly timezone?: string;
    readonly rsvp?: 'inherit' | 'on' | 'off';
  },
): SeededSession {
  const { courseId, name, days, learnerIds, instructorIds = [], timezone = 'Europe/Rome', rsvp = 'inherit' } = input;
  const events = Array.from({ length: days }, (_, i) => ({
    name: `Day ${i + 1}`,
    date: inDays(7 + i),
    timeBegin: '09:00',
    timeEnd: '17:00',
    timezone,
  }));
  const session = { courseId, name, rsvp, instructorIds, maxEnroll: 600, events };
  const { id: sessionId } = silently(docebo, 'create-session', session) as { readonly id: number };
  if (learnerIds.length > 0) silently(docebo, 'enrol', { sessionId, userIds: learnerIds });
  const eventIds = Object.values(docebo.academy.state.events)
    .filter((event) => event.sessionId === sessionId)
    .map(({ id }) => id);
  return { courseId, sessionId, eventIds, learnerIds };
}
