import type { UnknownEventShape } from '../hints';
import type { Instant, MailboxKey, PlatformKey, SessionRef } from '../model';

/** What is wrong now, as workflows tell it. Ids, counts and codes only. */

/** A session whose last attempt failed; from its workflow's state. */
export interface FailingSession extends SessionRef {
  /** null: nothing has been written for it yet. */
  readonly mailbox: MailboxKey | null;
  readonly startsAt: Instant | null;
  readonly learners: number;
  readonly failures: readonly {
    readonly code: string;
    readonly message: string;
    readonly since: Instant;
  }[];
}

export interface FailingSessions {
  readonly sessions: readonly FailingSession[];
  /** Listed as failing, but their workflow did not answer. A session that turns out to be healthy again belongs nowhere. */
  readonly unreadable: readonly SessionRef[];
  /** Listed as failing and not looked into: beyond the reader's bound. */
  readonly further: number;
}

/** What the workflow `platform/<platform>` knows; its state fits as it is. */
export interface WebhookHealth {
  readonly platform: PlatformKey;
  readonly lastWebhookAt: Instant | null;
  readonly authenticationFailures: number;
  readonly lastAuthenticationFailureAt: Instant | null;
  readonly unknownEvents: readonly {
    readonly shape: UnknownEventShape;
    readonly firstAt: Instant;
    readonly lastAt: Instant;
    readonly count: number;
  }[];
  readonly foreignDomains: readonly { readonly domain: string; readonly count: number; readonly lastAt: Instant }[];
}

export interface PlatformHealthReading {
  readonly platforms: readonly WebhookHealth[];
  /** False: some platform's workflow did not answer. */
  readonly complete: boolean;
}

/** Anything else that is wrong: a poll or a sweep whose last run failed, a platform that has gone silent. */
export interface OtherProblem {
  /** `WEBHOOK_SILENCE`, or the code with which a run failed. */
  readonly code: string;
  readonly platform: PlatformKey | null;
  readonly mailbox: MailboxKey | null;
  readonly since: Instant;
  /** For people; no personal data. */
  readonly message: string;
  /** The workflow that tells more. */
  readonly workflowId: string | null;
}

export interface OtherProblems {
  readonly problems: readonly OtherProblem[];
  /** False: there may be more. */
  readonly complete: boolean;
}

export interface FailureReading {
  readonly sessions: FailingSessions;
  readonly health: PlatformHealthReading;
  readonly other: OtherProblems;
}

/** Names that a mail may show where the settings allow it. */
export interface AffectedNames {
  readonly course: string;
  readonly session: string;
  /** Learners; the first some only. */
  readonly people: readonly string[];
}
