import { LogController, type FastifyReply, type FastifyRequest } from 'fastify';
import { describeError } from '../app/logger';
import type { AppDeps } from './app-deps';

type LoggerOptions = Exclude<AppDeps['logger'], false>;

const REDACTED = [
  'authorization',
  'headers.authorization',
  'headers.cookie',
  'req.headers.authorization',
  'req.headers.cookie',
];

/** One line for each request: what was asked and how it ended. */
export class RequestLog extends LogController {
  override incomingRequest(request: FastifyRequest): void {
    request.log.debug({ req: request }, 'incoming request');
  }

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const fields = { req: request, res: reply, responseTimeMs: Math.round(reply.elapsedTime) };
    if (error == null) request.log[reply.statusCode === 429 ? 'debug' : 'info'](fields, 'request completed');
    else request.log.warn({ ...fields, errorCode: (error as { code?: unknown }).code ?? error.name }, 'answer cut off');
  }
}

/** The caller's options, so that no log line holds a query, a body, a header with a secret, or a path that is none of ours. */
export function toLoggerOptions(options: LoggerOptions): LoggerOptions {
  const own = options.redact;
  const paths = Array.isArray(own) ? own : (own?.paths ?? []);
  return {
    ...options,
    redact: { ...(Array.isArray(own) ? {} : own), paths: [...paths, ...REDACTED] },
    serializers: {
      ...options.serializers,
      req: describeRequest,
      res: (reply) => ({ statusCode: reply.statusCode }),
      // Messages of other people's errors may quote what they choked on.
      err: (error) => ({ type: error.name, message: '', stack: '', ...describeError(error) }),
    },
  };
}

function describeRequest(request: FastifyRequest): Record<string, unknown> {
  const route = request.is404 ? '(none)' : (request.routeOptions.url ?? '(none)');
  const { platform } = (request.params ?? {}) as { platform?: unknown };
  return {
    method: request.method,
    route,
    ...(typeof platform === 'string' && /^[a-z0-9-]{1,32}$/.test(platform) ? { platform } : {}),
    remoteAddress: request.ip,
    ...(request.principal == null ? {} : { who: request.principal.id }),
  };
}
