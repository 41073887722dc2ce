import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnv } from '../../../src/app/env';
import { codecKeysIfAny, loadConfigBeside, loadOperatorSettings } from '../../../src/app/operator-settings';
import { thrownConfigError } from '../thrown-config-error';
import { SOME_ENV, SOME_YAML, yamlWith } from './some-configuration';

const KEY = Buffer.alloc(32, 7).toString('base64');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convoke-operator-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function envOf(over: Record<string, string> = {}) {
  const CONVOKE_DATA_FOLDER = join(folder, 'data');
  return readEnv({ CONVOKE_CODEC_KEYS: `k1:${KEY}`, CONVOKE_DATA_FOLDER, ...over });
}

function withYaml(yaml: string, over: Record<string, string> = {}) {
  const file = join(folder, 'convoke.yaml');
  writeFileSync(file, yaml);
  return envOf({ CONVOKE_CONFIG: file, ...over });
}

test('needs no secret of Docebo or Microsoft, and no file that the settings name', () => {
  const env = withYaml(SOME_YAML.replace('assumed-v1', './not-here.json'));

  const { temporal, platforms, codecKeys } = loadOperatorSettings(env);

  expect(temporal).toMatchObject({ address: 'localhost:7233', namespace: 'convoke' });
  expect(platforms).toEqual(['academy']);
  expect(codecKeys.map(({ id }) => id)).toEqual(['k1']);
});

test('works without convoke.yaml where the environment says where Temporal is', () => {
  const here = { TEMPORAL_ADDRESS: 'temporal.example:7233', TEMPORAL_NAMESPACE: 'prod' };

  expect(loadOperatorSettings(envOf(here))).toMatchObject({
    temporal: { address: 'temporal.example:7233', namespace: 'prod' },
    platforms: [],
  });
});

test('knows where sign-ins lie from convoke.yaml alone; without it that is not known', () => {
  const accounts = { trainer: { kind: 'delegated', tenant: 'common' }, app: { kind: 'app-secret' } };
  const yaml = yamlWith({ microsoft: { accounts }, mailboxes: { training: { account: 'trainer' } } });
  const clientId = '00001111-aaaa-2222-bbbb-3333cccc4444';

  expect(loadOperatorSettings(withYaml(yaml)).signIns).toEqual([
    { account: 'trainer', clientId, signInFile: join(folder, 'data', 'sign-ins', 'trainer.json') },
  ]);
  const named = yamlWith({ microsoft: { account: { kind: 'delegated' }, signInFolder: './here' } });
  expect(loadOperatorSettings(withYaml(named)).signIns).toMatchObject([
    { account: 'default', signInFile: join(folder, 'here', 'default.json') },
  ]);
  expect(loadOperatorSettings(envOf({ TEMPORAL_ADDRESS: 'temporal.example:7233' })).signIns).toBeNull();
});

test('names everything that is missing at once, and never guesses an address', () => {
  const env = envOf({ CONVOKE_CODEC_KEYS: '', CONVOKE_CONFIG: join(folder, 'gone.yaml') });

  expect(thrownConfigError(() => loadOperatorSettings(env)).problems).toEqual([
    expect.stringContaining('gone.yaml: cannot be read'),
    expect.stringContaining('CONVOKE_CODEC_KEYS: is missing'),
  ]);
});

test('a mistake in convoke.yaml is refused, for it might be about Temporal', () => {
  const env = withYaml(`${SOME_YAML}temporal:\n  adress: other:7233\n`);

  expect(thrownConfigError(() => loadOperatorSettings(env)).problems.join()).toContain('adress');
});

test('finds the server of `npm start` on the port that it took, unless a server is named', () => {
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data', 'supervisor.json'), JSON.stringify({ temporalAddress: '127.0.0.1:7299' }));

  const embedded = loadOperatorSettings(withYaml(SOME_YAML));
  const external = loadOperatorSettings(withYaml(SOME_YAML, { TEMPORAL_ADDRESS: 'named:7233' }));

  expect(embedded.temporal.address).toBe('127.0.0.1:7299');
  expect(external.temporal.address).toBe('named:7233');
});

test('a command with all settings finds that server, too', () => {
  mkdirSync(join(folder, 'data'), { recursive: true });
  writeFileSync(join(folder, 'data', 'supervisor.json'), JSON.stringify({ temporalAddress: '127.0.0.1:7299' }));
  const text = yamlWith({});

  const embedded = loadConfigBeside(withYaml(text, SOME_ENV));
  const external = loadConfigBeside(withYaml(text, { ...SOME_ENV, TEMPORAL_ADDRESS: 'named:7233' }));

  expect(embedded.config.temporal.address).toBe('127.0.0.1:7299');
  expect(external.config.temporal.address).toBe('named:7233');
});

test('keys for a file may be missing, but not be wrong', () => {
  expect(codecKeysIfAny(envOf({ CONVOKE_CODEC_KEYS: '' }))).toEqual([]);
  expect(thrownConfigError(() => codecKeysIfAny(envOf({ CONVOKE_CODEC_KEYS: 'k1:short' }))).problems).toHaveLength(1);
});
