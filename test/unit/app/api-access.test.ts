import { inspect } from 'node:util';
import { configure, problemsOf, yamlWith } from './some-configuration';

const LONG = 'a'.repeat(32);
const OTHER = 'b'.repeat(32);
const SOME_OIDC = { issuer: 'https://login.example.com/', audience: ['convoke'], roles: { read: ['staff'] } };

describe('tokens of the api', () => {
  it('have a name and roles, and may be several for one name', () => {
    const { secrets } = configure({
      env: { CONVOKE_API_TOKENS: `monitoring:read:${LONG}, desk:operate+decode:${OTHER},desk:operate:${OTHER}2` },
    });

    expect(secrets.apiTokens.map(({ name, roles, token }) => [name, [...roles], token])).toEqual([
      ['monitoring', ['read'], LONG],
      ['desk', ['operate', 'decode'], OTHER],
      ['desk', ['operate'], `${OTHER}2`],
    ]);
    expect(JSON.stringify(secrets) + inspect(secrets.apiTokens, { depth: 9 })).not.toMatch(/aaa|bbb/);
  });

  it('open the codec endpoint when one of them may decode, and only then', () => {
    const accessWith = (roles: string) =>
      configure({ env: { CONVOKE_API_TOKENS: `x:${roles}:${LONG}` } }).config.api.codec.access;

    expect([accessWith('read+operate'), accessWith('decode')]).toEqual(['off', 'bearer']);
  });

  test.each([
    ['no roles', `x:${LONG}`, /entry 1 \("x"\) has roles other than read, operate and decode/],
    ['a role that does not exist', `x:admin:${LONG}`, /entry 1 \("x"\) has roles other than read/],
    ['a short token', 'x:read:short', /entry 1 \("x"\) has no bearer token of at least 32 letters/],
    ['a name that is a person', `Anna B:read:${LONG}`, /entry 1 is not name:role:token/],
    ['a colon too many', `x:read:${LONG}:y`, /entry 1 is not name:role:token/],
    ['nothing after a comma', `x:read:${LONG},`, /entry 2 is not name:role:token/],
    ['one token twice', `x:read:${LONG},y:operate:${LONG}`, /entry 2 \("y"\) has the token of another entry/],
  ])('are refused with %s, and not quoted', (_, value, problem) => {
    const problems = problemsOf({ env: { CONVOKE_API_TOKENS: value } });

    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(problems.join()).not.toContain(LONG);
  });

  it('may not be the token of the codec endpoint as well', () => {
    expect(problemsOf({ env: { CONVOKE_API_TOKENS: `x:read:${LONG}`, CONVOKE_CODEC_TOKEN: LONG } })).toEqual([
      expect.stringMatching(/^CONVOKE_CODEC_TOKEN: is also in CONVOKE_API_TOKENS/),
    ]);
  });

  it('that may decode contradict a codec endpoint that asks for none', () => {
    const yaml = yamlWith({ api: { codec: { access: 'loopback' } } });

    expect(problemsOf({ yaml, env: { CONVOKE_API_TOKENS: `x:decode:${LONG}` } })).toEqual([
      expect.stringMatching(/is loopback, but a token of CONVOKE_API_TOKENS has the role decode; take that out/),
    ]);
    expect(configure({ yaml, env: { CONVOKE_API_TOKENS: `x:operate:${LONG}` } }).config.api.codec.access).toBe(
      'loopback',
    );
  });
});

describe('an identity provider', () => {
  const withOidc = (changes: object) => yamlWith({ api: { oidc: { ...SOME_OIDC, ...changes } } });

  it('needs its address, an audience and a role; its issuer stays as it is, to the slash', () => {
    expect(configure({ yaml: withOidc({}) }).config.api).toMatchObject({
      codec: { access: 'off' },
      oidc: {
        issuer: 'https://login.example.com/',
        audiences: ['convoke'],
        rolesClaim: 'roles',
        roles: { read: ['staff'], operate: [], decode: [] },
        algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
        clockToleranceMs: 30_000,
        subjects: 'hashed',
      },
    });
  });

  it('opens the codec endpoint to those who may decode', () => {
    const { api } = configure({ yaml: withOidc({ roles: { decode: ['hr'] } }) }).config;

    expect(api.codec.access).toBe('bearer');
  });

  test.each([
    ['http', { issuer: 'http://login.example.com' }, /api\.oidc\.issuer: .* is not encrypted/],
    ['this machine', { issuer: 'https://localhost/' }, /api\.oidc\.issuer: .* is this machine/],
    ['no role for anybody', { roles: {} }, /api\.oidc\.roles: gives nobody a role/],
    ['a role that does not exist', { roles: { admin: ['x'] } }, /api\.oidc\.roles\.admin: there is no such setting/],
    ['no audience', { audience: [] }, /api\.oidc\.audience: is an empty list; write a list of audiences/],
    [
      'a signature that its checker could forge',
      { algorithms: ['HS256'] },
      /algorithms\.?\[?0\]?: is "HS256"; write RS256/,
    ],
    ['no signature', { algorithms: ['none'] }, /is "none"; write RS256/],
    ['a clock that is far off', { clockTolerance: '1h' }, /clockTolerance: is 1h; write 5m or less/],
  ])('is refused with %s', (_, changes, problem) => {
    expect(problemsOf({ yaml: withOidc(changes) })).toEqual([expect.stringMatching(problem)]);
  });
});

describe('rate limits', () => {
  test.each([
    [{ perCaller: 1 }, /rateLimits\.perCaller: is 1; write a number of requests a minute, from 10 to 100000/],
    [{ failures: 0 }, /rateLimits\.failures: is 0; write a number of refused requests a minute/],
  ])('are refused when they would stop everybody: %j', (rateLimits, problem) => {
    expect(problemsOf({ yaml: yamlWith({ api: { rateLimits } }) })).toEqual([expect.stringMatching(problem)]);
  });
});
