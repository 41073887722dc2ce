import { inspect } from 'node:util';
import { configure, problemsOf, yamlWith } from './some-configuration';

const base64 = (bytes: number, fill = 1) => Buffer.alloc(bytes, fill).toString('base64');

describe('secrets', () => {
  it('may be several at once while they change', () => {
    const { secrets } = configure({
      env: {
        CONVOKE_WEBHOOK_ACADEMY: 'hook:old:with:colons, hook2:new',
        CONVOKE_CODEC_KEYS: `new:${base64(32, 255).replaceAll('/', '_')},old:${base64(32, 2)}`,
      },
    });

    expect(secrets.webhooks.academy).toMatchObject([
      { user: 'hook', password: 'old:with:colons' },
      { user: 'hook2', password: 'new' },
    ]);
    expect(secrets.codecKeys.map(({ id }) => id)).toEqual(['new', 'old']);
    expect(secrets.codecKeys[0]?.key).toEqual(new Uint8Array(32).fill(255));
  });

  it('belong to each platform, whose user they name with the password grant', () => {
    const { secrets } = configure({
      yaml: yamlWith({
        platforms: { 'emea-2': { baseUrl: 'https://emea.example.com', profile: 'assumed-v2', grant: 'password' } },
      }),
      env: {
        CONVOKE_DOCEBO_EMEA_2_CLIENT_ID: 'id',
        CONVOKE_DOCEBO_EMEA_2_CLIENT_SECRET: 'secret',
        CONVOKE_DOCEBO_EMEA_2_USERNAME: 'service.convoke',
        CONVOKE_DOCEBO_EMEA_2_PASSWORD: 'password',
        CONVOKE_WEBHOOK_EMEA_2: 'a:b',
      },
    });

    expect({ ...secrets.docebo['emea-2'] }).toEqual({
      grant: 'password',
      clientId: 'id',
      clientSecret: 'secret',
      username: 'service.convoke',
      password: 'password',
    });
  });

  it('show nothing of themselves in JSON and in pictures of objects', () => {
    const { secrets } = configure({ env: { CONVOKE_CODEC_TOKEN: 'token-token-token-token', TEMPORAL_API_KEY: 'key' } });
    const parts = [
      secrets,
      { secrets },
      secrets.docebo,
      secrets.docebo.academy,
      secrets.webhooks.academy,
      secrets.temporal,
    ];

    for (const part of parts) {
      for (const picture of [JSON.stringify(part), inspect(part, { depth: 10 }), inspect(part, { showHidden: true })]) {
        expect(picture).toContain('(secrets)');
        expect(picture).not.toMatch(/secret"|-secret|password|token-token|key/i);
      }
    }
  });

  it('cannot be changed', () => {
    const { secrets } = configure();

    expect(() => Object.assign(secrets, { addressKey: null })).toThrow(TypeError);
  });
});

describe('a wrong secret', () => {
  test.each<[Record<string, string | undefined>, string]>([
    [
      { CONVOKE_DOCEBO_ACADEMY_CLIENT_ID: undefined },
      'CONVOKE_DOCEBO_ACADEMY_CLIENT_ID: is missing; write the client id of the OAuth2 app in Docebo (API and SSO)',
    ],
    [
      { CONVOKE_DOCEBO_ACADEMY_CLIENT_SECRET: undefined },
      'CONVOKE_DOCEBO_ACADEMY_CLIENT_SECRET: is missing; write the client secret of the OAuth2 app in Docebo',
    ],
    [
      { CONVOKE_DOCEBO_ACADEMY_USERNAME: 'u' },
      'CONVOKE_DOCEBO_ACADEMY_USERNAME: is set, but platforms.academy.grant is client_credentials; take it out, or write grant: password',
    ],
    [
      { CONVOKE_DOCEBO_ACADEMY_PASSWORD: 'p' },
      'CONVOKE_DOCEBO_ACADEMY_PASSWORD: is set, but platforms.academy.grant is client_credentials; take it out, or write grant: password',
    ],
    [
      { CONVOKE_WEBHOOK_ACADEMY: undefined },
      'CONVOKE_WEBHOOK_ACADEMY: is missing; write user:password as entered at the webhook in Docebo',
    ],
    [
      { CONVOKE_WEBHOOK_ACADEMY: 'hook' },
      'CONVOKE_WEBHOOK_ACADEMY: the pair is not user:password; commas separate pairs, so a password cannot hold one',
    ],
    [
      { CONVOKE_WEBHOOK_ACADEMY: ':password' },
      'CONVOKE_WEBHOOK_ACADEMY: the pair is not user:password; commas separate pairs, so a password cannot hold one',
    ],
    [
      { CONVOKE_WEBHOOK_ACADEMY: 'a:b,c:' },
      'CONVOKE_WEBHOOK_ACADEMY: the pair number 2 is not user:password; commas separate pairs, so a password cannot hold one',
    ],
    [
      { CONVOKE_MICROSOFT_CLIENT_SECRET: undefined },
      'CONVOKE_MICROSOFT_CLIENT_SECRET: is missing; write the value of a client secret of the app registration (Entra, Certificates & secrets)',
    ],
    [
      { CONVOKE_CODEC_KEYS: undefined },
      'CONVOKE_CODEC_KEYS: is missing; write an id, a colon and a key of 32 bytes in base64, such as 2026a:...; make one with: openssl rand -base64 32',
    ],
    [
      { CONVOKE_CODEC_KEYS: base64(32) },
      'CONVOKE_CODEC_KEYS: entry 1 is not id:key with 32 bytes in base64; make one with: openssl rand -base64 32',
    ],
    [
      { CONVOKE_CODEC_KEYS: `a:${base64(32)},b:${base64(31)}` },
      'CONVOKE_CODEC_KEYS: the key "b" is not id:key with 32 bytes in base64; make one with: openssl rand -base64 32',
    ],
    [
      { CONVOKE_CODEC_KEYS: 'a:not base64' },
      'CONVOKE_CODEC_KEYS: the key "a" is not id:key with 32 bytes in base64; make one with: openssl rand -base64 32',
    ],
    [
      { CONVOKE_CODEC_KEYS: `a:${base64(32)},a:${base64(32, 2)}` },
      'CONVOKE_CODEC_KEYS: the id "a" comes twice; every key needs an id of its own',
    ],
    [
      { CONVOKE_ADDRESS_KEY: undefined },
      'CONVOKE_ADDRESS_KEY: is missing; write a key of 32 bytes in base64 and never change it; make one with: openssl rand -base64 32',
    ],
    [
      { CONVOKE_ADDRESS_KEY: base64(31) },
      'CONVOKE_ADDRESS_KEY: is not base64 of at least 32 bytes; make one with: openssl rand -base64 32',
    ],
    [
      { CONVOKE_ADDRESS_KEY: 'x'.repeat(45) },
      'CONVOKE_ADDRESS_KEY: is not base64 of at least 32 bytes; make one with: openssl rand -base64 32',
    ],
    [
      { CONVOKE_CODEC_TOKEN: 'short' },
      'CONVOKE_CODEC_TOKEN: is no bearer token of at least 20 letters, digits and ._~+/=-; make one with: openssl rand -hex 32',
    ],
    [
      { CONVOKE_CODEC_TOKEN: 'with a blank in it, which no bearer has' },
      'CONVOKE_CODEC_TOKEN: is no bearer token of at least 20 letters, digits and ._~+/=-; make one with: openssl rand -hex 32',
    ],
  ])('is explained, and not quoted: %j', (env, problem) => {
    expect(problemsOf({ env })).toEqual([problem]);
  });

  it('of a platform with the password grant is explained', () => {
    const yaml = yamlWith({ platforms: { academy: { grant: 'password' } } });

    expect(problemsOf({ yaml })).toEqual([
      "CONVOKE_DOCEBO_ACADEMY_USERNAME: is missing, but platforms.academy.grant is password; write the user's name",
      "CONVOKE_DOCEBO_ACADEMY_PASSWORD: is missing, but platforms.academy.grant is password; write the user's password",
    ]);
  });

  it('of a platform whose settings are wrong is explained as far as can be told', () => {
    const yaml = yamlWith({ platforms: { academy: { grant: 'x' } } });
    const env = { CONVOKE_DOCEBO_ACADEMY_CLIENT_ID: undefined, CONVOKE_DOCEBO_ACADEMY_USERNAME: 'u' };

    expect(problemsOf({ yaml, env })).toEqual([
      expect.stringContaining('platforms.academy.grant'),
      expect.stringContaining('CONVOKE_DOCEBO_ACADEMY_CLIENT_ID: is missing'),
    ]);
  });
});
