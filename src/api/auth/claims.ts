import { createHash } from 'node:crypto';
import { API_ROLES } from '../../app/config/api-roles';
import type { OidcConfig } from '../../app/config/oidc';
import type { Principal } from './principal';

type Claims = Readonly<Record<string, unknown>>;

/** `claims` of a token whose signature, issuer, audience and times have been checked. */
export function toPrincipal(claims: Claims & { readonly sub: string }, settings: OidcConfig): Principal {
  const { issuer, roles, rolesClaim, subjects } = settings;
  const values = toWords(readClaim(claims, rolesClaim));
  return {
    id: `oidc:${subjects === 'plain' ? claims.sub : hashSubject(issuer, claims.sub)}`,
    roles: API_ROLES.filter((role) => roles[role].some((value) => values.includes(value))),
  };
}

/** What `printf '%s\n%s' <issuer> <sub> | sha256sum` prints, cut to 16 digits: whoever knows a subject finds its lines. */
export function hashSubject(issuer: string, subject: string): string {
  return createHash('sha256').update(`${issuer}\n${subject}`).digest('hex').slice(0, 16);
}

/** By name, which may hold dots and slashes (`https://example.com/roles`), or by JSON pointer when it begins with a slash. */
function readClaim(claims: Claims, claim: string): unknown {
  if (!claim.startsWith('/')) return own(claims, claim);
  const parts = claim.slice(1).split('/');
  return parts.reduce<unknown>((value, part) => own(value, part.replaceAll('~1', '/').replaceAll('~0', '~')), claims);
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Claims)[key] : undefined;
}

/** A list, or words as in `scope`; anything else gives no role. */
function toWords(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(' ').filter((word) => word !== '');
  return Array.isArray(value) ? value.filter((word) => typeof word === 'string') : [];
}
