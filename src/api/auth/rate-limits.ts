import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ThrottledError } from '../../domain/errors';

const A_MINUTE_MS = 60_000;
/** Addresses and callers that are remembered at once; the ones longest unseen go first. */
const REMEMBERED = 5_000;

/** Options of the plugin that every limit shares: none holds for a route unless it asks for it. */
export const RATE_LIMIT_PLUGIN = { global: false, cache: REMEMBERED } as const;

/**
 * Counts a refused request of its address, and throws once there are too many in a minute: only then, so that what is refused anyway costs
 * no more than an answer, and nobody is refused for what others at the same address did.
 *
 * @throws ThrottledError API_THROTTLED
 */
export function createFailureLimit(
  scope: FastifyInstance,
  max: number,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const count = scope.createRateLimit({ max, timeWindow: A_MINUTE_MS, keyGenerator: addressOf });
  return async (request, reply) => {
    const state = await count(request);
    if (state.isAllowed || !state.isExceeded) {
      if (!state.isAllowed && state.remaining === 0) {
        request.log.warn(
          { remoteAddress: request.ip },
          'too many refusals: further ones of this minute are not logged',
        );
      }
      return;
    }
    // A flood has to connect anew for each request.
    void reply.header('connection', 'close');
    throw tooMany('refused requests', state.ttl);
  };
}

/** @throws ThrottledError API_THROTTLED the caller has made too many requests within a minute */
export function createCallerLimit(scope: FastifyInstance, max: number): (request: FastifyRequest) => Promise<void> {
  const count = scope.createRateLimit({
    max,
    timeWindow: A_MINUTE_MS,
    keyGenerator: (request) => request.principal?.id ?? addressOf(request),
  });
  return async (request) => {
    const state = await count(request);
    if (!state.isAllowed && state.isExceeded) throw tooMany('requests', state.ttl);
  };
}

/** An IPv6 caller has a whole network of addresses. */
function addressOf(request: FastifyRequest): string {
  // A caller who has gone already has no address any more.
  const address: string | undefined = request.ip;
  return address === undefined ? 'gone' : normalizeIP(address);
}

function tooMany(what: string, retryAfterMs: number): ThrottledError {
  return new ThrottledError(`Too many ${what} within a minute: wait as long as Retry-After says.`, {
    code: 'API_THROTTLED',
    retryAfterMs,
  });
}
