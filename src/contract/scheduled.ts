import type { DigestMemory } from '../domain/failures/failure-notice';
import type {
  AddressKey,
  EventId,
  GraphEventId,
  Instant,
  MailboxKey,
  PlatformKey,
  Response,
  SessionId,
} from '../domain/model';

/**
 * The scheduled half: polling answers, sweeping for what webhooks missed, telling people of failures. Inputs and results of its activities and
 * workflows; ids and keys only, except where a doc comment says otherwise.
 */

/** One answer on an event, as the mailbox shows it. `respondedAt` orders answers of one person. */
export interface ObservedAnswer {
  readonly addressKey: AddressKey;
  readonly response: Exclude<Response, 'none'>;
  readonly respondedAt: Instant;
  /** How the row was told to be this person: their own address, or the same display name as the one invited row without an answer. */
  readonly matchedBy: 'address' | 'name';
}

/** Payload of the signal `rsvpObserved` on courseSession. */
export interface RsvpSignal {
  readonly observedAt: Instant;
  readonly events: readonly {
    readonly eventId: EventId;
    readonly graphEventId: GraphEventId;
    readonly answers: readonly ObservedAnswer[];
  }[];
  /** Events that a delta named as removed and a read confirmed: the session makes them anew. */
  readonly removed: readonly GraphEventId[];
}

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
  readonly signalledSessions: number;
  readonly graphCalls: number;
  readonly fullResync: boolean;
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
