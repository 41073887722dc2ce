import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RequestSpan, RequestTracing } from '../app/telemetry/tracing';
import { toAppError } from './api-errors';

/** What machines ask over and over tells nothing. */
const UNTRACED = /^\/(healthz|readyz|openapi\.json)/;

/**
 * A span for each request that has a route, and its trace's id on the lines of its log. Strangers who look for pages that are not there
 * make none.
 *
 * @param followsCallers whether a `traceparent` that comes with a request is gone on with: where a proxy in front is known.
 */
export function traceRequests(
  app: FastifyInstance,
  tracing: RequestTracing,
  { followsCallers }: { readonly followsCallers: boolean },
): void {
  const spans = new WeakMap<FastifyRequest, RequestSpan>();
  const codes = new WeakMap<FastifyRequest, string>();

  app.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done) => {
    const route = request.routeOptions.url;
    if (request.is404 || route === undefined || UNTRACED.test(route)) return done();
    const { method, id, headers } = request;
    const span = tracing.begin({ method, route, id, headers: followsCallers ? headers : null });
    spans.set(request, span);
    request.log = request.log.child({ traceId: span.traceId });
    reply.log = request.log;
    span.run(done);
  });
  app.addHook('onError', async (request, _reply, error) => {
    codes.set(request, toAppError(error).code);
  });
  app.addHook('onResponse', async (request, reply) => {
    spans.get(request)?.end({ status: reply.statusCode, code: codes.get(request) ?? null });
  });
}
