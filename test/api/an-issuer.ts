import type { CryptoKey, JWTHeaderParameters, JWTPayload } from 'jose' with { 'resolution-mode': 'import' };
import type { OidcConfig } from '../../src/app/config/oidc';

export const ISSUER = 'https://login.example.com/realms/staff';
const DISCOVERY = `${ISSUER}/.well-known/openid-configuration`;
const KEY_SET = 'https://keys.example.com/jwks';

export const OIDC: OidcConfig = {
  issuer: ISSUER,
  audiences: ['convoke'],
  rolesClaim: 'roles',
  roles: { read: ['convoke-read'], operate: ['convoke-operate'], decode: ['convoke-decode'] },
  algorithms: ['RS256', 'ES256'],
  clockToleranceMs: 30_000,
  subjects: 'hashed',
};

interface Key {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: object;
}

/** An identity provider as its answers show it: discovery, a key set that rotates, outages. */
export class AnIssuer {
  readonly asked: string[] = [];
  /** What is told instead of the discovery document. */
  discovery: object = { issuer: ISSUER, jwks_uri: KEY_SET };
  /** Status instead of 200; 0: no connection. */
  status = 200;
  /** Instead of JSON. */
  text: string | null = null;
  private published: Key[] = [];

  readonly fetch = async (url: string): Promise<Response> => {
    this.asked.push(url);
    if (this.status === 0) throw new TypeError('fetch failed');
    const body = url === DISCOVERY ? this.discovery : { keys: this.published.map((key) => key.publicJwk) };
    return new Response(this.text ?? JSON.stringify(body), {
      status: url === DISCOVERY || url === KEY_SET ? this.status : 404,
    });
  };

  /** In place of all earlier ones. */
  async rotate(kid: string, alg = 'ES256'): Promise<Key> {
    const { exportJWK, generateKeyPair } = await import('jose');
    const { privateKey, publicKey } = await generateKeyPair(alg);
    const key = { kid, alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
    this.published = [key];
    return key;
  }

  async token(
    claims: JWTPayload = {},
    options: { readonly key?: Key; readonly header?: Partial<JWTHeaderParameters> } = {},
  ) {
    const { SignJWT } = await import('jose');
    const key = options.key ?? this.published[0] ?? (await this.rotate('k1'));
    const now = Math.floor(Date.now() / 1000);
    const all = {
      iss: ISSUER,
      aud: 'convoke',
      sub: 'user-17',
      iat: now,
      exp: now + 300,
      roles: ['convoke-read'],
      ...claims,
    };
    const header = { alg: key.alg, kid: key.kid, typ: 'at+jwt', ...options.header };
    return new SignJWT(all).setProtectedHeader(header).sign(key.privateKey);
  }
}
