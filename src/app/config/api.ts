import type { Env } from '../env';
import type { ConfigContext } from './config-context';
import type { ApiConfig } from './config-types';
import { toBytes, toMilliseconds } from './durations';
import { toEndpoint } from './endpoints';

/** Docebo gives a webhook up after five seconds. */
const WEBHOOK_TIMEOUT_MS = 5_000;

const DEFAULTS = { host: '127.0.0.1', port: 3000, bodyLimit: '1MB', ackDeadline: '3500ms' } as const;

export function toApi(context: ConfigContext, env: Env): ApiConfig {
  const section = { ...DEFAULTS, ...context.file.api };
  const ackDeadlineMs = toMilliseconds(section.ackDeadline);
  if (ackDeadlineMs === 0 || ackDeadlineMs >= WEBHOOK_TIMEOUT_MS) {
    context.report(
      ['api', 'ackDeadline'],
      `is ${section.ackDeadline}, but Docebo waits 5s for an answer; write less than that, such as 3500ms`,
    );
  }
  return {
    host: env.apiHost ?? section.host,
    port: env.apiPort ?? section.port,
    publicUrl: section.publicUrl === undefined ? null : toEndpoint(context, ['api', 'publicUrl'], section.publicUrl),
    bodyLimitBytes: toBytes(section.bodyLimit),
    ackDeadlineMs,
    trustProxy: section.trustProxy ?? [],
    codec: toCodecEndpoint(context, env),
  };
}

/** With a token, whoever sends it may use the endpoint; without one nobody, unless the settings say so. */
function toCodecEndpoint(context: ConfigContext, env: Env): ApiConfig['codec'] {
  const { access, allowedOrigins = [] } = context.file.api?.codec ?? {};
  const hasToken = env.variables.CONVOKE_CODEC_TOKEN !== undefined;
  if (access === 'bearer' && !hasToken) {
    context.report(
      ['api', 'codec', 'access'],
      'is bearer, but CONVOKE_CODEC_TOKEN is not set; set it, or write off or loopback',
    );
  }
  if (access !== undefined && access !== 'bearer' && hasToken) {
    context.report(
      ['api', 'codec', 'access'],
      `is ${access}, but CONVOKE_CODEC_TOKEN is set; take the variable out, or write bearer`,
    );
  }
  return { access: access ?? (hasToken ? 'bearer' : 'off'), allowedOrigins };
}
