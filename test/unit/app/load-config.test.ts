import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readEnv } from '../../../src/app/env';
import { loadConfig } from '../../../src/app/load-config';
import { thrownConfigError } from '../thrown-config-error';
import { SOME_ENV, yamlWith } from './some-configuration';

describe('loading the configuration', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'convoke-config-'));
  const configFile = path.join(folder, 'convoke.yaml');
  const env = () => readEnv({ ...SOME_ENV, CONVOKE_CONFIG: configFile });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('finds shipped files beside the code, and the customer’s beside convoke.yaml', () => {
    writeFileSync(configFile, yamlWith({ platforms: { academy: { templates: { body: './own/../mine.html' } } } }));
    writeFileSync(path.join(folder, 'mine.html'), '<p>{{course_name}}</p>');

    const { settings, docebo } = loadConfig(env()).config.platforms.academy!;

    expect(settings.render.bodyTemplate).toBe('<p>{{course_name}}</p>');
    expect(docebo.profile.name).toBe('assumed-v1');
  });

  it('names the file in its problems', () => {
    writeFileSync(configFile, yamlWith({ pace: { settle: 'soon' } }));

    expect(thrownConfigError(() => loadConfig(env())).problems).toEqual([
      `${configFile} line 12, pace.settle: is "soon"; write a duration such as 500ms, 10s, 5m, 2h or 7d, of 99999d at most`,
    ]);
  });

  test.each([
    ['none.yaml', 'there is no such file'],
    ['.', 'it is a folder'],
  ])('says what to do when there is nothing to read: %s', (name, reason) => {
    const missing = path.join(folder, name);

    const error = thrownConfigError(() =>
      loadConfig(readEnv({ ...SOME_ENV, CONVOKE_CONFIG: missing, CONVOKE_LOG_LEVEL: 'x' })),
    );

    expect(error.problems).toEqual([
      'CONVOKE_LOG_LEVEL: is "x"; write trace or debug or info or warn or error or fatal',
      `${missing}: cannot be read (${reason}); copy convoke.example.yaml to convoke.yaml and fill it in, or name your file in CONVOKE_CONFIG`,
    ]);
    expect(error.message).toMatch(/^The configuration is not usable:\n {2}- CONVOKE_LOG_LEVEL/);
  });

  it('names the secrets that every installation needs, too, when there is no file', () => {
    const error = thrownConfigError(() => loadConfig(readEnv({ CONVOKE_CONFIG: path.join(folder, 'none.yaml') })));

    expect(error.problems).toEqual([
      expect.stringMatching(/^CONVOKE_MICROSOFT_CLIENT_SECRET: is missing/),
      expect.stringMatching(/^CONVOKE_CODEC_KEYS: is missing/),
      expect.stringMatching(/^CONVOKE_ADDRESS_KEY: is missing/),
      expect.stringMatching(/none\.yaml: cannot be read/),
    ]);
  });
});
