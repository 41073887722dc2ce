import type { Instant, MailboxKey } from '../model';

/** A subscription to changes of a mailbox's calendar, as Graph shows it. */
export interface Subscription {
  readonly id: string;
  readonly expiresAt: Instant;
  readonly resource: string;
  readonly changeTypes: readonly string[];
  readonly notificationUrl: string;
  readonly lifecycleUrl: string | null;
  /** null: Graph does not show it. */
  readonly clientState: string | null;
  /** null: Graph does not show it. */
  readonly applicationId: string | null;
}

/** What a mailbox's subscription must be like, for the notifications to arrive and to be believed. */
export type WantedSubscription = Pick<Subscription, 'resource' | 'changeTypes' | 'notificationUrl'> & {
  readonly lifecycleUrl: string;
  readonly clientState: string;
  readonly applicationId: string;
};

/** Subscriptions of one mailbox in Graph. Errors: `GRAPH_*`, `ENTRA_*`; InputError `GRAPH_SUBSCRIPTION_URL` from `create`. */
export interface Subscriptions {
  readonly mailbox: MailboxKey;
  /** null: change notifications are off, so that there is nothing but to drop what is left. */
  readonly wanted: WantedSubscription | null;
  /** All of this application, of other mailboxes and other installations too. */
  list(): Promise<readonly Subscription[]>;
  create(wanted: WantedSubscription, expiresAt: Instant): Promise<Subscription>;
  /** null: it is gone. */
  renew(id: string, expiresAt: Instant): Promise<Subscription | null>;
  /** Repeatable: one that is gone is removed. */
  remove(id: string): Promise<void>;
}

/**
 * Which subscription stays and which of ours go. Ours is what this application made for this very address, and the one that is remembered;
 * everything else belongs to another mailbox, installation or program. `keep` is null when a new one is needed.
 */
export function chooseSubscription(input: {
  readonly listed: readonly Subscription[];
  readonly wanted: WantedSubscription;
  readonly knownId: string | null;
  readonly now: Instant;
}): { readonly keep: Subscription | null; readonly surplus: readonly string[] } {
  const { listed, wanted, knownId, now } = input;
  const ours = listed.filter((found) => isOurs(found, wanted, knownId));
  const fit = ours.filter((found) => fits(found, wanted) && found.expiresAt > now);
  const keep = fit.find(({ id }) => id === knownId) ?? fit.sort(byExpiry).at(-1) ?? null;
  return { keep, surplus: ours.filter(({ id }) => id !== keep?.id).map(({ id }) => id) };
}

function isOurs(found: Subscription, wanted: WantedSubscription, knownId: string | null): boolean {
  if (found.applicationId !== null && !isSame(found.applicationId, wanted.applicationId)) return false;
  return found.id === knownId || found.notificationUrl === wanted.notificationUrl;
}

function fits(found: Subscription, wanted: WantedSubscription): boolean {
  return (
    found.notificationUrl === wanted.notificationUrl &&
    found.lifecycleUrl === wanted.lifecycleUrl &&
    (found.clientState === null || found.clientState === wanted.clientState) &&
    isSame(toPath(found.resource), toPath(wanted.resource)) &&
    [...found.changeTypes].sort().join() === [...wanted.changeTypes].sort().join()
  );
}

/** Graph answers a resource with or without a slash before it, and encoded or not. */
function toPath(resource: string): string {
  try {
    return decodeURIComponent(resource).replace(/^\/+/, '');
  } catch {
    return resource;
  }
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function byExpiry(a: Subscription, b: Subscription): number {
  return a.expiresAt < b.expiresAt ? -1 : 1;
}
