import type { AcademyState } from '../../simulators/docebo/academy/model';
import type { SessionState } from '../../src/contract/messages';
import { AS_FOUND } from '../../src/domain/ledger-hashes';
import { daysAfter } from '../world/copy-event';

/** One session of the many: a copy of a published one with ids and a date of its own. */
export interface CopyOf {
  readonly courseId: number;
  readonly sessionId: number;
  readonly eventId: number;
  readonly daysLater: number;
}

const SESSIONS_A_COURSE = 10;
const DAYS = 60;
const FIRST_ID = 100_000;

/** The n-th copy, from 0. */
export function toCopy(n: number): CopyOf {
  const courseId = FIRST_ID + Math.floor(n / SESSIONS_A_COURSE);
  return { courseId, sessionId: FIRST_ID + n, eventId: FIRST_ID + n, daysLater: n % DAYS };
}

export interface Model {
  readonly courseId: number;
  readonly sessionId: number;
  readonly eventId: number;
}

/** The academy with those copies beside what it has. */
export function withCopies(academy: AcademyState, model: Model, copies: readonly CopyOf[]): AcademyState {
  const course = academy.courses[model.courseId]!;
  const session = academy.sessions[model.sessionId]!;
  const event = academy.events[model.eventId]!;
  const seats = academy.enrolments[model.sessionId] ?? [];
  const table = <T>(known: Readonly<Record<number, T>>, rows: readonly (readonly [number, T])[]) => ({
    ...known,
    ...(Object.fromEntries(rows) as Record<number, T>),
  });
  return {
    ...academy,
    courses: table(
      academy.courses,
      copies.map(({ courseId: id }) => [id, { ...course, id, name: `Course ${id}`, code: `C-${id}` }]),
    ),
    sessions: table(
      academy.sessions,
      copies.map(({ sessionId: id, courseId }) => [
        id,
        { ...session, id, courseId, name: `Session ${id}`, code: `S-${id}`, uid: `S${id.toString(36).toUpperCase()}` },
      ]),
    ),
    events: table(
      academy.events,
      copies.map(({ eventId: id, sessionId, daysLater }) => [
        id,
        { ...event, id, sessionId, date: daysAfter(`${event.date}T00:00:00.000Z`, daysLater).slice(0, 10) },
      ]),
    ),
    enrolments: table(
      academy.enrolments,
      copies.map(({ sessionId }) => [sessionId, seats]),
    ),
  };
}

/** The copy's workflow as it rests between two bursts: its event counts as adopted, since its text is the model's. */
export function copyState(state: SessionState, copy: CopyOf, graphEventId: string): SessionState {
  const [row] = Object.values(state.ledger.events);
  if (row === undefined) throw new Error(`session ${state.sessionId} has no event to copy`);
  const courseId = String(copy.courseId);
  const times = { startsAt: daysAfter(row.startsAt, copy.daysLater), endsAt: daysAfter(row.endsAt, copy.daysLater) };
  return {
    ...state,
    sessionId: String(copy.sessionId),
    courseId,
    ...times,
    ledger: {
      ...state.ledger,
      courseId,
      factsHash: null,
      events: {
        [String(copy.eventId)]: { ...row, ...times, graphEventId, invitationHash: AS_FOUND, placeHash: AS_FOUND },
      },
    },
  };
}
