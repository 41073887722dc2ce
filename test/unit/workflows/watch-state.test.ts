import type { KeepSubscriptionResult, WatchSettings } from '../../../src/contract/mailbox-watch';
import { describeWatch } from '../../../src/workflows/describe-watch';
import {
  failedToKeep,
  freshWatch,
  isPollDue,
  keptSubscription,
  receiveNotified,
  untilWatchWork,
} from '../../../src/workflows/watch-state';

const NOW = Date.parse('2026-05-04T09:00:00.000Z');
const at = (ms: number) => new Date(NOW + ms).toISOString();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const settings: WatchSettings = { on: true, pollEveryMs: 5_000, retryMs: [60_000, 300_000], checkMs: DAY };
const kept = (over: Partial<KeepSubscriptionResult> = {}): KeepSubscriptionResult => ({
  id: 's1',
  expiresAt: at(10 * HOUR),
  did: 'created',
  pruned: 0,
  ...over,
});

beforeEach(() => jest.useFakeTimers({ now: NOW }));
afterEach(() => jest.useRealTimers());

/** As `check` leaves it before the answer comes. */
function aWatch() {
  const state = freshWatch('training', at(0));
  state.checkAt = at(settings.checkMs);
  return state;
}

describe('the subscription', () => {
  test('is renewed when half of the life is over that Graph gave, and looked up once a day', () => {
    const state = aWatch();

    keptSubscription(state, kept(), settings);

    expect(state.subscription).toEqual({ id: 's1', expiresAt: at(10 * HOUR), renewAt: at(5 * HOUR) });
    expect(state.checkAt).toBe(at(5 * HOUR));
    keptSubscription(state, kept({ expiresAt: at(7 * DAY), did: 'renewed' }), settings);
    expect(state.subscription?.renewAt).toBe(at(3.5 * DAY));
    expect(state.checkAt).toBe(at(5 * HOUR));
    const other = aWatch();
    keptSubscription(other, kept({ expiresAt: at(7 * DAY) }), settings);
    expect(other.checkAt).toBe(at(DAY));
  });

  test('that is only looked up keeps its time of renewal', () => {
    const state = aWatch();
    keptSubscription(state, kept(), settings);

    jest.setSystemTime(NOW + HOUR);
    state.checkAt = at(HOUR + settings.checkMs);
    keptSubscription(state, kept({ did: 'kept', pruned: 2 }), settings);

    expect(state.subscription?.renewAt).toBe(at(5 * HOUR));
    expect(state.counts).toMatchObject({ created: 1, renewed: 0, pruned: 2 });
  });

  test('that has a life of nothing, by our clock, is not looked after in a loop', () => {
    const state = aWatch();

    keptSubscription(state, kept({ expiresAt: at(-HOUR) }), settings);

    expect(state.checkAt).toBe(at(60_000));
  });

  test('that is new has changes behind it that were not notified; an old one has not', () => {
    const [made, looked] = [aWatch(), aWatch()];

    keptSubscription(made, kept(), settings);
    keptSubscription(looked, kept({ did: 'kept' }), settings);

    expect([made.pollWanted, looked.pollWanted]).toEqual([true, false]);
  });

  test('that cannot be had is tried again, later each time, and the first failure is remembered', () => {
    const state = aWatch();
    const problem = { code: 'GRAPH_ACCESS', message: 'refused' };

    failedToKeep(state, problem, settings);
    expect(state.checkAt).toBe(at(60_000));
    jest.setSystemTime(NOW + 60_000);
    failedToKeep(state, problem, settings);
    expect(state.checkAt).toBe(at(360_000));
    failedToKeep(state, problem, settings);
    expect(state).toMatchObject({ failure: { ...problem, since: at(0), attempts: 3 }, checkAt: at(360_000) });
    expect(describeWatch(state)).toContain('`GRAPH_ACCESS`: refused');

    keptSubscription(state, kept(), settings);
    expect(state.failure).toBeNull();
  });
});

describe('notifications', () => {
  const notified = (
    changes: number,
    ...lifecycle: ('reauthorizationRequired' | 'subscriptionRemoved' | 'missed')[]
  ) => ({
    at: at(0),
    changes,
    lifecycle,
  });

  test.each([
    [notified(3), { pollWanted: true, renewAsked: false, looks: false }],
    [notified(0, 'missed'), { pollWanted: true, renewAsked: false, looks: false }],
    [notified(0, 'subscriptionRemoved'), { pollWanted: true, renewAsked: false, looks: true }],
    [notified(0, 'reauthorizationRequired'), { pollWanted: false, renewAsked: true, looks: true }],
  ])('%j', (signal, { looks, ...expected }) => {
    const state = aWatch();

    receiveNotified(state, signal);

    expect(state).toMatchObject(expected);
    expect(state.checkAt <= at(0)).toBe(looks);
  });

  test('lead to one poll at once, and to the next when its time has come', () => {
    const state = aWatch();
    receiveNotified(state, notified(100));
    expect(isPollDue(state, settings)).toBe(true);

    state.pollWanted = false;
    state.lastPollAt = at(0);
    receiveNotified(state, notified(100));
    expect(isPollDue(state, settings)).toBe(false);
    expect(untilWatchWork(state, settings, at(30 * DAY))).toBe(5_000);

    jest.setSystemTime(NOW + 5_000);
    expect(isPollDue(state, settings)).toBe(true);
  });

  test('that lead to nothing leave the watch asleep until the subscription needs it', () => {
    expect(untilWatchWork(aWatch(), settings, at(30 * DAY))).toBe(DAY);
    expect(untilWatchWork(aWatch(), settings, at(HOUR))).toBe(HOUR);
    expect(describeWatch(aWatch())).toContain('**no subscription**');
  });
});
