import {
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import { QUERIES, SIGNALS } from '../contract/messages';
import type { KeepSubscriptionResult, WatchMailboxInput, WatchSettings, WatchState } from '../contract/mailbox-watch';
import type { NotifiedSignal } from '../domain/rsvp/notifications';
import { explainActivityFailure } from './activity-failures';
import { lightActivities, subscriptionActivities } from './activity-proxies';
import { describeWatch } from './describe-watch';
import { receiveRenewal, rollOverAsked } from './roll-over';
import { later, now } from './session-state';
import { failedToKeep, freshWatch, isPollDue, keptSubscription, receiveNotified, untilWatchWork } from './watch-state';

/** An idle run is rolled over, so that old code can retire. */
const IDLE_ROLL_OVER_MS = 30 * 86_400_000;

export const notified = defineSignal<[NotifiedSignal]>(SIGNALS.notified);
export const watch = defineSignal<[WatchSettings]>(SIGNALS.watch);
export const watchState = defineQuery<WatchState>(QUERIES.state);

/**
 * Watches one mailbox: keeps its subscription to changes, and has its answers polled as soon as Graph notifies. A notification is a hint:
 * a storm of them, of our own writes mostly, leads to one poll, and to another when the least time between two is over.
 */
export async function watchMailbox(input: WatchMailboxInput): Promise<WatchState> {
  const { mailbox } = input;
  const state = input.state ?? freshWatch(mailbox, now());
  let { settings } = input;
  const rollOverAt = later(now(), IDLE_ROLL_OVER_MS);
  const renewalAsked = receiveRenewal();
  const rollOverDue = (): boolean => rollOverAsked() || renewalAsked();
  setHandler(notified, (signal) => receiveNotified(state, signal), {
    description: "Graph's notifications, folded: a poll is wanted, or the subscription's own life.",
  });
  setHandler(
    watch,
    (given) => {
      settings = given;
      state.checkAt = now();
    },
    { description: 'The settings of a worker that starts; the subscription is looked after at once.' },
  );
  setHandler(watchState, () => state, { description: 'Subscription, failure, counts: ids only.' });

  for (;;) {
    if (!settings.on) return await giveUp(state);
    if (isPollDue(state, settings)) await poll(state);
    if (state.checkAt <= now()) await check(state, settings);
    // Told during that poll: the look has taken the news of it, and nothing else would end the wait.
    if (!settings.on) continue;
    setCurrentDetails(describeWatch(state));
    if (rollOverDue() || rollOverAt <= now()) await continueAsNew<typeof watchMailbox>({ mailbox, settings, state });
    const { checkAt, pollWanted } = state;
    const before = settings;
    const waitMs = untilWatchWork(state, settings, rollOverAt);
    // A poll that comes to be wanted before its time needs a timer of its own.
    const hasNews = (): boolean =>
      settings !== before || state.checkAt < checkAt || state.pollWanted !== pollWanted || rollOverDue();
    await condition(hasNews, waitMs);
  }
}

async function poll(state: WatchState): Promise<void> {
  // Before: what is notified from now on may be after what the poll sees.
  state.pollWanted = false;
  state.lastPollAt = now();
  try {
    const { did } = await lightActivities().pollNow.executeWithOptions({ summary: 'poll answers now' }, [
      { mailbox: state.mailbox },
    ]);
    if (did === 'triggered') state.counts.polls++;
  } catch (error) {
    // The next regular poll sees the same.
    explainActivityFailure(error);
  }
}

async function check(state: WatchState, settings: WatchSettings): Promise<void> {
  const { mailbox, subscription } = state;
  const renew = state.renewAsked || (subscription !== null && subscription.renewAt <= now());
  state.renewAsked = false;
  // What comes in meanwhile asks for another look.
  state.checkAt = later(now(), settings.checkMs);
  try {
    const kept: KeepSubscriptionResult = await subscriptionActivities(mailbox).keepSubscription.executeWithOptions(
      { summary: renew ? 'renew the subscription' : 'look after the subscription' },
      [{ mailbox, knownId: subscription?.id ?? null, renew }],
    );
    keptSubscription(state, kept, settings);
  } catch (error) {
    failedToKeep(state, explainActivityFailure(error), settings);
    state.renewAsked ||= renew;
  }
}

async function giveUp(state: WatchState): Promise<WatchState> {
  const { mailbox, subscription } = state;
  try {
    await subscriptionActivities(mailbox).dropSubscription.executeWithOptions({ summary: 'drop the subscription' }, [
      { mailbox, knownId: subscription?.id ?? null },
    ]);
    state.subscription = null;
  } catch (error) {
    // It expires by itself.
    explainActivityFailure(error);
  }
  setCurrentDetails('Change notifications are off.');
  return state;
}
