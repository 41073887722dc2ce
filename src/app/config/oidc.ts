import type { ApiRole } from './api-roles';
import type { ConfigContext } from './config-context';
import { toMilliseconds } from './durations';
import { toEndpoint } from './endpoints';

/** Signatures that a token may have: by a key pair, so that nobody who can check one can make one. */
export type OidcAlgorithm =
  'RS256' | 'RS384' | 'RS512' | 'PS256' | 'PS384' | 'PS512' | 'ES256' | 'ES384' | 'ES512' | 'EdDSA';

/** An identity provider whose access tokens open the api. */
export interface OidcConfig {
  /** Exactly as in the tokens and in the provider's discovery document. */
  readonly issuer: string;
  readonly audiences: readonly string[];
  /** Name of the claim that holds roles, or a JSON pointer to it (`/realm_access/roles`). */
  readonly rolesClaim: string;
  /** Values of the claim that give a role. */
  readonly roles: Readonly<Record<ApiRole, readonly string[]>>;
  readonly algorithms: readonly OidcAlgorithm[];
  readonly clockToleranceMs: number;
  /** How the audit log names people. */
  readonly subjects: 'hashed' | 'plain';
}

const MOST_TOLERANCE_MS = 5 * 60_000;

export const OIDC_DEFAULTS = {
  rolesClaim: 'roles',
  algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
  clockTolerance: '30s',
  subjects: 'hashed',
} as const;

export function toOidc(context: ConfigContext): OidcConfig | null {
  const given = context.file.api?.oidc;
  if (given === undefined) return null;
  const at = ['api', 'oidc'];
  const section = { ...OIDC_DEFAULTS, ...given };
  toEndpoint(context, [...at, 'issuer'], section.issuer);
  const { read = [], operate = [], decode = [] } = section.roles;
  if (read.length + operate.length + decode.length === 0) {
    context.report([...at, 'roles'], 'gives nobody a role; name the values of the claim under read, operate or decode');
  }
  const clockToleranceMs = toMilliseconds(section.clockTolerance);
  if (clockToleranceMs > MOST_TOLERANCE_MS) {
    context.report([...at, 'clockTolerance'], `is ${section.clockTolerance}; write 5m or less, and set the clocks`);
  }
  return {
    issuer: section.issuer,
    audiences: section.audience,
    rolesClaim: section.rolesClaim,
    roles: { read, operate, decode },
    algorithms: section.algorithms,
    clockToleranceMs,
    subjects: section.subjects,
  };
}
