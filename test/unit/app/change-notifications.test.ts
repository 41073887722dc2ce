import { createClientStates, createAddressKeys } from '../../../src/app/keys';
import { notificationTargetOf, watchSettings } from '../../../src/app/worker/watch-settings';
import { configure, problemsOf, yamlWith } from './some-configuration';

const ON = { changeNotifications: { mode: 'on' }, api: { publicUrl: 'https://convoke.example.com/' } };

describe('changeNotifications', () => {
  it('are off by default', () => {
    const { config, secrets } = configure();

    expect(watchSettings(config).on).toBe(false);
    expect(notificationTargetOf(config, secrets, 'training')).toBeNull();
  });

  it('go to the public address, each mailbox’s to its own', () => {
    const { config, secrets } = configure({ yaml: yamlWith({ ...ON, pace: { retry: ['2m'] } }) });

    expect(watchSettings(config)).toEqual({ on: true, pollEveryMs: 5_000, retryMs: [120_000], checkMs: 86_400_000 });
    const target = notificationTargetOf(config, secrets, 'training');
    expect(target).toMatchObject({
      notificationUrl: 'https://convoke.example.com/webhooks/graph/training',
      lifecycleUrl: 'https://convoke.example.com/webhooks/graph/training/lifecycle',
    });
    expect(target?.clientState).not.toBe(notificationTargetOf(config, secrets, 'milan')?.clientState);
  });

  it('stay off with a public address alone', () => {
    expect(configure({ yaml: yamlWith({ api: ON.api }) }).config.changeNotifications.baseUrl).toBeNull();
  });

  it.each([
    [{ changeNotifications: { mode: 'on' } }, /changeNotifications\.mode: is on, but api\.publicUrl is missing/],
    [{ ...ON, api: { publicUrl: 'http://convoke.example.com' } }, /api\.publicUrl: .*not encrypted/],
    [{ changeNotifications: { pollAtMostEvery: '999ms' } }, /pollAtMostEvery: is 999ms; write at least 1s/],
    [{ changeNotifications: { mode: 'yes' } }, /changeNotifications\.mode/],
  ])('refuse what cannot work: %j', (changes, problem) => {
    const problems = problemsOf({ yaml: yamlWith(changes) });

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });
});

describe('the secret of a subscription', () => {
  const key = new Uint8Array(32).fill(7);
  const url = 'https://convoke.example.com/webhooks/graph/training';

  it('is the same in every process with the key, and fits into Graph’s 128 characters', () => {
    expect(createClientStates(key)(url)).toBe(createClientStates(key)(url));
    expect(createClientStates(key)(url)).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('is another for another key or address, and no address key', () => {
    expect(createClientStates(new Uint8Array(32).fill(8))(url)).not.toBe(createClientStates(key)(url));
    expect(createClientStates(key)(`${url}2`)).not.toBe(createClientStates(key)(url));
    expect(createClientStates(key)(url).startsWith(createAddressKeys(key)(url))).toBe(false);
  });
});
