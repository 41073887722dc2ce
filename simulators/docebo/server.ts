import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { FaultBoard } from '../kit/faults';
import type { Academy } from './academy/academy';
import { docebo } from './api/api';
import { ApiError, sendError } from './api/api-error';
import { oauthRoutes } from './api/oauth';
import { addBodyParsers } from './body-parsers';
import { control } from './control/control';
import { pages } from './pages/pages';
import { Tenant, type ApiAccount, type TenantOptions } from './tenant';

/** A saved state of a large academy with its deliveries comes back in one body. */
const BODY_LIMIT_BYTES = 256 * 1024 * 1024;

export const defaultAccount: ApiAccount = {
  clientId: 'convoke',
  clientSecret: 'convoke-secret',
  username: 'service.connect',
  password: 'service-connect-password',
};

export type SimulatorOptions = Pick<TenantOptions, 'profile'> & Partial<TenantOptions>;

export interface DoceboSimulator {
  readonly app: FastifyInstance;
  readonly academy: Academy;
  readonly tenant: Tenant;
  readonly faults: FaultBoard;
  /** Listens on 127.0.0.1 (or the given host) and returns the address, without a slash at its end. Port 0 takes a free one. */
  listen(port?: number, host?: string): Promise<string>;
  close(): Promise<void>;
}

/** A Docebo platform on the wire: its API, its webhooks, its pages, and a control API to act on it. It starts empty. */
export function createDoceboSimulator(options: SimulatorOptions): DoceboSimulator {
  const tenant = new Tenant({
    platform: 'main',
    domain: 'academy.docebosaas.com',
    account: defaultAccount,
    ...options,
  });
  const app = fastify({ forceCloseConnections: true, bodyLimit: BODY_LIMIT_BYTES });
  const faults = new FaultBoard();
  faults.install(app);
  addBodyParsers(app);
  oauthRoutes(app, tenant);
  void app.register(docebo, { tenant });
  void app.register(control, { tenant });
  void app.register(pages, { tenant });
  app.setNotFoundHandler((_request, reply) => sendError(reply, new ApiError(404, 'Page not found'), tenant.settings));
  return {
    app,
    academy: tenant.academy,
    tenant,
    faults,
    async listen(port = 0, host = '127.0.0.1') {
      await app.listen({ port, host });
      const address = app.server.address() as AddressInfo;
      return `http://${host}:${address.port}`;
    },
    async close() {
      tenant.sender.close();
      faults.disarm();
      await app.close();
    },
  };
}
