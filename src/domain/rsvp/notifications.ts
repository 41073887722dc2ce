import type { Instant, MailboxKey } from '../model';

/** What Graph says of a subscription's own life; anything else it may say counts as `missed`. */
export const LIFECYCLE_EVENTS = ['reauthorizationRequired', 'subscriptionRemoved', 'missed'] as const;
export type LifecycleEvent = (typeof LIFECYCLE_EVENTS)[number];

/** Notifications of one mailbox, folded: that something changed is all that is taken from them. */
export interface NotifiedSignal {
  readonly at: Instant;
  readonly changes: number;
  readonly lifecycle: readonly LifecycleEvent[];
}

/** Durable delivery of notifications to the workflow that watches the mailbox. */
export interface MailboxWatch {
  /**
   * Resolves after Temporal has stored it. Errors: `TEMPORAL_*`.
   *
   * @param input.deadlineMs from now; what may or may not be stored then comes again.
   */
  notified(input: {
    readonly mailbox: MailboxKey;
    readonly signal: NotifiedSignal;
    readonly deadlineMs: number;
  }): Promise<void>;
}

/** Runs the poll of a mailbox's answers now. */
export interface PollTrigger {
  /** `buffered` runs join; `paused`: an operator stopped the polling. Errors: `TEMPORAL_UNAVAILABLE`. */
  trigger(mailbox: MailboxKey): Promise<'triggered' | 'paused'>;
}
