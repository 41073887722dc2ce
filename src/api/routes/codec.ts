import cors from '@fastify/cors';
import type { Payload } from '@temporalio/common';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import { AppError, InputError } from '../../domain/errors';
import type { CodecAccess, CodecEndpoint, ServerLimits } from '../app-deps';
import { audit } from '../auth/audit';
import type { Authenticate } from '../auth/authenticate';
import { createGuard } from '../auth/guard';
import { fromJsonPayloads, toJsonPayloads, type JsonPayloads } from '../codec-payloads';
import { emptyBody, parseJsonBody, refuseContentEncoding } from '../json-body';
import { isLoopbackRequest } from '../loopback';
import { errorResponse } from '../schemas';

type Deps = CodecEndpoint & {
  readonly authenticate: Authenticate;
  readonly limits: Pick<ServerLimits, 'codecBodyBytes' | 'callsPerMinute' | 'failuresPerMinute'>;
};

/**
 * Temporal's remote codec protocol: its Web UI and CLI send what the server stores and get it in plain text, and the other way round.
 * Bodies are never logged. Names and addresses pass here: see `CodecAccess`.
 */
export async function codec(scope: FastifyInstance, deps: Deps): Promise<void> {
  const guard = createGuard(scope, { ...deps, realm: 'convoke-codec', unauthorized });

  // Answers preflight requests itself, before the check: those carry no credentials.
  await scope.register(cors, {
    origin: [...deps.allowedOrigins],
    methods: ['POST'],
    allowedHeaders: ['x-namespace', 'content-type', 'authorization'],
    maxAge: 600,
  });

  const admit = admitting(deps.access, guard.admit('codec', 'decode'));
  scope.addHook('onRequest', async (request, reply) => {
    await admit(request, reply);
    if (request.principal === null) await guard.limit(request);
    refuseContentEncoding(request.headers['content-encoding']);
  });

  // JSON alone, unlike webhooks: other types would let a web page send requests without a preflight.
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) =>
    parseJsonBody(body, request.headers['content-type']),
  );

  route('encode', (payloads) => deps.codec.encode(payloads));
  route('decode', (payloads) => deps.codec.decode(payloads));

  function route(verb: 'encode' | 'decode', convert: (payloads: Payload[]) => Promise<Payload[]>): void {
    scope.post<{ Body: JsonPayloads }>(
      `/${verb}`,
      { schema: schemaOf(verb), bodyLimit: deps.limits.codecBodyBytes, preValidation: requireBody },
      async (request) => {
        const payloads = fromJsonPayloads(request.body);
        const asked = { action: `codec.${verb}`, payloads: payloads.length, ...namespaceOf(request) };
        try {
          const converted = toJsonPayloads(await convert(payloads));
          audit(request, { ...asked, outcome: 'done' });
          return converted;
        } catch (cause) {
          const error = unusable(verb, cause);
          audit(request, { ...asked, outcome: 'failed', code: error.code });
          throw error;
        }
      },
    );
  }
}

async function requireBody(request: FastifyRequest): Promise<void> {
  if (request.body === undefined) throw emptyBody();
}

/** What a codec cannot turn came from the caller: another key, other data, or damage. */
function unusable(verb: string, cause: unknown): InputError {
  const why = cause instanceof AppError ? ` (${cause.code})` : '';
  return new InputError(`The codec cannot ${verb} these payloads${why}.`, { code: 'INPUT_CODEC_PAYLOADS', cause });
}

type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

function admitting(access: CodecAccess, byToken: Hook): Hook {
  switch (access.kind) {
    case 'bearer':
      return byToken;
    case 'loopback':
      return async (request) => {
        if (isLoopbackRequest(request)) return;
        const refusal = unauthorized();
        audit(request, { action: 'codec', outcome: 'refused', code: refusal.code });
        throw refusal;
      };
    case 'network':
      return async () => undefined;
  }
}

function unauthorized(): InputError {
  return new InputError('This endpoint decodes stored data: access is refused.', { code: 'CODEC_UNAUTHORIZED' });
}

/** What the caller says it decodes for: Temporal's name of a namespace, else nothing. */
function namespaceOf(request: FastifyRequest): { readonly namespace?: string } {
  const { 'x-namespace': namespace } = request.headers;
  return typeof namespace === 'string' && /^[A-Za-z0-9._-]{1,255}$/.test(namespace) ? { namespace } : {};
}

/** Protobuf's JSON leaves an empty list out: Temporal's CLI sends `{}` for a call without arguments. */
const payloads = {
  type: 'object',
  properties: {
    payloads: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          metadata: { type: 'object', additionalProperties: { type: 'string', contentEncoding: 'base64' } },
          data: { type: 'string', contentEncoding: 'base64' },
        },
      },
    },
  },
} as const;

function schemaOf(verb: 'encode' | 'decode'): FastifySchema {
  return {
    operationId: `${verb}Payloads`,
    tags: ['codec'],
    summary: verb === 'decode' ? 'Stored payloads in plain text' : 'Payloads as they are stored',
    security: [{ codecToken: [] }, {}],
    headers: { type: 'object', properties: { 'x-namespace': { type: 'string' } } },
    body: payloads,
    response: {
      200: { description: 'In the same order.', ...payloads },
      400: errorResponse('The payloads cannot be read or converted.'),
      401: errorResponse('Access is refused.'),
      403: errorResponse('The token does not have the role `decode`.'),
      413: errorResponse('The body is too large.'),
      415: errorResponse('The body is no JSON.'),
      429: errorResponse('Too many requests within a minute; `Retry-After` says how long to wait.'),
      503: errorResponse("The identity provider's keys cannot be had."),
    },
  };
}
