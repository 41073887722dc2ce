import { ConfigError, UpstreamError } from '../../../src/domain/errors';
import { VERBS } from '../../../src/cli/verbs';
import { runCli } from '../../../src/cli/run-cli';
import { FakeKeyDesk } from '../../fakes/fake-key-desk';
import { aSessionState, FakeOperator } from '../../fakes/fake-operator';
import { call } from './call';

test('a mistyped verb is answered with the one that was meant, and ends with 2', async () => {
  const { exit, err, out } = await call('sesions');

  expect(exit).toBe(2);
  expect(err).toContain('Did you mean');
  expect(err).toMatch(/session/);
  expect(out).toBe('');
});

test('a mistyped option is answered with the one that was meant, and ends with 2', async () => {
  const { exit, err } = await call('sessions --limt 3');

  expect(exit).toBe(2);
  expect(err).toContain('Did you mean --limit');
  expect(err).toContain('convoke sessions --help');
});

test('help names every verb and ends with 0; each verb teaches by examples', async () => {
  const help = await call('--help');
  const ofVerb = await call('resync --help');

  expect(help.exit).toBe(0);
  for (const verb of ['sessions', 'session', 'resync', 'hold', 'release', 'coverage']) expect(help.out).toContain(verb);
  expect(help.out).toContain('Exit codes');
  expect(ofVerb.exit).toBe(0);
  expect(ofVerb.out).toMatch(/Examples:[\s\S]*convoke resync 5401[\s\S]*What may follow:/);
});

test('no verb at all shows the help and ends with 2', async () => {
  const { exit, err } = await call([]);

  expect(exit).toBe(2);
  expect(err).toContain('Usage: convoke');
});

test('a broken configuration is told problem by problem, and ends with 2', async () => {
  const openFails = new ConfigError(['CONVOKE_CODEC_KEYS: is missing', 'convoke.yaml: cannot be read']);

  const { exit, err } = await call('sessions', { openFails });

  expect(exit).toBe(2);
  expect(err).toContain('  - CONVOKE_CODEC_KEYS: is missing\n  - convoke.yaml: cannot be read');
});

test('a system that does not answer ends with 3, in words and as JSON', async () => {
  const openFails = new UpstreamError('Temporal does not answer at localhost:7233.', { code: 'TEMPORAL_UNAVAILABLE' });

  const people = await call('sessions', { openFails });
  const script = await call('sessions --json', { openFails });

  expect(people).toMatchObject({ exit: 3, out: '' });
  expect(people.err).toContain('TEMPORAL_UNAVAILABLE: Temporal does not answer');
  expect(script).toMatchObject({ exit: 3, err: '' });
  expect(script.json()).toMatchObject({ v: 1, error: { code: 'TEMPORAL_UNAVAILABLE' } });
});

test('an error that nobody foresaw shows no message of somebody else, and ends with 1', async () => {
  const { exit, err } = await call('sessions', { openFails: new TypeError('cannot read "Ada Lovelace"') });

  expect(exit).toBe(1);
  expect(err).toContain('BUG_UNFORESEEN');
  expect(err).not.toContain('Lovelace');
});

test('the connection is closed, also when a verb fails', async () => {
  let closed = 0;
  const operator = new FakeOperator();
  const failing = await runWithClose(operator, () => closed++);
  operator.add(aSessionState());
  const fine = await runWithClose(operator, () => closed++);

  expect([failing, fine, closed]).toEqual([4, 0, 2]);
});

async function runWithClose(operator: FakeOperator, onClose: () => void): Promise<number> {
  return runCli(['session', '5401'], VERBS, {
    io: {
      out: () => undefined,
      err: () => undefined,
      asksPeople: false,
      rewrites: false,
      colours: false,
      ask: async () => null,
    },
    now: () => new Date(),
    user: () => 'ops',
    openOperator: async () => ({
      operator,
      keys: new FakeKeyDesk(),
      platforms: ['academy'],
      close: async () => onClose(),
    }),
    codecKeyIds: unneeded,
    loadConfig: unneeded,
    replayer: unneeded,
  });
}

function unneeded(): never {
  throw new Error('not needed');
}
