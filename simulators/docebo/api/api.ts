import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Reading } from '../wire/reading';
import type { Tenant } from '../tenant';
import { ApiError, sendError } from './api-error';
import { courseEndpoints } from './course';
import { Call, type Endpoint } from './endpoint';
import { learnEndpoints } from './learn';
import { learningPlanEndpoints } from './learning-plans';
import { login, manageEndpoints } from './manage';
import { rsvpEndpoints } from './rsvp';
import { servicesOf, swaggerOf } from './swagger';
import { visibleState } from './visible-state';

/** Docebo's REST API: every call is counted against the caller's hour, and all but the ways in ask for a token. */
export async function docebo(app: FastifyInstance, { tenant }: { tenant: Tenant }): Promise<void> {
  const { profile } = tenant.options;
  const endpoints = [
    ...manageEndpoints(),
    ...courseEndpoints(profile),
    ...learnEndpoints(profile),
    ...learningPlanEndpoints(profile),
    ...rsvpEndpoints(profile),
  ];
  app.setErrorHandler((error, _request, reply) => sendError(reply, error, tenant.settings));
  app.addHook('onRequest', async (request, reply) => limit(tenant, request, reply));

  app.post('/manage/v1/user/login', async (request) => counted(tenant, 'login', () => login(tenant, request.body)));
  for (const endpoint of endpoints) addEndpoint(app, tenant, endpoint);
  addSwagger(app, tenant, endpoints);
}

function addEndpoint(app: FastifyInstance, tenant: Tenant, { method, path, kind, handle }: Endpoint): void {
  app.route({
    method,
    url: path,
    handler: async (request, reply) =>
      counted(tenant, kind, () => {
        authorize(tenant, request, kind);
        void reply.header('x-docebo-api-version', '1.0.0').header('x-docebo-backyard', path.split('/')[1]);
        return handle(new Call(tenant, readingOf(tenant), request));
      }),
  });
}

function addSwagger(app: FastifyInstance, tenant: Tenant, endpoints: readonly Endpoint[]): void {
  const services = servicesOf(endpoints);
  app.get('/manage/v1/site/microservices', async (request) =>
    counted(tenant, 'microservices', () => {
      authorize(tenant, request, 'microservices');
      const origin = `${request.protocol}://${request.host}`;
      return { data: services.map((service) => ({ app: service, url: `${origin}/${service}/v1/swagger` })) };
    }),
  );
  for (const service of services)
    app.get(`/${service}/v1/swagger`, async () =>
      counted(tenant, 'swagger', () => swaggerOf(service, endpoints, readingOf(tenant))),
    );
}

function counted<T>(tenant: Tenant, kind: string, work: () => T): T {
  tenant.calls.count(kind);
  return work();
}

async function limit(tenant: Tenant, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { callsPerHour, retryAfter } = tenant.settings.limits;
  const refused = tenant.calls.admit(request.ip, callsPerHour);
  if (refused === undefined) return;
  if (retryAfter) void reply.header('retry-after', String(Math.ceil(refused.waitMs / 1000)));
  throw new ApiError(429, 'Too many requests: the hourly limit of API calls is used up');
}

function authorize(tenant: Tenant, request: FastifyRequest, kind: string): void {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined || !tenant.tokens.isValid(token))
    throw new ApiError(401, 'Your request was made with invalid credentials.');
  const { rights } = tenant.settings;
  if (rights.beyond === 'forbid' && rights.level !== 'godadmin' && kind !== 'whoAmI')
    throw new ApiError(403, 'You are not allowed to perform this action.');
}

function readingOf(tenant: Tenant): Reading {
  const { settings } = tenant;
  return {
    settings,
    profile: tenant.options.profile,
    state: visibleState(tenant.view.visible(), settings.rights),
  };
}
