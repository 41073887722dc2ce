import type { ApiToken } from '../../app/config/api-tokens';
import type { OidcConfig } from '../../app/config/oidc';
import type { Fetch } from './key-source';
import { createOidcVerifier } from './oidc';
import type { Principal } from './principal';
import { createTokenFinder } from './static-tokens';

/** What opens the operator API and the codec endpoint. */
export interface ApiAccess {
  readonly tokens: readonly ApiToken[];
  /** null: no identity provider. */
  readonly oidc: OidcConfig | null;
  /** Reaches the identity provider. */
  readonly fetch: Fetch;
}

/** Whose token an `authorization` header brings; null: nobody's. */
export type Authenticate = (authorization: string | undefined) => Promise<Principal | null>;

/** Tokens of Convoke's own first: they go on working while the identity provider is down. */
export function createAuthenticator({ tokens, oidc, fetch }: ApiAccess): Authenticate {
  const findToken = createTokenFinder(tokens);
  const verifyOidc = oidc === null ? null : createOidcVerifier(oidc, fetch);
  return async function authenticate(authorization) {
    const [, token = ''] = /^Bearer +([^ ]+) *$/i.exec(authorization ?? '') ?? [];
    const known = findToken(token);
    if (known !== null || verifyOidc === null || !isJwt(token)) return known;
    return verifyOidc(token);
  };
}

function isJwt(token: string): boolean {
  return /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/.test(token);
}
