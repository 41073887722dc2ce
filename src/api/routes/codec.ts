import cors from '@fastify/cors';
import type { Payload } from '@temporalio/common';
import type { FastifyInstance, FastifyRequest, FastifySchema } from 'fastify';
import { AppError, InputError } from '../../domain/errors';
import type { CodecAccess, CodecEndpoint, ServerLimits } from '../app-deps';
import { fromJsonPayloads, toJsonPayloads, type JsonPayloads } from '../codec-payloads';
import { createBearerVerifier } from '../credentials';
import { emptyBody, parseJsonBody, refuseContentEncoding } from '../json-body';
import { isLoopbackRequest } from '../loopback';
import { errorResponse } from '../schemas';

type Deps = CodecEndpoint & { readonly limits: Pick<ServerLimits, 'codecBodyBytes'> };

/**
 * Temporal's remote codec protocol: its Web UI and CLI send what the server stores and get it in plain text, and the other way round.
 * Bodies are never logged. Names and addresses pass here: see `CodecAccess`.
 */
export async function codec(scope: FastifyInstance, deps: Deps): Promise<void> {
  const allowed = createAccessCheck(deps.access);

  // Answers preflight requests itself, before the check: those carry no credentials.
  await scope.register(cors, {
    origin: [...deps.allowedOrigins],
    methods: ['POST'],
    allowedHeaders: ['x-namespace', 'content-type', 'authorization'],
    maxAge: 600,
  });

  scope.addHook('onRequest', async (request, reply) => {
    if (!allowed(request)) {
      if (deps.access.kind === 'bearer') void reply.header('www-authenticate', 'Bearer realm="convoke-codec"');
      throw new InputError('This endpoint decodes stored data: access is refused.', { code: 'CODEC_UNAUTHORIZED' });
    }
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
        try {
          return toJsonPayloads(await convert(payloads));
        } catch (cause) {
          throw unusable(verb, cause);
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

function createAccessCheck(access: CodecAccess): (request: FastifyRequest) => boolean {
  switch (access.kind) {
    case 'bearer': {
      const verify = createBearerVerifier(access.token);
      return (request) => verify(request.headers.authorization);
    }
    case 'loopback':
      return isLoopbackRequest;
    case 'network':
      return () => true;
  }
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
      413: errorResponse('The body is too large.'),
      415: errorResponse('The body is no JSON.'),
    },
  };
}
