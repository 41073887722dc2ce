import type { OidcConfig } from '../../app/config/oidc';
import { AppError, UpstreamError } from '../../domain/errors';
import { toPrincipal } from './claims';
import { createKeySource, type Fetch } from './key-source';
import type { VerifyToken } from './principal';

/** Of a token that is not good, by jose's names. Everything else is about the provider. */
const REFUSALS: ReadonlySet<unknown> = new Set([
  'ERR_JOSE_ALG_NOT_ALLOWED',
  'ERR_JOSE_NOT_SUPPORTED',
  'ERR_JWKS_MULTIPLE_MATCHING_KEYS',
  'ERR_JWKS_NO_MATCHING_KEY',
  'ERR_JWS_INVALID',
  'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  'ERR_JWT_CLAIM_VALIDATION_FAILED',
  'ERR_JWT_EXPIRED',
  'ERR_JWT_INVALID',
]);

/**
 * Checks access tokens (JWT) of one identity provider: signature by an allowed algorithm and one of its keys, issuer, audience, times.
 *
 * @throws UpstreamError API_OIDC_UNAVAILABLE the provider's keys cannot be had, so nothing is known about the token
 */
export function createOidcVerifier(settings: OidcConfig, fetchUrl: Fetch): VerifyToken {
  const keys = createKeySource(settings.issuer, fetchUrl);
  return async function verifyOidc(token) {
    try {
      const { jwtVerify } = await import('jose');
      const { payload } = await jwtVerify(token, await keys(), {
        issuer: settings.issuer,
        audience: [...settings.audiences],
        algorithms: [...settings.algorithms],
        clockTolerance: settings.clockToleranceMs / 1000,
        requiredClaims: ['exp', 'iat', 'sub'],
      });
      const { sub = '' } = payload;
      return sub === '' ? null : toPrincipal({ ...payload, sub }, settings);
    } catch (cause) {
      if (REFUSALS.has((cause as { readonly code?: unknown } | null)?.code)) return null;
      if (cause instanceof AppError) throw cause;
      throw new UpstreamError("The identity provider's keys cannot be read", { code: 'API_OIDC_UNAVAILABLE', cause });
    }
  };
}
