import {
  chooseSubscription,
  type Subscription,
  type WantedSubscription,
} from '../../../../src/domain/rsvp/subscriptions';

const NOW = '2026-05-04T09:00:00.000Z';
const wanted: WantedSubscription = {
  resource: '/users/training@academy.example/events',
  changeTypes: ['updated', 'deleted'],
  notificationUrl: 'https://convoke.example/webhooks/graph/training',
  lifecycleUrl: 'https://convoke.example/webhooks/graph/training/lifecycle',
  clientState: 'secret',
  applicationId: 'AAAA-1111',
};

const aSubscription = (over: Partial<Subscription> = {}): Subscription => ({
  ...wanted,
  id: 'one',
  expiresAt: '2026-05-08T09:00:00.000Z',
  ...over,
});

const choose = (listed: readonly Subscription[], knownId: string | null = null) => {
  const { keep, surplus } = chooseSubscription({ listed, wanted, knownId, now: NOW });
  return { keep: keep?.id ?? null, surplus };
};

describe('of the subscriptions that Graph lists', () => {
  test('the one that is remembered stays, and others to the same address go', () => {
    const longer = aSubscription({ id: 'two', expiresAt: '2026-05-10T09:00:00.000Z' });

    expect(choose([aSubscription(), longer], 'one')).toEqual({ keep: 'one', surplus: ['two'] });
  });

  test('the one that lives longest stays when none is remembered', () => {
    const longer = aSubscription({ id: 'two', expiresAt: '2026-05-10T09:00:00.000Z' });

    expect(choose([longer, aSubscription()])).toEqual({ keep: 'two', surplus: ['one'] });
  });

  test.each<[string, Partial<Subscription>]>([
    ['that goes elsewhere', { notificationUrl: 'https://staging.example/webhooks/graph/training' }],
    ['of another mailbox', { notificationUrl: 'https://convoke.example/webhooks/graph/milan' }],
    ['of another application', { applicationId: 'BBBB-2222' }],
  ])('one %s is left alone', (_what, other) => {
    expect(choose([aSubscription({ id: 'other', ...other })])).toEqual({ keep: null, surplus: [] });
  });

  test('one that is remembered goes when it leads to an address of before', () => {
    const old = aSubscription({ notificationUrl: 'https://old.example/webhooks/graph/training' });

    expect(choose([old], 'one')).toEqual({ keep: null, surplus: ['one'] });
  });

  test.each<[string, Partial<Subscription>]>([
    ['without the lifecycle address, which cannot be added', { lifecycleUrl: null }],
    ['with another secret', { clientState: 'old' }],
    ['to another resource', { resource: '/users/somebody@academy.example/events' }],
    ['to other changes', { changeTypes: ['created'] }],
    ['that has expired', { expiresAt: NOW }],
  ])('one of ours %s makes place for a new one', (_what, unfit) => {
    expect(choose([aSubscription(unfit)], 'one')).toEqual({ keep: null, surplus: ['one'] });
  });

  test.each<[string, Partial<Subscription>]>([
    ['whose secret is not shown', { clientState: null }],
    ['whose application is not shown', { applicationId: null }],
    ['whose application is spelled otherwise', { applicationId: 'aaaa-1111' }],
    ['whose resource is spelled otherwise', { resource: 'Users/training%40academy.example/Events' }],
    ['whose changes come in another order', { changeTypes: ['deleted', 'updated'] }],
  ])('one of ours %s stays', (_what, spelled) => {
    expect(choose([aSubscription(spelled)])).toEqual({ keep: 'one', surplus: [] });
  });

  test('a resource that cannot be decoded is compared as it is', () => {
    expect(choose([aSubscription({ resource: 'users/%/events' })])).toEqual({ keep: null, surplus: ['one'] });
  });
});
