import type {
  DropSubscriptionInput,
  KeepSubscriptionInput,
  KeepSubscriptionResult,
  PollNowInput,
  PollNowResult,
} from '../contract/mailbox-watch';
import { InvariantError } from '../domain/errors';
import type { MailboxKey } from '../domain/model';
import type { Clock } from '../domain/ports';
import type { PollTrigger } from '../domain/rsvp/notifications';
import { chooseSubscription, type Subscription, type Subscriptions } from '../domain/rsvp/subscriptions';

/**
 * What is asked for: ten minutes less than the longest life that Graph gives to a subscription to Outlook items (10,080 minutes), for clocks
 * that differ.
 */
const LIFETIME_MS = 10_070 * 60_000;

export interface SubscriptionPorts {
  readonly subscriptionsOf: (mailbox: MailboxKey) => Subscriptions;
  readonly pollTrigger: PollTrigger;
  readonly clock: Clock;
}

/** The effects of `watchMailbox`. Errors: `GRAPH_*`, `ENTRA_*`, `TEMPORAL_*` codes. */
export function createSubscriptionActivities({ subscriptionsOf, pollTrigger, clock }: SubscriptionPorts) {
  return {
    /** Repeatable: a subscription that an attempt made before its answer was lost is found by its address. */
    async keepSubscription({ mailbox, knownId, renew }: KeepSubscriptionInput): Promise<KeepSubscriptionResult> {
      const subscriptions = subscriptionsOf(mailbox);
      const { wanted } = subscriptions;
      if (wanted === null) {
        throw new InvariantError(`Mailbox ${mailbox} wants no change notifications`, { code: 'BUG_UNKNOWN_KEY' });
      }
      const now = clock.now();
      const expiresAt = new Date(now.getTime() + LIFETIME_MS).toISOString();
      const { keep, surplus } = chooseSubscription({
        listed: await subscriptions.list(),
        wanted,
        knownId,
        now: now.toISOString(),
      });
      // First: Graph allows a mailbox so many, and a second one of the same may be refused.
      for (const id of surplus) await subscriptions.remove(id);
      const pruned = surplus.length;
      if (keep !== null && !renew && keep.id === knownId) return { ...shown(keep), did: 'kept', pruned };
      // One that is not remembered may be of any age: its life begins anew.
      const renewed = keep === null ? null : await subscriptions.renew(keep.id, expiresAt);
      if (renewed !== null) return { ...shown(renewed), did: 'renewed', pruned };
      return { ...shown(await subscriptions.create(wanted, expiresAt)), did: 'created', pruned };
    },

    /** Change notifications are off: nothing of ours stays behind. */
    async dropSubscription({ mailbox, knownId }: DropSubscriptionInput): Promise<void> {
      if (knownId !== null) await subscriptionsOf(mailbox).remove(knownId);
    },

    async pollNow({ mailbox }: PollNowInput): Promise<PollNowResult> {
      return { did: await pollTrigger.trigger(mailbox) };
    },
  };
}

function shown({ id, expiresAt }: Subscription): Pick<KeepSubscriptionResult, 'id' | 'expiresAt'> {
  return { id, expiresAt };
}
