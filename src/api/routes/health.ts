import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { API_ERRORS } from '../api-errors';
import type { AppDeps, Readiness, ServerLimits } from '../app-deps';
import { RETRY_AFTER_S } from '../error-handler';
import { errorReply } from '../schemas';
import { sharedFor } from '../shared-for';
import { within } from '../within';

const status = (word: string) => ({
  type: 'object',
  required: ['status'],
  properties: { status: { type: 'string', const: word } },
});

const notReady = {
  description: 'Not now; `reason` says why.',
  type: 'object',
  required: ['code', 'message', 'reason', 'occurrenceId'],
  properties: {
    ...errorReply.properties,
    code: { type: 'string', const: 'API_NOT_READY' },
    reason: { type: 'string', description: 'A short word: `temporal-unreachable`, `check-timed-out`.' },
  },
};

type Deps = Pick<AppDeps, 'readiness'> & { readonly limits: Pick<ServerLimits, 'readinessMs'> };

/** Anybody may ask whether the process is ready; Temporal is asked this often at most. */
const READINESS_MS = 1_000;

/** `/healthz`: the process answers. `/readyz`: it can store hints, so that a load balancer may send it messages. */
export function health(scope: FastifyInstance, deps: Deps): void {
  const readiness = sharedFor(READINESS_MS, check);
  scope.get(
    '/healthz',
    {
      logLevel: 'warn',
      schema: {
        operationId: 'healthz',
        tags: ['health'],
        summary: 'Is the process alive?',
        response: { 200: { description: 'It is.', ...status('alive') } },
      },
    },
    async () => ({ status: 'alive' }),
  );

  scope.get(
    '/readyz',
    {
      logLevel: 'warn',
      schema: {
        operationId: 'readyz',
        tags: ['health'],
        summary: 'Is Temporal within reach?',
        response: { 200: { description: 'It is.', ...status('ready') }, 503: notReady },
      },
    },
    async (request, reply) => {
      const now = await readiness();
      if (now.ready) return { status: 'ready' };
      const occurrenceId = randomUUID();
      const { reason } = now;
      request.log.warn({ reason, occurrenceId }, 'not ready');
      const body = { code: 'API_NOT_READY', message: `Not ready: ${reason}.`, reason, occurrenceId };
      return reply.code(API_ERRORS.API_NOT_READY).header('retry-after', RETRY_AFTER_S).send(body);
    },
  );

  async function check(): Promise<Readiness> {
    const failed: Readiness = { ready: false, reason: 'check-failed' };
    const answer = await within(
      deps.limits.readinessMs,
      (async () => deps.readiness())().catch(() => failed),
    );
    return answer ?? { ready: false, reason: 'check-timed-out' };
  }
}
