import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiRole } from '../../app/config/api-roles';
import { InputError } from '../../domain/errors';
import type { ServerLimits } from '../app-deps';
import { audit } from './audit';
import type { Authenticate } from './authenticate';
import { may, type Principal } from './principal';
import { createCallerLimit, createFailureLimit } from './rate-limits';

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null;
  }
}

export interface Guard {
  /** A hook for `onRequest`: before the body is read, so that strangers cost no memory. */
  readonly admit: (action: string, role: ApiRole) => (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /** The same limit for callers whom something else has let in. */
  readonly limit: (request: FastifyRequest) => Promise<void>;
}

/** Lets requests with a bearer token of the right role in, at a bounded pace, and sets `request.principal`. */
export function createGuard(
  scope: FastifyInstance,
  input: {
    readonly authenticate: Authenticate;
    readonly realm: string;
    readonly unauthorized: () => InputError;
    readonly limits: Pick<ServerLimits, 'callsPerMinute' | 'failuresPerMinute'>;
  },
): Guard {
  const { authenticate, realm, unauthorized, limits } = input;
  const countFailure = createFailureLimit(scope, limits.failuresPerMinute);
  const limit = createCallerLimit(scope, limits.callsPerMinute);

  return {
    limit,
    admit: (action, role) => async (request, reply) => {
      const { authorization } = request.headers;
      const principal = await authenticate(authorization);
      if (principal === null) {
        await countFailure(request, reply);
        const error = authorization === undefined ? '' : ', error="invalid_token"';
        void reply.header('www-authenticate', `Bearer realm="${realm}"${error}`);
        const refusal = unauthorized();
        audit(request, { action, outcome: 'refused', code: refusal.code });
        throw refusal;
      }
      request.principal = principal;
      await limit(request);
      if (may(principal, role)) return;
      void reply.header('www-authenticate', `Bearer realm="${realm}", error="insufficient_scope", scope="${role}"`);
      audit(request, { action, outcome: 'refused', code: 'API_FORBIDDEN' });
      throw new InputError(`The token is good, but does not have the role ${role}.`, { code: 'API_FORBIDDEN' });
    },
  };
}
