import type { DigestMemory } from '../domain/failures/failure-notice';
import type { AddressKey, GraphEventId, Instant, MailboxKey, PlatformKey } from '../domain/model';
import type { Coverage } from '../domain/sweep/compute-coverage';
import type { HintReason } from '../domain/sweep/should-hint';
import type { SweepMemory } from '../domain/sweep/sweep-memory';

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
  /** Key of the mailbox's name in Graph: when the configuration gives the mailbox another one, the links lead to another calendar. */
  readonly account: AddressKey;
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
  /** Why the inbox could not be read or cleared; answers on the events were told all the same, and the next run tries again. */
  readonly inboxProblem: { readonly code: string; readonly message: string } | null;
  /** Events that Graph answered in an unknown form, at most 20: their answers are not known. */
  readonly unreadableEvents: readonly GraphEventId[];
}

export interface SweepInput {
  readonly platform: PlatformKey;
  /** `due`: once a day everything, else what is near, as the settings' `fullAt` says. */
  readonly horizon: 'near' | 'all' | 'due';
  readonly memory: SweepMemory | null;
}

/** Covers every future session without waiting for a webhook; run it again with the memory it gave until it is `finished`. */
export interface BackfillInput {
  readonly platform: PlatformKey;
  readonly memory: SweepMemory | null;
  /** Two writers would invite everybody twice: Docebo Connect's recipes are stopped, says the operator. */
  readonly doceboConnectIsOff: boolean;
}

export interface SweepResult {
  readonly horizon: 'near' | 'all';
  /** Kept as the schedule's last result. */
  readonly memory: SweepMemory;
  /** Future sessions known. */
  readonly sessions: number;
  /** Courses whose sessions were listed, of those that were to be. */
  readonly coursesVisited: number;
  readonly coursesPlanned: number;
  /** Sessions whose row, course or absence told something that their workflow does not know. */
  readonly differing: number;
  readonly hinted: number;
  /** Hints by reason. */
  readonly reasons: Readonly<Partial<Record<HintReason, number>>>;
  /** Sessions that were to be hinted and did not fit into the budget: the next sweep finds them again. */
  readonly waiting: number;
  /** Calls made by the sweep itself, and those that its hints are expected to cause. */
  readonly doceboCalls: number;
  readonly expectedCalls: number;
  /** True: nothing is left over for the next sweep. */
  readonly finished: boolean;
  /** Why it stopped before its end: its own budget, or an error code of Docebo's. */
  readonly stoppedBy: string | null;
  /** Courses whose list could not be read in full, by error code or `incomplete`. */
  readonly unreadable: Readonly<Record<string, number>>;
  /** Sessions that the memory had no room for. */
  readonly forgotten: number;
  readonly coverage: Coverage;
}

/** What is known of Docebo Connect's events after the calendar was paged through. */
export interface IndexDoceboConnectInput {
  /** That they would be taken over for. */
  readonly platform: PlatformKey;
  readonly mailbox: MailboxKey;
}

export interface IndexDoceboConnectResult {
  readonly sessions: number;
  readonly events: number;
  readonly graphCalls: number;
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
