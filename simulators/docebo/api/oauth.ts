import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Tenant } from '../tenant';

type Refusal = readonly [status: number, error: string, description: string];

const BAD_CLIENT: Refusal = [400, 'invalid_client', 'The client credentials are invalid'];
const BAD_USER: Refusal = [401, 'invalid_grant', 'Invalid username and password combination'];
const BAD_REFRESH: Refusal = [400, 'invalid_grant', 'Invalid refresh token'];
const BAD_GRANT: Refusal = [400, 'unsupported_grant_type', 'Grant type not supported'];

/** `POST /oauth2/token`, which takes a form, a multipart form or JSON. Errors are those of the PHP server that Docebo's tokens point to. */
export function oauthRoutes(app: FastifyInstance, tenant: Tenant): void {
  app.post('/oauth2/token', async (request, reply) => {
    tenant.calls.count('token');
    return grant(tenant, request, reply);
  });
}

function grant(tenant: Tenant, request: FastifyRequest, reply: FastifyReply) {
  const given = (request.body ?? {}) as Record<string, unknown>;
  const { account } = tenant.options;
  const { expiresInSeconds, refuse } = tenant.settings.tokens;
  const deny = ([status, error, error_description]: Refusal) => reply.code(status).send({ error, error_description });
  if (refuse || given.client_id !== account.clientId || given.client_secret !== account.clientSecret)
    return deny(BAD_CLIENT);
  switch (given.grant_type) {
    case 'password':
      if (given.username !== account.username || given.password !== account.password) return deny(BAD_USER);
      return tenant.tokens.issue(expiresInSeconds, true);
    case 'client_credentials':
      return tenant.tokens.issue(expiresInSeconds, false);
    case 'refresh_token':
      if (!tenant.tokens.takeRefresh(String(given.refresh_token))) return deny(BAD_REFRESH);
      return tenant.tokens.issue(expiresInSeconds, true);
    default:
      return deny(BAD_GRANT);
  }
}
