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

declare module 'fastify' {
  interface FastifyRequest {
    /** Its line is written by `logOutcome`. */
    hasOutcome: boolean;
  }
}

/** One line for each request: what was asked and how it ended. */
export class RequestLog extends LogController {
  override incomingRequest(request: FastifyRequest): void {
    request.log.debug({ req: request }, 'incoming request');
  }

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    if (request.hasOutcome) return;
    const fields = fieldsOf(request, reply);
    if (error == null) request.log[reply.statusCode === 429 ? 'debug' : 'info'](fields, 'request completed');
    else request.log.warn({ ...fields, errorCode: (error as { code?: unknown }).code ?? error.name }, 'answer cut off');
  }
}

/**
 * Called before the answer, for what is to be told in any case: the request's one line says `message` instead of "request completed" and
 * has the fields as well. Fastify hears nothing of an answer to somebody who has gone; then the line is "answer cut off".
 */
export function logOutcome(request: FastifyRequest, reply: FastifyReply, fields: object, message: string): void {
  const { raw } = reply;
  request.hasOutcome = true;
  const cutOff = (): void =>
    request.log.warn(
      { ...fieldsOf(request, reply), ...fields, errorCode: 'ERR_STREAM_PREMATURE_CLOSE' },
      'answer cut off',
    );
  if (raw.closed) return cutOff();
  raw.once('close', cutOff);
  raw.once('finish', () => {
    raw.off('close', cutOff);
    request.log.info({ ...fieldsOf(request, reply), ...fields }, message);
  });
}

function fieldsOf(request: FastifyRequest, reply: FastifyReply): object {
  return { req: request, res: reply, responseTimeMs: Math.round(reply.elapsedTime) };
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
