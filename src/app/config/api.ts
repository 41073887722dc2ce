import type { Env } from '../env';
import { toApiTokens } from './api-tokens';
import type { ConfigContext } from './config-context';
import type { ApiConfig } from './config-types';
import { toBytes, toMilliseconds } from './durations';
import { toEndpoint } from './endpoints';
import { toOidc, type OidcConfig } from './oidc';

/** Docebo gives a webhook up after five seconds. */
const WEBHOOK_TIMEOUT_MS = 5_000;

const DEFAULTS = { host: '127.0.0.1', port: 3000, bodyLimit: '1MB', ackDeadline: '3500ms' } as const;

/** A minute. Docebo's own deliveries are never counted. */
const RATE_LIMITS = { perCaller: 600, failures: 30 } as const;

export function toApi(context: ConfigContext, env: Env): ApiConfig {
  const section = { ...DEFAULTS, ...context.file.api };
  const ackDeadlineMs = toMilliseconds(section.ackDeadline);
  if (ackDeadlineMs === 0 || ackDeadlineMs >= WEBHOOK_TIMEOUT_MS) {
    context.report(
      ['api', 'ackDeadline'],
      `is ${section.ackDeadline}, but Docebo waits 5s for an answer; write less than that, such as 3500ms`,
    );
  }
  const oidc = toOidc(context);
  return {
    host: env.apiHost ?? section.host,
    port: env.apiPort ?? section.port,
    publicUrl: section.publicUrl === undefined ? null : toEndpoint(context, ['api', 'publicUrl'], section.publicUrl),
    bodyLimitBytes: toBytes(section.bodyLimit),
    ackDeadlineMs,
    trustProxy: section.trustProxy ?? [],
    rateLimits: { ...RATE_LIMITS, ...context.file.api?.rateLimits },
    oidc,
    codec: toCodecEndpoint(context, env, oidc),
  };
}

/** Whoever has proved the right to decode may use the endpoint; when nobody can, nobody, unless the settings say so. */
function toCodecEndpoint(context: ConfigContext, env: Env, oidc: OidcConfig | null): ApiConfig['codec'] {
  const { access, allowedOrigins = [] } = context.file.api?.codec ?? {};
  const opener = findOpener(env, oidc);
  if (access === 'bearer' && opener === null) {
    context.report(
      ['api', 'codec', 'access'],
      'is bearer, but CONVOKE_CODEC_TOKEN is not set, and no token and no person has the role decode; set it, or write off or loopback',
    );
  }
  if (access !== undefined && access !== 'bearer' && opener !== null) {
    context.report(['api', 'codec', 'access'], `is ${access}, but ${opener}; take that out, or write bearer`);
  }
  return { access: access ?? (opener === null ? 'off' : 'bearer'), allowedOrigins };
}

/** What lets somebody decode; the tokens' own mistakes are reported where they become secrets. */
function findOpener(env: Env, oidc: OidcConfig | null): string | null {
  if (env.variables.CONVOKE_CODEC_TOKEN !== undefined) return 'CONVOKE_CODEC_TOKEN is set';
  const tokens = toApiTokens(env, () => undefined);
  if (tokens.some(({ roles }) => roles.includes('decode'))) return 'a token of CONVOKE_API_TOKENS has the role decode';
  return oidc !== null && oidc.roles.decode.length > 0 ? 'api.oidc.roles.decode is set' : null;
}
