import type { DoceboControl } from '../../simulators/docebo/control/client';

/** What the simulated Docebo holds: the only thing that this checker believes. */
export type Academy = Awaited<ReturnType<DoceboControl['truth']>>;
type Session = Academy['sessions'][number];
type Event = Academy['events'][number];

/** What the organiser's calendar must hold for one event of a session. */
export interface ExpectedEvent {
  /** `<session>/<event>`. */
  readonly key: string;
  readonly startUtc: string;
  readonly endUtc: string;
  /** Each must be found in the event's place; none: it has no place. */
  readonly place: readonly string[];
  readonly hidden: boolean;
  /** Lower-case addresses, sorted. */
  readonly attendees: readonly string[];
  /** Each must be found in subject or body. */
  readonly texts: readonly string[];
  /** Everything an invitation tells besides time, place and people. */
  readonly wording: string;
}

export interface Expectation {
  readonly events: ReadonlyMap<string, ExpectedEvent>;
  /** The session's own facts, by session id. */
  readonly ownFacts: ReadonlyMap<number, string>;
}

export interface Rules {
  readonly addInstructors: boolean;
  /** Address of the mailbox: the organiser is no attendee. */
  readonly organiser: string;
}

export const NOTHING: Expectation = { events: new Map(), ownFacts: new Map() };

/**
 * The calendar as it must be, worked out from Docebo's truth by Docebo's documentation: one event for each event to come of each active
 * session with invitations on; its people are the active learners and, if wanted, the instructors of session and event.
 *
 * @param before what had to be there at the last look. A course that is switched off takes nothing back until a session's own facts change.
 */
export function expectCalendar(academy: Academy, rules: Rules, before: Expectation): Expectation {
  const events = new Map<string, ExpectedEvent>();
  const ownFacts = new Map(academy.sessions.map((session) => [session.id, ownFactsOf(academy, session)]));
  for (const session of academy.sessions) {
    for (const event of academy.events.filter((e) => e.sessionId === session.id && e.endsAtUtc > academy.now)) {
      const key = `${session.id}/${event.id}`;
      const stands = before.events.get(key);
      if (isInvited(session)) events.set(key, expectEvent(academy, rules, session, event));
      else if (stands !== undefined && isLeftAlone(session, before, ownFacts)) events.set(key, stands);
    }
  }
  return { events, ownFacts };
}

function isInvited(session: Session): boolean {
  return session.rsvpOn && session.status === 'active';
}

/** Off only because its course is, and untouched since. */
function isLeftAlone(session: Session, before: Expectation, ownFacts: ReadonlyMap<number, string>): boolean {
  if (session.rsvp !== 'inherit' || session.status !== 'active') return false;
  return before.ownFacts.get(session.id) === ownFacts.get(session.id);
}

function ownFactsOf(academy: Academy, session: Session): string {
  // The effective switches are the course's doing.
  const { rsvpOn: _rsvpOn, attendeesHidden: _hidden, updatedAt: _at, ...own } = session;
  const rows = academy.enrolments.filter((row) => row.sessionId === session.id);
  const people = rows.map(({ userId, status }) => `${userId} ${status}`).sort();
  return JSON.stringify([own, academy.events.filter((event) => event.sessionId === session.id), people]);
}

function expectEvent(academy: Academy, rules: Rules, session: Session, event: Event): ExpectedEvent {
  const course = academy.courses.find(({ id }) => id === session.courseId);
  const house = academy.locations.find(({ id }) => id === event.locationId);
  const classroom = academy.classrooms.find(({ id }) => id === event.classroomId);
  const named = [classroom?.name, house?.name].filter((name) => name !== undefined);
  const webinar = event.webinarUrl ?? event.webinarTool;
  return {
    key: `${session.id}/${event.id}`,
    startUtc: event.startsAtUtc,
    endUtc: event.endsAtUtc,
    place: named.length > 0 ? named : webinar === null ? [] : [webinar],
    hidden: session.attendeesHidden,
    attendees: attendeesOf(academy, rules, session, event),
    texts: [course?.name ?? '', session.name],
    wording: JSON.stringify([
      [course?.name, course?.description],
      [session.name, session.description],
      [event.name, event.description, event.webinarTool, event.webinarUrl],
      house,
      classroom,
    ]),
  };
}

function attendeesOf(academy: Academy, rules: Rules, session: Session, event: Event): string[] {
  const seats = academy.enrolments.filter((row) => row.sessionId === session.id && row.status === 'active');
  const teachers = rules.addInstructors ? [...session.instructorIds, ...event.instructorIds] : [];
  const people = new Set([...seats.map((row) => row.userId), ...teachers]);
  const addresses = academy.users.filter(({ id }) => people.has(id)).map(({ email }) => email.trim().toLowerCase());
  return [...new Set(addresses)]
    .filter((address) => address !== '' && address !== rules.organiser.toLowerCase())
    .sort();
}
