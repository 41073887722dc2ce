import type { FastifyInstance } from 'fastify';
import { readForms } from '../read-forms';
import type { Simulator } from '../simulator';
import { checkCredential, type Form } from './authenticate-client';
import { EntraError, entraErrorBody, refusals } from './entra-error';
import { issueToken } from './issue-tokens';
import { publicKeys } from './jwt';
import { answerToCode, answerToDevice, answerToRefresh, type TokenRequest } from './person-grants';
import { signInRoutes } from './sign-in-routes';
import { findApp, readTenant } from './tenants';

const DEVICE_GRANTS = ['device_code', 'urn:ietf:params:oauth:grant-type:device_code'];

/** Entra ID: the token endpoint, the pages of a sign-in, keys and the discovery document. */
export function entraRoutes(simulator: Simulator) {
  return (app: FastifyInstance, _options: object, done: () => void) => {
    readForms(app);

    app.setErrorHandler((error, request, reply) => {
      const refusal = error instanceof EntraError ? error : refusals.badRequest((error as Error).message);
      const query = request.query as { 'client-request-id'?: string };
      const correlationId = query['client-request-id'] ?? request.id;
      return reply.code(refusal.status).send(entraErrorBody(refusal, simulator.state.now(), correlationId));
    });

    app.post<{ Params: { tenant: string }; Body: Form }>('/:tenant/oauth2/v2.0/token', async (request, reply) => {
      void reply.header('cache-control', 'no-store, no-cache').header('pragma', 'no-cache');
      const origin = `${request.protocol}://${request.host}`;
      return answerTo(simulator, { form: request.body ?? {}, tenantName: request.params.tenant, origin });
    });

    app.get<{ Params: { tenant: string } }>('/:tenant/discovery/v2.0/keys', async () => publicKeys());

    app.get<{ Params: { tenant: string } }>('/:tenant/v2.0/.well-known/openid-configuration', async (request) => {
      const base = `${request.protocol}://${request.host}/${request.params.tenant}`;
      return {
        token_endpoint: `${base}/oauth2/v2.0/token`,
        token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
        jwks_uri: `${base}/discovery/v2.0/keys`,
        response_modes_supported: ['query', 'fragment', 'form_post'],
        subject_types_supported: ['pairwise'],
        id_token_signing_alg_values_supported: ['RS256'],
        response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
        scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
        issuer: `${base}/v2.0`,
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
        end_session_endpoint: `${base}/oauth2/v2.0/logout`,
        tenant_region_scope: 'EU',
        cloud_instance_name: 'microsoftonline.com',
      };
    });

    void app.register(signInRoutes(simulator));
    done();
  };
}

/** @throws EntraError for each way in which a request can be wrong. */
async function answerTo(
  { state }: Simulator,
  { form, tenantName, origin }: { readonly form: Form; readonly tenantName: string; readonly origin: string },
): Promise<Record<string, unknown>> {
  const grantType = form.grant_type;
  if (grantType === undefined) throw refusals.missing('grant_type');
  const audiences = [origin, 'https://login.microsoftonline.com'].flatMap((login) => [
    `${login}/${tenantName}/oauth2/v2.0/token`,
    `${login}/${tenantName}/v2.0`,
  ]);
  const request: TokenRequest = { form, tenant: readTenant(state, tenantName), audiences };
  if (grantType === 'client_credentials') return answerToApp(state, request);
  if (grantType === 'authorization_code') return answerToCode(state, request);
  if (grantType === 'refresh_token') return answerToRefresh(state, request);
  if (DEVICE_GRANTS.includes(grantType)) return answerToDevice(state, request);
  throw refusals.grantType(grantType);
}

async function answerToApp(
  state: Simulator['state'],
  { form, tenant, audiences }: TokenRequest,
): Promise<Record<string, unknown>> {
  if (tenant.kind !== 'one') throw refusals.noTenant(tenant.name);
  const client = findApp(state, tenant, form.client_id);
  if (form.scope !== 'https://graph.microsoft.com/.default') throw refusals.scope(form.scope ?? '');
  await checkCredential(client, form, { audiences, now: state.now() });
  const expiresIn = state.data.knobs.tokenExpiresInSeconds;
  return {
    token_type: 'Bearer',
    expires_in: expiresIn,
    ext_expires_in: expiresIn,
    access_token: issueToken(state, client, { expiresInSeconds: expiresIn, me: null, scopes: null }),
  };
}
