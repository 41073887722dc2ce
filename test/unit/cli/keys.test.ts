import { readFileSync } from 'node:fs';
import type { KeyStanding } from '../../../src/app/open-operator';
import { FakeKeyDesk } from '../../fakes/fake-key-desk';
import { call } from './call';

function aStanding(over: Partial<KeyStanding> = {}): KeyStanding {
  const counts = { runs: 0, actions: 0, memories: 0, signIns: 0, onlyShown: 0, ended: null };
  return { id: 'a', state: 'free', ...counts, oldest: null, ...over };
}

let keys: FakeKeyDesk;
beforeEach(() => {
  keys = new FakeKeyDesk();
  keys.ring = ['b', 'a'];
});

test('status says of each key whether it must stay, and by what it is needed', async () => {
  keys.found = {
    ...keys.found,
    openRuns: 3,
    schedules: 2,
    keys: [
      aStanding({ id: 'b', state: 'encrypts', runs: 1 }),
      aStanding({ state: 'needed', runs: 2, memories: 1, oldest: '2026-11-01T09:00:00.000Z' }),
      aStanding({ id: 'c' }),
    ],
  };

  const { exit, out } = await call('keys status', { keys });

  expect(exit).toBe(0);
  expect(out).toContain("a must stay: needed by 2 open runs, 1 schedule's last result.");
  expect(out).toContain('2026-11-01 09:00:00');
  expect(out).toContain('c may be dropped: nothing that is open needs it.');
  expect(out).toContain('3 open runs and 2 schedules read');
  expect(keys.asked).toEqual([{ withEnded: false }]);
});

test('status ends with 1 when a key is missing, in words and as JSON', async () => {
  keys.found = { ...keys.found, keys: [aStanding({ id: 'gone', state: 'missing', runs: 2 })] };

  const text = await call('keys status', { keys });
  const json = await call('keys status --ended --json', { keys });

  expect([text.exit, json.exit]).toEqual([1, 1]);
  expect(text.out).toContain('gone is MISSING in CONVOKE_CODEC_KEYS and needed by 2 open runs');
  expect(json.json()).toMatchObject({ v: 1, keys: [{ id: 'gone', state: 'missing', runs: 2 }] });
  expect(keys.asked[1]).toEqual({ withEnded: true });
});

test('status counts sign-ins in files, and says what it could not look at', async () => {
  keys.found = {
    ...keys.found,
    keys: [aStanding({ id: 'b', state: 'encrypts' }), aStanding({ state: 'needed', signIns: 1 })],
    signIns: [
      { account: 'trainer', state: 'sealed', key: 'a', since: '2026-11-01T09:00:00.000Z' },
      { account: 'milan', state: 'none' },
      { account: 'rome', state: 'unreadable' },
    ],
  };
  const here = await call('keys status', { keys });
  keys.found = { ...keys.found, signIns: null };
  const elsewhere = await call('keys status', { keys });

  expect(here.out).toContain('a must stay: needed by 1 sign-in. "convoke keys renew" ends that.');
  expect(here.out).toContain('milan: no sign-in lies here.');
  expect(here.out).toContain('rome: the file with its sign-in cannot be read here; see convoke accounts.');
  expect(here.out).not.toContain('not looked at');
  expect(elsewhere.out).toContain('Sign-ins in files were not looked at');
});

test('a key of which something cannot be told must stay', async () => {
  keys.found = {
    ...keys.found,
    keys: [aStanding({ state: 'needed' })],
    signIns: [{ account: 'rome', state: 'unreadable' }],
  };

  expect((await call('keys status', { keys })).out).toContain(
    'a must stay: of 1 schedule or sign-in it cannot be told.',
  );
});

test('renew names a sign-in whose file cannot be written', async () => {
  const about = {
    account: 'trainer',
    since: '2026-11-01T09:00:00.000Z',
    keys: new Set(['a']),
    shown: new Set<string>(),
  };
  const found = { runs: 0, actions: 0, memories: 0, signIns: 1 };
  keys.renewed = { found, left: [{ user: { kind: 'sign-in', ...about }, why: 'file' }] };

  const { exit, out } = await call('keys renew', { keys });

  expect(exit).toBe(1);
  expect(out).toContain('0 last results and 1 sign-in needed another key than b; 1 are not renewed yet.');
  expect(out).toContain('sign-in of trainer: its file cannot be read or written here');
});

test('renew names what is left and why, and ends with 1', async () => {
  const user = { kind: 'memory', scheduleId: 'sweep/academy', paused: true, since: null } as const;
  const found = { runs: 2, actions: 1, memories: 1, signIns: 1 };
  keys.renewed = { found, left: [{ user: { ...user, keys: new Set(['a']), shown: new Set() }, why: 'paused' }] };

  const { exit, out } = await call('keys renew --rate 5 --wait 30m', { keys });

  expect(exit).toBe(1);
  expect(out).toContain('needed another key than b; 1 are not renewed yet');
  expect(out).toContain('schedule sweep/academy: is paused');
  expect(keys.asked).toEqual([{ perSecond: 5, waitMs: 1_800_000 }]);
});

test('renew with nothing to do says so and is fine', async () => {
  const { exit, out } = await call('keys renew', { keys });

  expect(exit).toBe(0);
  expect(out).toContain('Everything open is under b already.');
});

test('rotate prints the new key and the steps in their order, and names old keys by their ids alone', async () => {
  const { exit, out } = await call('keys rotate', { keys });

  expect(exit).toBe(0);
  const behind = out.indexOf('CONVOKE_CODEC_KEYS=b:...,a:...,k20261127:');
  const front = out.indexOf('CONVOKE_CODEC_KEYS=k20261127:...,b:...,a:...');
  expect(behind).toBeGreaterThan(0);
  expect(front).toBeGreaterThan(behind);
  expect(out.indexOf('convoke keys renew')).toBeGreaterThan(front);
});

test('rotate without a ring here is refused; a file that is not there is left so', async () => {
  keys.ring = [];
  expect(await call('keys rotate', { keys })).toMatchObject({ exit: 2 });
  keys.ring = ['b'];
  const missing = await call(['keys', 'rotate', '--write-env', '/nonexistent/.env'], { keys });
  expect(missing.exit).toBe(2);
  expect(missing.err).toContain('INPUT_ENV_FILE');
  expect(() => readFileSync('/nonexistent/.env')).toThrow();
});
