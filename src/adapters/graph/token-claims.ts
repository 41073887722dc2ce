import type { TokenFacts } from '../../domain/inspection/facts';

/**
 * What an access token says of itself. Microsoft calls tokens opaque to clients: this is for people alone, nothing decides by it. Null: it is
 * no JWT.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export function readTokenClaims(token: string): TokenFacts | null {
  const [, payload] = token.split('.');
  if (payload === undefined) return null;
  let claims: unknown;
  try {
    claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
  if (typeof claims !== 'object' || claims === null) return null;
  const { roles, scp, tid } = claims as Record<string, unknown>;
  return {
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [],
    scopes: typeof scp === 'string' ? scp.split(' ').filter((scope) => scope !== '') : [],
    tenant: typeof tid === 'string' ? tid : null,
  };
}
