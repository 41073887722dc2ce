import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import fastify, { type FastifyInstance } from 'fastify';
import { ConfigError } from '../domain/errors';
import { DEFAULT_LIMITS, type AppDeps, type ServerLimits } from './app-deps';
import { createAuthenticator } from './auth/authenticate';
import { RATE_LIMIT_PLUGIN } from './auth/rate-limits';
import { makeRoom } from './connection-room';
import { handleClientError, handleError, handleUnknownRoute } from './error-handler';
import { OPENAPI } from './openapi';
import { RequestLog, toLoggerOptions } from './request-log';
import { codec } from './routes/codec';
import { doceboWebhooks } from './routes/docebo-webhooks';
import { graphNotifications } from './routes/graph-notifications';
import { health } from './routes/health';
import { operatorApi } from './routes/operator';
import { openapiRoute } from './routes/openapi-route';
import { errorReply } from './schemas';
import { traceRequests } from './trace-requests';

/** Docebo takes a message as failed after this time without an answer. */
const DOCEBO_GIVES_UP_MS = 5_000;

/**
 * The HTTP side of Convoke: webhook ingress, health, OpenAPI, codec endpoint. It does not listen; `close()` lets requests in flight end.
 *
 * @throws ConfigError CONFIG_INGRESS with all problems: credentials or a token missing, a deadline that Docebo does not wait for, any origin
 */
export function buildApp(deps: AppDeps): FastifyInstance {
  const limits = { ...DEFAULT_LIMITS, ...deps.limits };
  refuseUnsafe(deps, limits);
  const app = createServer(deps, limits);

  app.setErrorHandler(handleError);
  app.setNotFoundHandler(handleUnknownRoute);
  app.addSchema(errorReply);
  if (deps.tracing != null)
    traceRequests(app, deps.tracing, { followsCallers: deps.trustProxy !== undefined && deps.trustProxy.length > 0 });
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers({ 'x-request-id': request.id, 'cache-control': 'no-store' });
  });
  drainOnClose(app, limits.drainMs);

  void app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  });
  void app.register(swagger, OPENAPI);
  void app.register(rateLimit, RATE_LIMIT_PLUGIN);
  app.decorateRequest('principal', null);
  app.decorateRequest('hasOutcome', false);
  // Else Node answers 417 with nothing in it to an expectation that it does not know. It may be ignored, too.
  app.server.on('checkExpectation', (request, reply) => app.routing(request, reply));
  makeRoom(app.server, limits.connections);
  void app.register(async (scope) => {
    health(scope, { readiness: deps.readiness, limits });
    openapiRoute(scope);
  });
  void app.register(async (scope) => doceboWebhooks(scope, { ...deps, limits }));
  const authenticate = deps.access === null ? async () => null : createAuthenticator(deps.access);
  const { notifications } = deps;
  if (notifications !== null)
    void app.register(async (scope) => graphNotifications(scope, { ...deps, ...notifications }));
  const endpoint = deps.codec;
  if (endpoint !== null)
    void app.register(async (scope) => codec(scope, { ...endpoint, authenticate, limits }), { prefix: '/codec' });
  const { operator } = deps;
  if (operator !== null)
    void app.register(
      async (scope) => operatorApi(scope, { operator, authenticate, limits, platforms: Object.keys(deps.platforms) }),
      { prefix: '/api/v1' },
    );
  return app;
}

function createServer(deps: AppDeps, limits: ServerLimits): FastifyInstance {
  const { trustProxy } = deps;
  return fastify({
    logger: deps.logger === false ? false : toLoggerOptions(deps.logger),
    logController: new RequestLog(),
    genReqId: requestId,
    trustProxy: trustProxy === undefined ? false : typeof trustProxy === 'string' ? trustProxy : [...trustProxy],
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    connectionTimeout: limits.connectionMs,
    keepAliveTimeout: limits.keepAliveMs,
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: limits.checkEveryMs },
    // A message that arrives on an open connection during close() is stored rather than refused.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 64 },
    // Nothing is guessed: a number is no string.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
    frameworkErrors: (error, request, reply) => void handleError(error, request, reply),
    clientErrorHandler: handleClientError,
  });
}

/** The caller's id, if it is a harmless one, so that a proxy's log and ours can be joined. */
function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : randomUUID();
}

/** close() lets requests in flight end, and no connection hold it up. */
function drainOnClose(app: FastifyInstance, drainMs: number): void {
  let timer: NodeJS.Timeout | undefined;
  app.addHook('preClose', async () => {
    // Node no longer checks for requests that are over their time once it closes: a stalled sender would hold it for ever.
    timer = setTimeout(() => app.server.closeAllConnections(), drainMs);
    timer.unref();
  });
  app.addHook('onSend', async (_request, reply) => {
    // Else the connection would stay, idle, until the keep-alive time is over.
    if (timer !== undefined) void reply.header('connection', 'close');
  });
  app.server.on('close', () => clearTimeout(timer));
}

function refuseUnsafe({ platforms, access, codec: endpoint }: AppDeps, limits: ServerLimits): void {
  const problems: string[] = [];
  for (const [key, { credentials }] of Object.entries(platforms)) {
    if (credentials.length === 0) {
      problems.push(`platform ${key} has no webhook credentials: set a user and a password, here and in Docebo`);
    }
    if (credentials.some(({ user, password }) => user === '' || password === '' || user.includes(':'))) {
      problems.push(`platform ${key}: a webhook user or password is empty, or the user name holds a colon`);
    }
  }
  if (!(limits.ackDeadlineMs > 0 && limits.ackDeadlineMs < DOCEBO_GIVES_UP_MS)) {
    problems.push(`the webhook deadline is ${limits.ackDeadlineMs} ms: Docebo waits ${DOCEBO_GIVES_UP_MS} ms at most`);
  }
  if (access?.tokens.some(({ token }) => token === '') === true) problems.push('a token of the api is empty');
  if (endpoint?.access.kind === 'bearer' && access === null) {
    problems.push('the codec endpoint is to ask for a token, but no token would open it');
  }
  if (endpoint?.allowedOrigins.includes('*') === true) {
    problems.push('the codec endpoint allows any origin (*): name the Web UI, as http://127.0.0.1:8233');
  }
  if (problems.length > 0) throw new ConfigError(problems, 'CONFIG_INGRESS');
}
