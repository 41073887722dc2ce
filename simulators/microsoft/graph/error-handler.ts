import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Simulator } from '../simulator';
import { graphJson } from './graph-call';
import { GraphError, graphErrorBody } from './graph-error';

/** Errors in Graph's shape under /v1.0, in a plain one elsewhere (control API, pages). */
export function installErrorHandler(app: FastifyInstance, simulator: Simulator): void {
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    if (!request.url.startsWith('/v1.0/')) {
      const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
      return reply.code(status).send({ error: error.message });
    }
    return sendGraphError(simulator, request, reply, asGraphError(error));
  });
  app.setNotFoundHandler((request, reply) => {
    if (!request.url.startsWith('/v1.0/'))
      return reply.code(404).send({ error: `no ${request.method} ${request.url} here` });
    const segment = (request.url.split('?')[0] ?? '').split('/').pop() ?? '';
    const message = `Resource not found for the segment '${segment}'.`;
    return sendGraphError(simulator, request, reply, new GraphError(400, 'BadRequest', message));
  });
}

function sendGraphError(simulator: Simulator, request: FastifyRequest, reply: FastifyReply, error: GraphError) {
  const clientRequestId = String(request.headers['client-request-id'] ?? request.id);
  const ids = { date: simulator.state.nowIso(), requestId: request.id, clientRequestId };
  return reply
    .code(error.status)
    .headers(error.options.headers ?? {})
    .type(graphJson)
    .send(graphErrorBody(error, ids));
}

function asGraphError(error: Error & { code?: string; statusCode?: number }): GraphError {
  if (error instanceof GraphError) return error;
  if (error.statusCode === 413) return new GraphError(413, 'RequestEntityTooLarge', 'The request is too large.');
  if (error.statusCode !== undefined && error.statusCode < 500)
    return new GraphError(
      400,
      'BadRequest',
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  return new GraphError(500, 'ErrorInternalServerError', `An internal server error occurred. ${error.message}`);
}
