import type { Instant, MailboxKey } from '../domain/model';
import type { SessionFailure } from './messages';

/** The workflow `subscription/<mailbox>`: it keeps the mailbox's subscription alive and lets answers be polled when Graph notifies. */

export interface WatchMailboxInput {
  readonly mailbox: MailboxKey;
  readonly settings: WatchSettings;
  /** Only on continue-as-new. */
  readonly state?: WatchState;
}

/** Milliseconds. */
export interface WatchSettings {
  /** Change notifications are wanted; false: the subscription is given up, and the workflow ends. */
  readonly on: boolean;
  /** Least time between two polls that notifications cause. */
  readonly pollEveryMs: number;
  /** Waits after a failed attempt to keep the subscription; the last one repeats. */
  readonly retryMs: readonly number[];
  /** The subscription is looked up at least so often: Graph may drop one without a word. */
  readonly checkMs: number;
}

/** Plain JSON, bounded; survives continue-as-new. */
export interface WatchState {
  readonly v: 1;
  readonly mailbox: MailboxKey;
  subscription: { readonly id: string; readonly expiresAt: Instant; readonly renewAt: Instant } | null;
  /** When the subscription is looked after next. */
  checkAt: Instant;
  /** Graph asked for a new authorization: the next look renews. */
  renewAsked: boolean;
  failure: Pick<SessionFailure, 'code' | 'message' | 'since' | 'attempts'> | null;
  /** Something changed that no poll has seen yet. */
  pollWanted: boolean;
  lastPollAt: Instant | null;
  lastNotifiedAt: Instant | null;
  /** Since the workflow began. */
  counts: {
    notifications: number;
    polls: number;
    created: number;
    renewed: number;
    pruned: number;
    lifecycle: number;
  };
}

export interface KeepSubscriptionInput {
  readonly mailbox: MailboxKey;
  readonly knownId: string | null;
  /** Its half-life is over, or Graph asked. */
  readonly renew: boolean;
}

export interface KeepSubscriptionResult {
  readonly id: string;
  /** As Graph answered: it may be sooner than asked for. */
  readonly expiresAt: Instant;
  readonly did: 'created' | 'renewed' | 'kept';
  /** Surplus ones of ours that were removed. */
  readonly pruned: number;
}

export interface DropSubscriptionInput {
  readonly mailbox: MailboxKey;
  readonly knownId: string | null;
}

export interface PollNowInput {
  readonly mailbox: MailboxKey;
}

export interface PollNowResult {
  readonly did: 'triggered' | 'paused';
}
