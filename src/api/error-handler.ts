import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { ConnectionError, FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import { InputError, NotFoundError, ThrottledError, type AppError, type ErrorKind } from '../domain/errors';
import { httpStatusOf, toAppError } from './api-errors';

/** The body of every answer from 400 on. */
export interface ErrorReply {
  readonly code: string;
  readonly message: string;
  /** Also in the log: an operator finds the details by it. */
  readonly occurrenceId: string;
}

/** For a 503 whose cause does not say how long. */
export const RETRY_AFTER_S = 30;

/** From 500 on the reason is ours and stays in the log. */
const PUBLIC_MESSAGES: Readonly<Record<number, string>> = {
  500: 'Something went wrong here. The occurrence id finds it in the log.',
  502: 'A system behind this one failed. The occurrence id finds it in the log.',
  503: 'This cannot be done now. Send the same request again later: nothing has been lost, and a repeat does no harm.',
};

const LEVELS: Readonly<Record<ErrorKind, 'info' | 'warn' | 'error'>> = {
  config: 'error',
  input: 'info',
  'not-found': 'info',
  conflict: 'info',
  access: 'error',
  throttled: 'warn',
  upstream: 'warn',
  contract: 'error',
  invariant: 'error',
};

/** The one translation of errors to HTTP. */
export function handleError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = toAppError(thrown);
  const status = httpStatusOf(error);
  const body = toErrorReply(error, status);
  const fields = { code: error.code, occurrenceId: body.occurrenceId, status };
  // A flood must not fill the log as well.
  if (status === 429) request.log.debug({ ...fields, reason: error.message }, 'request throttled');
  else if (status < 500) request.log[LEVELS[error.kind]]({ ...fields, reason: error.message }, 'request refused');
  else request.log[LEVELS[error.kind]]({ ...fields, err: error }, 'request failed');

  if (status === 503 || status === 429) void reply.header('retry-after', retryAfterSeconds(error));
  return reply.code(status).type('application/json; charset=utf-8').send(body);
}

export function handleUnknownRoute(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = new NotFoundError('There is no such route. GET /openapi.json lists them.', {
    code: 'API_ROUTE_NOT_FOUND',
  });
  return handleError(error, request, reply);
}

/** Requests that Node could not even parse: there is neither a request nor a reply, only the socket. */
export function handleClientError(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = toClientProblem(error.code);
  const status = httpStatusOf(problem);
  const body = JSON.stringify(toErrorReply(problem, status));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function toClientProblem(code: string): InputError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new InputError('The request took too long to arrive.', { code: 'INPUT_REQUEST_TIMEOUT' });
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new InputError('The headers are larger than this server accepts.', { code: 'INPUT_HEADERS_TOO_LARGE' });
  }
  return new InputError('This is not an HTTP request that can be read.', { code: 'INPUT_REQUEST' });
}

function toErrorReply(error: AppError, status: number): ErrorReply {
  const message = status < 500 ? error.message : (PUBLIC_MESSAGES[status] ?? PUBLIC_MESSAGES[500] ?? '');
  return { code: error.code, message, occurrenceId: randomUUID() };
}

function retryAfterSeconds(error: AppError): number {
  const known = error instanceof ThrottledError ? error.retryAfterMs : null;
  return known === null ? RETRY_AFTER_S : Math.max(1, Math.ceil(known / 1000));
}
