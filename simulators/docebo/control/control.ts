import type { FastifyInstance } from 'fastify';
import { CommandError } from '../academy/command-error';
import type { Tenant } from '../tenant';
import { academyRoutes } from './academy-routes';
import { stateRoutes } from './state-routes';
import { webhookRoutes } from './webhook-routes';

/** The simulator's own API, under `/__control/`. It is no part of Docebo: no token, no limit, no fault. */
export async function control(app: FastifyInstance, { tenant }: { tenant: Tenant }): Promise<void> {
  app.setErrorHandler((error, _request, reply) => {
    const status =
      error instanceof CommandError ? error.status : ((error as { statusCode?: number }).statusCode ?? 500);
    const message = error instanceof Error ? error.message : String(error);
    return reply.code(status).send({ error: { message } });
  });
  academyRoutes(app, tenant);
  webhookRoutes(app, tenant);
  stateRoutes(app, tenant);
}
