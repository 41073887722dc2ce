import type { DigestMemory } from '../domain/failures/failure-notice';
import type {
  CourseId,
  EventId,
  GraphEventId,
  Instant,
  MailboxKey,
  PlatformKey,
  Response,
  SessionId,
  UserId,
} from '../domain/model';

/**
 * The scheduled half: polling answers, sweeping for what webhooks missed, telling people of failures. Inputs and results of its activities and
 * workflows; ids and keys only, except where a doc comment says otherwise.
 */

export type { ObservedAnswer, RsvpSignal, UnmatchedAnswer } from '../domain/rsvp/observed-answer';

export interface PollRsvpsInput {
  readonly mailbox: MailboxKey;
  readonly cursor: RsvpCursor | null;
}

/** Kept as the schedule's last result; opaque to the workflow. */
export interface RsvpCursor {
  readonly v: 1;
  /** path?query of the delta link; never an absolute address. */
  readonly deltaLink: string | null;
  readonly windowEndsAt: Instant | null;
  /** Same for the inbox, when meeting responses are read. */
  readonly inboxLink: string | null;
  /** Answers older than this less one hour have been told. */
  readonly highWater: Instant | null;
}

export interface PollRsvpsResult {
  readonly cursor: RsvpCursor;
  readonly changedEvents: number;
  /** Events that a read confirmed as removed from the calendar, and of a session that is known. */
  readonly removedEvents: number;
  readonly signalledSessions: number;
  /** Sessions without a workflow: the sweep finds them. */
  readonly missingSessions: number;
  readonly graphCalls: number;
  readonly fullResync: boolean;
  /** Meeting responses read from the inbox that were answers. */
  readonly inboxResponses: number;
  /** The inbox could not be read or cleared, for a reason that an attempt does not mend; answers on the events were told all the same. */
  readonly inboxProblem: { readonly code: string; readonly message: string } | null;
  /** Events that Graph answered in an unknown form, at most 20: their answers are not known. */
  readonly unreadableEvents: readonly GraphEventId[];
}

export interface WriteAnswerInput {
  readonly platform: PlatformKey;
  readonly courseId: CourseId | null;
  readonly sessionId: SessionId;
  readonly eventId: EventId;
  readonly userId: UserId;
  readonly response: Response;
}

/** `off`: the tenant profile switches the write-back off; Docebo was not asked. */
export interface WriteAnswerResult {
  readonly kind: 'written' | 'off';
}

export interface UnenrolLearnerInput {
  readonly platform: PlatformKey;
  readonly courseId: CourseId | null;
  readonly sessionId: SessionId;
  readonly userId: UserId;
}

/** `absent`: Docebo knows no such enrolment (any more), or not the endpoint of the tenant profile: the next reading of the session tells. */
export interface UnenrolLearnerResult {
  readonly kind: 'unenrolled' | 'absent' | 'off';
}

export interface SweepInput {
  readonly platform: PlatformKey;
  readonly horizon: 'near' | 'all';
  readonly memory: SweepMemory | null;
}

/** Kept as the schedule's last result: fingerprints of list rows, by session, bounded. */
export interface SweepMemory {
  readonly v: 1;
  readonly rows: Readonly<Record<SessionId, string>>;
  /** Where the rotating sample goes on. */
  readonly sampleFrom: number;
}

export interface Coverage {
  readonly at: Instant;
  /** Seats (active learner x future event) that Docebo has, and that the ledgers cover. */
  readonly seats: number;
  readonly covered: number;
  readonly oldestGapSince: Instant | null;
}

export interface SweepResult {
  readonly memory: SweepMemory;
  readonly sessions: number;
  readonly differing: number;
  readonly hinted: number;
  readonly doceboCalls: number;
  readonly coverage: Coverage;
}

export type { AffectedSession, DigestMemory, FailureNotice, SentCause } from '../domain/failures/failure-notice';

export interface CollectAndMailInput {
  /** The last run's result; null before there is one. */
  readonly memory: DigestMemory | null;
}

/** Its memory is kept as the schedule's last result. */
export interface DigestResult {
  readonly memory: DigestMemory;
  /** Causes that fail now. */
  readonly failing: number;
  /** Causes whose failure this run mailed, and whose end. */
  readonly mailed: number;
  readonly recovered: number;
  /** What should have been mailed and nobody is named to hear it. */
  readonly untold: number;
  /** Recipients that the mail server turned down while it took the mail for others. */
  readonly refusedRecipients: number;
}
