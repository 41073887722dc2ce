import type { KeepSubscriptionResult, WatchSettings, WatchState } from '../contract/mailbox-watch';
import type { Instant, MailboxKey } from '../domain/model';
import type { NotifiedSignal } from '../domain/rsvp/notifications';
import { later, now } from './session-state';

/** Pure changes of a watched mailbox's state. */

const DEFAULT_RETRY_MS = 60_000;

export function freshWatch(mailbox: MailboxKey, at: Instant): WatchState {
  return {
    v: 1,
    mailbox,
    subscription: null,
    checkAt: at,
    renewAsked: false,
    failure: null,
    pollWanted: false,
    lastPollAt: null,
    lastNotifiedAt: null,
    counts: { notifications: 0, polls: 0, created: 0, renewed: 0, pruned: 0, lifecycle: 0 },
  };
}

/** Synchronous and total. A removed subscription and missed notifications may both have hidden changes: a poll sees them. */
export function receiveNotified(state: WatchState, { at, changes, lifecycle }: NotifiedSignal): void {
  state.lastNotifiedAt = at;
  state.counts.notifications += changes;
  state.counts.lifecycle += lifecycle.length;
  if (changes > 0 || lifecycle.some((event) => event !== 'reauthorizationRequired')) state.pollWanted = true;
  if (lifecycle.includes('reauthorizationRequired')) state.renewAsked = true;
  if (lifecycle.some((event) => event !== 'missed')) state.checkAt = now();
}

export function isPollDue(state: WatchState, settings: WatchSettings): boolean {
  return state.pollWanted && mayPollAt(state, settings) <= now();
}

function mayPollAt({ lastPollAt }: WatchState, { pollEveryMs }: WatchSettings): Instant {
  return lastPollAt === null ? now() : later(lastPollAt, pollEveryMs);
}

/** Half of the life that Graph gave is the time to renew. Changes of the time without a subscription were not notified. */
export function keptSubscription(state: WatchState, kept: KeepSubscriptionResult, settings: WatchSettings): void {
  const at = now();
  const { id, expiresAt, did } = kept;
  const leftMs = Math.max(0, Date.parse(expiresAt) - Date.parse(at));
  const renewAt = did === 'kept' ? (state.subscription?.renewAt ?? at) : later(at, leftMs / 2);
  state.subscription = { id, expiresAt, renewAt };
  state.failure = null;
  state.counts.pruned += kept.pruned;
  if (did !== 'kept') state.counts[did]++;
  if (did === 'created') state.pollWanted = true;
  // A clock that is far off must not make this a loop.
  const soonest = later(at, settings.retryMs[0] ?? DEFAULT_RETRY_MS);
  const next = [later(at, settings.checkMs), renewAt < soonest ? soonest : renewAt].sort()[0]!;
  if (state.checkAt > next) state.checkAt = next;
}

export function failedToKeep(
  state: WatchState,
  { code, message }: { readonly code: string; readonly message: string },
  { retryMs }: WatchSettings,
): void {
  const at = now();
  const attempts = (state.failure?.attempts ?? 0) + 1;
  state.failure = { code, message, since: state.failure?.since ?? at, attempts };
  const waitMs = retryMs[Math.min(attempts, retryMs.length) - 1] ?? DEFAULT_RETRY_MS;
  state.checkAt = later(at, waitMs);
}

/** Milliseconds until something has to be done, signals aside. */
export function untilWatchWork(state: WatchState, settings: WatchSettings, rollOverAt: Instant): number {
  const next = [state.checkAt, rollOverAt, ...(state.pollWanted ? [mayPollAt(state, settings)] : [])].sort()[0]!;
  return Math.max(1, Date.parse(next) - Date.parse(now()));
}
