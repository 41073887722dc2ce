import type { Aliases } from './aliases';
import type {
  AddressKey,
  CourseId,
  EventId,
  GraphEventId,
  Instant,
  MailboxKey,
  ReadAs,
  ReadProblem,
  Response,
  UserId,
} from './model';
import type { InvitationInputs } from './rendering/invitation-inputs';

/**
 * One person's answer to one event: what it is, when it was given, since when a reschedule waits for a new one (null: it does not),
 * what Docebo was last told, and whether it refused to hear it.
 */
export type AnswerRow = readonly [
  response: Response,
  at: Instant,
  awaitingSince: Instant | null,
  written: Response | null,
  refused?: RefusedAnswer,
];

/** Docebo was told the answer and did not take it. */
export interface RefusedAnswer {
  readonly times: number;
  /** When it is told again; null: not before it changes, or the learner is enrolled anew. */
  readonly until: Instant | null;
}

/** The answers to one event. Whoever never answered has no row. */
export type Answers = Readonly<Record<UserId, AnswerRow>>;

/** What Convoke wrote into the calendar for one event of the session. */
export interface LedgerEvent {
  /** null: withdrawn; the next create uses the next generation. */
  readonly graphEventId: GraphEventId | null;
  readonly generation: number;
  /** Hash of the template's inputs that the body was rendered from; `AS_FOUND` on an adopted event of somebody else's making. */
  readonly invitationHash: string;
  /** Hash of location name and hideAttendees; `AS_FOUND` likewise. */
  readonly placeHash: string;
  /** Hash of the address keys that were put on the event. */
  readonly peopleHash: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly answers: Answers;
}

export type ContentHashes = Pick<LedgerEvent, 'invitationHash' | 'placeHash'>;

export type Role = 'learner' | 'instructor';

/** The part of a session's state that planning reads and changes. Ids and keys only. */
export interface SessionLedger {
  readonly courseId: CourseId | null;
  /** Set at the first create; a routing change never moves it. */
  readonly mailbox: MailboxKey | null;
  readonly people: Readonly<Record<UserId, { readonly addressKey: AddressKey; readonly role: Role }>>;
  /** Keys that Convoke placed and that must go from every event that still has them. */
  readonly departed: readonly AddressKey[];
  readonly events: Readonly<Record<EventId, LedgerEvent>>;
  /** Hash of the session's own facts when its switch was last seen on. */
  readonly factsHash: string | null;
  readonly readAs: ReadAs | null;
  /** Absent when there are none. */
  readonly aliases?: Aliases;
}

export interface RosterPerson {
  readonly userId: UserId;
  readonly address: string;
  readonly name: string;
  readonly addressKey: AddressKey;
  readonly role: Role;
  /** Learners and the session's instructors attend all events; an event's instructors only theirs. */
  readonly events: 'all' | readonly EventId[];
}

export interface EventSchedule {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly timeZone: string;
}

export interface EventPlace {
  readonly locationName: string;
  readonly hideAttendees: boolean;
}

interface EventStep {
  readonly eventId: EventId;
  readonly generation: number;
}

interface DesiredContent {
  readonly schedule: EventSchedule;
  readonly place: EventPlace;
  readonly inputs: InvitationInputs;
  readonly invitationHash: string;
  readonly placeHash: string;
}

/** Each step carries the desired state, never a delta, so that repeating it is harmless. */
export type PlanStep =
  | (EventStep & DesiredContent & { readonly kind: 'create'; readonly peopleHash: string })
  | (EventStep &
      DesiredContent & {
        readonly kind: 'updateContent';
        readonly graphEventId: GraphEventId;
        /** False: the template's inputs are what they were, so that the body stays untouched. */
        readonly render: boolean;
      })
  | (EventStep & {
      readonly kind: 'updateAttendees';
      readonly graphEventId: GraphEventId;
      /** `remove`: only take the departed off (before a content change, so that they are not told of it). */
      readonly phase: 'remove' | 'all';
      /** The only keys that may be taken off the event. */
      readonly remove: readonly AddressKey[];
      /** Null in phase `remove` when people are still to be added. */
      readonly peopleHash: string | null;
    })
  | (EventStep & { readonly kind: 'cancel'; readonly graphEventId: GraphEventId; readonly reason: CancelReason });

export type CancelReason =
  'event-removed' | 'session-deleted' | 'session-cancelled' | 'switched-off' | 'course-switched-off';

/** Where the session stands after planning. `off` with an empty ledger ends the workflow. */
export type SwitchPosition =
  | 'on'
  | 'off'
  | 'course-off-waiting'
  | 'course-off-left'
  | 'frozen'
  | 'session-cancelled'
  | 'session-gone'
  | 'unproven';

/** What Docebo has. */
export interface SessionCounts {
  readonly events: number;
  readonly learners: number;
  readonly instructors: number;
  /** Nothing was counted: invitations are off or the platform is frozen, and nothing else was read. */
  readonly unread?: true;
}

export interface PlanProblem {
  readonly code: string;
  readonly eventId: EventId | null;
  /** Message for the operator: ids and counts only. */
  readonly message: string;
}

export interface SessionPlan {
  readonly position: SwitchPosition;
  readonly steps: readonly PlanStep[];
  /** Once; steps refer to it by event. */
  readonly roster: readonly RosterPerson[];
  /** What the ledger becomes at once, before the steps run. */
  readonly ledger: Pick<SessionLedger, 'courseId' | 'people' | 'departed' | 'factsHash' | 'readAs'>;
  /** Hashes that stand for `AS_FOUND` from now on: an adopted event keeps its text until an input changes. Absent when there are none. */
  readonly baselines?: Readonly<Record<EventId, ContentHashes>>;
  /** Mailbox of a session that has none yet. */
  readonly mailbox: MailboxKey;
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly counts: SessionCounts;
  readonly problems: readonly PlanProblem[];
  readonly readProblems: readonly ReadProblem[];
}

/** The roster of one event. */
export function rosterOf(plan: Pick<SessionPlan, 'roster'>, eventId: EventId): RosterPerson[] {
  return plan.roster.filter((p) => p.events === 'all' || p.events.includes(eventId));
}
