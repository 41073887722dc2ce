import { createHash, createHmac } from 'node:crypto';
import { createOidcVerifier } from '../../src/api/auth/oidc';
import { AnIssuer, ISSUER, OIDC } from './an-issuer';

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

function aVerifier(issuer: AnIssuer, settings: Partial<typeof OIDC> = {}) {
  return createOidcVerifier({ ...OIDC, ...settings }, issuer.fetch);
}

afterEach(() => jest.restoreAllMocks());

describe('a token of the identity provider', () => {
  it('gives the roles that its claim names, under a hash of its subject', async () => {
    const issuer = new AnIssuer();

    const principal = await aVerifier(issuer)(
      await issuer.token({ roles: ['x', 'convoke-decode', 'convoke-operate'] }),
    );

    const hash = createHash('sha256').update(`${ISSUER}\nuser-17`).digest('hex').slice(0, 16);
    expect(principal).toEqual({ id: `oidc:${hash}`, roles: ['operate', 'decode'] });
  });

  it('names its subject when the settings say so', async () => {
    const issuer = new AnIssuer();

    expect(await aVerifier(issuer, { subjects: 'plain' })(await issuer.token())).toMatchObject({ id: 'oidc:user-17' });
  });

  it.each([
    ['a nested claim', '/realm_access/roles', { realm_access: { roles: ['convoke-read'] } }, ['read']],
    [
      'a claim that is named like an address',
      'https://a.example/roles',
      { 'https://a.example/roles': ['convoke-read'] },
      ['read'],
    ],
    ['a pointer with escapes', '/a~1b/c~0d', { 'a/b': { 'c~d': ['convoke-read'] } }, ['read']],
    ['words, as in scope', 'scope', { scope: 'openid convoke-read' }, ['read']],
    ['no such claim', 'groups', {}, []],
    ['a claim of another form', 'roles', { roles: { 'convoke-read': true } }, []],
    ['what every object inherits', '/constructor/name', {}, []],
  ])('finds roles in %s', async (_, rolesClaim, claims, roles) => {
    const issuer = new AnIssuer();

    expect((await aVerifier(issuer, { rolesClaim })(await issuer.token(claims)))?.roles).toEqual(roles);
  });

  it.each([
    ['of another issuer', { iss: 'https://evil.example.com' }],
    ['for another audience', { aud: 'payroll' }],
    ['for no audience', { aud: undefined }],
    ['that has expired', { exp: inSeconds(-60) }],
    ['that never expires', { exp: undefined }],
    ['of an unknown age', { iat: undefined }],
    ['that is not valid yet', { nbf: inSeconds(60) }],
    ['of nobody', { sub: undefined }],
    ['of an empty subject', { sub: '' }],
  ])('opens nothing %s', async (_, claims) => {
    const issuer = new AnIssuer();

    expect(await aVerifier(issuer)(await issuer.token(claims))).toBeNull();
  });

  it('is believed within the tolerance of clocks', async () => {
    const issuer = new AnIssuer();
    const token = await issuer.token({ exp: inSeconds(-20), nbf: inSeconds(20) });

    expect(await aVerifier(issuer)(token)).not.toBeNull();
    expect(await aVerifier(issuer, { clockToleranceMs: 0 })(token)).toBeNull();
  });

  it('may be signed by RSA as well', async () => {
    const issuer = new AnIssuer();
    await issuer.rotate('k1', 'RS256');

    expect(await aVerifier(issuer)(await issuer.token())).not.toBeNull();
  });

  it('opens nothing with its payload changed', async () => {
    const issuer = new AnIssuer();
    const [header = '', , signature = ''] = (await issuer.token()).split('.');
    const claims = {
      iss: ISSUER,
      aud: 'convoke',
      sub: 'user-17',
      iat: inSeconds(0),
      exp: inSeconds(300),
      roles: ['convoke-operate'],
    };

    expect(await aVerifier(issuer)(`${header}.${encode(claims)}.${signature}`)).toBeNull();
  });

  it('opens nothing without a signature, or signed with the public key as a secret', async () => {
    const issuer = new AnIssuer();
    const key = await issuer.rotate('k1');
    const body = encode({
      iss: ISSUER,
      aud: 'convoke',
      sub: 'x',
      iat: inSeconds(0),
      exp: inSeconds(300),
      roles: ['convoke-read'],
    });
    const unsigned = `${encode({ alg: 'none', kid: 'k1' })}.${body}.`;
    const head = `${encode({ alg: 'HS256', kid: 'k1' })}.${body}`;
    const confused = `${head}.${createHmac('sha256', JSON.stringify(key.publicJwk)).update(head).digest('base64url')}`;
    const verify = aVerifier(issuer);

    expect([await verify(unsigned), await verify(confused)]).toEqual([null, null]);
    // Not even the keys were asked for.
    expect(issuer.asked).toHaveLength(1);
  });

  it('opens nothing by an algorithm that is not allowed, though the provider has such a key', async () => {
    const issuer = new AnIssuer();
    await issuer.rotate('k1', 'ES384');

    expect(await aVerifier(issuer)(await issuer.token())).toBeNull();
  });

  it('opens nothing with a key that it brings itself', async () => {
    const issuer = new AnIssuer();
    const stranger = new AnIssuer();
    const key = await stranger.rotate('k1');
    await issuer.rotate('k1');
    const header = { jwk: key.publicJwk, jku: 'https://evil.example.com/jwks' };

    expect(await aVerifier(issuer)(await stranger.token({}, { key, header }))).toBeNull();
    expect(issuer.asked.filter((url) => url.includes('evil'))).toEqual([]);
  });
});

describe("the identity provider's keys", () => {
  it('are asked for once, and again when a token names one that is new, but not for each such token', async () => {
    const issuer = new AnIssuer();
    const verify = aVerifier(issuer);
    let now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    for (let i = 0; i < 5; i++) expect(await verify(await issuer.token())).not.toBeNull();
    const before = issuer.asked.length;

    await issuer.rotate('k2');
    const tooSoon = await verify(await issuer.token());
    now += 31_000;
    const rotated = await verify(await issuer.token());
    const unknown = { header: { kid: 'made up' } };
    for (let i = 0; i < 20; i++) await verify(await issuer.token({}, unknown));

    expect(before).toBe(2);
    expect([tooSoon, rotated === null]).toEqual([null, false]);
    expect(issuer.asked).toHaveLength(3);
  });

  it.each<[string, (issuer: AnIssuer) => unknown, RegExp]>([
    ['does not answer', (issuer) => (issuer.status = 0), /does not answer \(TypeError\)/],
    ['fails', (issuer) => (issuer.status = 503), /openid-configuration answered 503/],
    [
      'calls itself otherwise',
      (issuer) => (issuer.discovery = { ...issuer.discovery, issuer: `${ISSUER}/` }),
      /of another issuer/,
    ],
    ['names no keys', (issuer) => (issuer.discovery = { issuer: ISSUER }), /names no key set/],
    [
      'names keys that are not encrypted',
      (issuer) => (issuer.discovery = { issuer: ISSUER, jwks_uri: 'http://keys.example.com/jwks' }),
      /not encrypted/,
    ],
    ['sends to another place', (issuer) => (issuer.status = 302), /answered 302/],
    ['tells no JSON', (issuer) => (issuer.text = '<html>'), /cannot be read/],
  ])('cannot be had when it %s: nothing is known of the token, and the log says why', async (_, spoil, message) => {
    const issuer = new AnIssuer();
    spoil(issuer);

    await expect(aVerifier(issuer)(await issuer.token())).rejects.toMatchObject({
      code: 'API_OIDC_UNAVAILABLE',
      kind: 'upstream',
      message: expect.stringMatching(message) as string,
    });
  });

  it('are not asked for by every request during an outage, and are again when it is over', async () => {
    const issuer = new AnIssuer();
    const verify = aVerifier(issuer);
    const token = await issuer.token();
    let now = performance.now();
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    issuer.status = 0;

    for (let i = 0; i < 20; i++) await expect(verify(token)).rejects.toMatchObject({ code: 'API_OIDC_UNAVAILABLE' });
    const during = issuer.asked.length;
    issuer.status = 200;
    now += 5_001;

    expect(during).toBe(1);
    expect(await verify(token)).not.toBeNull();
  });
});
