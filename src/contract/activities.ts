import type { Aliases } from '../domain/aliases';
import type { Hint } from '../domain/hints';
import type {
  AddressKey,
  CourseId,
  EventId,
  GraphEventId,
  Instant,
  LearningPlanId,
  MailboxKey,
  PlatformKey,
  Response,
  SessionId,
  UserId,
} from '../domain/model';
import type { CancelReason, EventPlace, EventSchedule, LedgerEvent, SessionLedger, SessionPlan } from '../domain/plan';
import type { RsvpSignal } from '../domain/rsvp/observed-answer';
import type { InvitationInputs } from '../domain/rendering/invitation-inputs';
import type { Pace } from '../domain/settings';
import type { AnswerPolicy } from './messages';

/** Inputs and results of activities. One object each, plain JSON; names and addresses appear only here, under the payload codec. */

export interface PlanSessionInput {
  readonly platform: PlatformKey;
  readonly sessionId: SessionId;
  readonly ledger: SessionLedger;
  readonly notOlderThan: Instant;
  /** An operator looks: Docebo is read although the platform is frozen. */
  readonly evenIfFrozen?: true;
}

export interface PlanSessionResult {
  readonly plan: SessionPlan;
  /** Mailboxes in which an earlier run may have left events: the routed one first. */
  readonly mailboxes: readonly MailboxKey[];
  /** The configuration's tempo now. */
  readonly pace: Pace;
  readonly answers: AnswerPolicy;
}

export interface WriteAnswersInput {
  readonly platform: PlatformKey;
  readonly courseId: CourseId | null;
  readonly sessionId: SessionId;
  readonly answers: readonly { readonly eventId: EventId; readonly userId: UserId; readonly response: Response }[];
}

export interface WriteAnswersResult {
  /** How many of them, from the first on, Docebo has taken or refused. */
  readonly written: number;
  /** Those that Docebo refused, such as of a learner whom it does not know: another attempt at once would block the others. */
  readonly refused: readonly { readonly eventId: EventId; readonly userId: UserId; readonly code: string }[];
  /** The tenant profile does not say how Docebo is told. */
  readonly off: boolean;
  /** What stopped it, after some were written; with none written the activity fails instead. */
  readonly failure: { readonly code: string; readonly message: string } | null;
}

export interface UnenrolLearnerInput {
  readonly platform: PlatformKey;
  readonly courseId: CourseId | null;
  readonly sessionId: SessionId;
  readonly userId: UserId;
}

export interface UnenrolLearnerResult {
  readonly did: 'unenrolled' | 'absent' | 'off';
}

export interface RenderInvitationInput {
  readonly platform: PlatformKey;
  readonly inputs: InvitationInputs;
}

export interface RenderedInvitation {
  readonly subject: string;
  readonly html: string;
  /** What was left out, for the operator: `body-too-large`, `data-images`. */
  readonly omissions: readonly string[];
}

interface EventTarget {
  readonly platform: PlatformKey;
  readonly sessionId: SessionId;
  readonly eventId: EventId;
  readonly mailbox: MailboxKey;
  readonly generation: number;
}

export interface Invitee {
  readonly address: string;
  readonly name: string;
  readonly addressKey: AddressKey;
}

export interface CreateCalendarEventInput extends EventTarget {
  readonly invitation: RenderedInvitation;
  readonly invitationHash: string;
  readonly schedule: EventSchedule;
  readonly place: EventPlace;
  readonly attendees: readonly Invitee[];
  /** Of the session's ledger. */
  readonly aliases?: Aliases;
  readonly webinar: boolean;
  /**
   * True: an earlier create of this event may have been carried out although it was reported as failed, so that the calendar is searched
   * before anything is posted. A retry of the same activity does so by itself.
   */
  readonly lookFirst?: boolean;
}

export interface UpdateCalendarEventInput extends EventTarget {
  readonly graphEventId: GraphEventId;
  /** null: the body stays as it is. */
  readonly invitation: RenderedInvitation | null;
  readonly invitationHash: string;
  readonly schedule: EventSchedule;
  readonly place: EventPlace;
}

export interface UpdateAttendeesInput extends EventTarget {
  readonly graphEventId: GraphEventId;
  readonly phase: 'remove' | 'all';
  readonly attendees: readonly Invitee[];
  readonly aliases?: Aliases;
  readonly remove: readonly AddressKey[];
}

export interface CancelCalendarEventInput extends EventTarget {
  readonly graphEventId: GraphEventId;
  readonly reason: CancelReason;
}

/** What a calendar step did. Ids and counts only: it is journalled. */
export interface CalendarOutcome {
  /** `gone`: somebody deleted the event in the mailbox; `unchanged`: the calendar held the desired state already. */
  readonly did: 'created' | 'adopted' | 'updated' | 'cancelled' | 'unchanged' | 'gone';
  readonly graphEventId: GraphEventId | null;
  readonly generation: number;
  /** Who gets mail by Graph's rules: everybody on the event, only those added or removed, or nobody. */
  readonly mails: 'all' | 'changed' | 'nobody';
  readonly added: number;
  readonly removed: number;
  /** What this write told of addresses that the calendar keeps in place of ours. */
  readonly aliases?: Aliases;
}

export interface FindCalendarEventsInput {
  readonly platform: PlatformKey;
  readonly sessionId: SessionId;
  readonly mailbox: MailboxKey;
  /** Keys that Convoke placed; others on the event were invited by somebody else. null: nothing is known, everybody counts as placed. */
  readonly known: readonly AddressKey[] | null;
  readonly aliases?: Aliases;
  /** Events that the ledger has: those that do not show by Convoke's keys are asked for by their ids. */
  readonly held?: Readonly<Record<EventId, GraphEventId | null>>;
}

export interface FoundCalendarEvents {
  /** Ledger rows for the live events found in the calendar. */
  readonly events: Readonly<Record<EventId, LedgerEvent>>;
  /** Keys of everybody on them: the next plan takes off those who have no seat. */
  readonly present: readonly AddressKey[];
  /** What people have answered to them. */
  readonly answered: RsvpSignal['events'];
  /** Second copies of an event that stands in `events`: to be cancelled. */
  readonly surplus: readonly {
    readonly eventId: EventId;
    readonly graphEventId: GraphEventId;
    readonly generation: number;
  }[];
}

export interface ListSessionsInput {
  readonly platform: PlatformKey;
  readonly target:
    | { readonly kind: 'course'; readonly courseId: CourseId }
    | { readonly kind: 'learning-plan'; readonly learningPlanId: LearningPlanId };
}

export interface ListSessionsResult {
  readonly sessionIds: readonly SessionId[];
  /** Docebo says that this course cannot have sessions. */
  readonly noSessions: boolean;
  /** False: Docebo's list may lack sessions. */
  readonly complete: boolean;
}

export interface HintSessionsInput {
  readonly platform: PlatformKey;
  readonly sessionIds: readonly SessionId[];
  readonly receivedAt: Instant;
  readonly hints: readonly Hint[];
}
