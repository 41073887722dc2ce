import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  ENV_VARIABLES,
  findUnknownVariables,
  PLATFORM_VARIABLES,
  platformVariable,
  readEnv,
} from '../../../src/app/env';
import type { PlatformVariable } from '../../../src/app/env';

describe('the environment', () => {
  it('is in production, with convoke.yaml in the current folder, when it says nothing', () => {
    expect(readEnv({})).toMatchObject({
      configFile: 'convoke.yaml',
      environment: 'production',
      logLevel: 'info',
      apiHost: null,
      apiPort: null,
      variables: {},
      problems: [],
    });
  });

  it('counts an empty variable as not set, and leaves other programs’ alone', () => {
    const env = readEnv({ CONVOKE_CONFIG: '', PATH: '/bin', TEMPORAL_ADDRESS: 'temporal:7233', UNSET: undefined });

    expect(env).toMatchObject({ configFile: 'convoke.yaml', variables: { TEMPORAL_ADDRESS: 'temporal:7233' } });
  });

  it('reads what is set', () => {
    const env = readEnv({
      CONVOKE_CONFIG: '/etc/convoke.yaml',
      CONVOKE_ENVIRONMENT: 'development',
      CONVOKE_LOG_LEVEL: 'trace',
      CONVOKE_API_HOST: '0.0.0.0',
      CONVOKE_API_PORT: '8080',
    });

    expect(env).toMatchObject({
      configFile: '/etc/convoke.yaml',
      environment: 'development',
      logLevel: 'trace',
      apiHost: '0.0.0.0',
      apiPort: 8080,
      problems: [],
    });
  });

  test.each([
    [{ CONVOKE_ENVIRONMENT: 'prod' }, 'CONVOKE_ENVIRONMENT: is "prod"; write production or development'],
    [
      { CONVOKE_ENVIRONMENT: 'Production' },
      'CONVOKE_ENVIRONMENT: is "Production"; write production or development (did you mean "production"?)',
    ],
    [
      { CONVOKE_LOG_LEVEL: 'wran' },
      'CONVOKE_LOG_LEVEL: is "wran"; write trace or debug or info or warn or error or fatal (did you mean "warn"?)',
    ],
    [{ CONVOKE_LOG_FORMAT: 'jsn' }, 'CONVOKE_LOG_FORMAT: is "jsn"; write json or text (did you mean "json"?)'],
    [{ CONVOKE_METRICS_API_PORT: '-' }, 'CONVOKE_METRICS_API_PORT: is "-"; write a port from 0 to 65535'],
    [{ CONVOKE_API_PORT: 'http' }, 'CONVOKE_API_PORT: is "http"; write a port from 0 to 65535'],
    [{ CONVOKE_API_PORT: '65536' }, 'CONVOKE_API_PORT: is "65536"; write a port from 0 to 65535'],
    [{ CONVOKE_API_PORT: '-1' }, 'CONVOKE_API_PORT: is "-1"; write a port from 0 to 65535'],
    [
      { CONVOKE_MICROSOFT_CLIENT_SECRET: ' secret\n' },
      'CONVOKE_MICROSOFT_CLIENT_SECRET: has blanks at its ends; take them off',
    ],
  ])('is refused with %j', (source, problem) => {
    expect(readEnv(source).problems).toEqual([problem]);
  });

  it('names a platform’s variables by its key', () => {
    expect(platformVariable('clientId', 'emea-2')).toBe('CONVOKE_DOCEBO_EMEA_2_CLIENT_ID');
    expect(platformVariable('webhook', 'academy')).toBe('CONVOKE_WEBHOOK_ACADEMY');
  });
});

describe('a variable that nobody reads', () => {
  test.each([
    ['CONVOKE_DOCEBO_ACADMY_CLIENT_ID', ' (did you mean "CONVOKE_DOCEBO_ACADEMY_CLIENT_ID"?)'],
    ['CONVOKE_WEBHOOKS_ACADEMY', ' (did you mean "CONVOKE_WEBHOOK_ACADEMY"?)'],
    ['CONVOKE_CODEC_KEY', ' (did you mean "CONVOKE_CODEC_KEYS"?)'],
    ['CONVOKE_SOMETHING_ELSE_ENTIRELY', '; .env.example lists them all'],
  ])('is named: %s', (name, hint) => {
    expect(findUnknownVariables(readEnv({ [name]: 'x' }), ['academy'])).toEqual([
      `${name}: there is no such variable${hint}`,
    ]);
  });

  it('is none of a known platform’s, nor one of Temporal’s', () => {
    const variables = ['clientId', 'clientSecret', 'username', 'password', 'webhook'] as const;
    const source = Object.fromEntries(variables.map((v) => [platformVariable(v, 'academy'), 'x']));

    expect(findUnknownVariables(readEnv({ ...source, TEMPORAL_CODEC_AUTH: 'x' }), ['academy'])).toEqual([]);
  });
});

describe('.env.example', () => {
  const file = readFileSync(path.resolve(__dirname, '../../../.env.example'), 'utf8');
  const named = [...file.matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);
  const known = [
    ...ENV_VARIABLES,
    ...(Object.keys(PLATFORM_VARIABLES) as PlatformVariable[]).map((variable) => platformVariable(variable, 'academy')),
  ];

  it('names every variable that is read, and no other', () => {
    expect([...named].sort()).toEqual([...known].sort());
  });

  it('explains each', () => {
    for (const block of file.split('\n\n').filter((part) => /^(# )?[A-Z][A-Z0-9_]*=/m.test(part))) {
      expect(block).toMatch(/^# [A-Za-z].*[a-z]/);
    }
  });
});
