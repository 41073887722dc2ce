import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { readForms } from '../read-forms';
import type { Simulator } from '../simulator';
import type { App, Token } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';
import { EntraError, entraErrorBody, refusals } from './entra-error';

type Form = Readonly<Record<string, string | undefined>>;

/** Entra ID: the token endpoint (client credentials with a secret) and the discovery document. */
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
      const client = authenticateClient(simulator.state, request.params.tenant, request.body ?? {});
      const expiresIn = simulator.state.data.knobs.tokenExpiresInSeconds;
      return {
        token_type: 'Bearer',
        expires_in: expiresIn,
        ext_expires_in: expiresIn,
        access_token: issueToken(simulator.state, client, { expiresInSeconds: expiresIn, me: null }),
      };
    });

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
        end_session_endpoint: `${base}/oauth2/v2.0/logout`,
        tenant_region_scope: 'EU',
        cloud_instance_name: 'microsoftonline.com',
      };
    });
    done();
  };
}

/** Makes a token that Graph here accepts. `me` ties `/me` to a mailbox, as a sign-in would. */
export function issueToken(
  state: SimulatorState,
  app: App,
  options: { readonly expiresInSeconds: number; readonly me: string | null },
): string {
  const now = state.now().getTime();
  const expiresAt = new Date(now + options.expiresInSeconds * 1000).toISOString();
  const claims = {
    aud: 'https://graph.microsoft.com',
    appid: app.clientId,
    tid: app.tenant.id,
    exp: Date.parse(expiresAt) / 1000,
  };
  const encoded = [{ typ: 'JWT', alg: 'RS256' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const text = `${encoded.join('.')}.${randomBytes(32).toString('base64url')}`;
  const token: Token = { clientId: app.clientId, expiresAt, revoked: false, me: options.me };
  state.data.tokens[text] = token;
  return text;
}

/** @throws EntraError for each way in which a request can be wrong. */
function authenticateClient(state: SimulatorState, tenant: string, form: Form): App {
  if (form.grant_type === undefined) throw refusals.missing('grant_type');
  if (form.grant_type !== 'client_credentials') throw refusals.grantType(form.grant_type);
  if (['common', 'organizations', 'consumers'].includes(tenant.toLowerCase())) throw refusals.noTenant(tenant);
  const apps = Object.values(state.data.apps);
  const known = apps.filter((a) =>
    [a.tenant.id, ...a.tenant.domains].some((n) => n.toLowerCase() === tenant.toLowerCase()),
  );
  if (known.length === 0) throw refusals.unknownTenant(tenant);
  if (form.client_id === undefined) throw refusals.missing('client_id');
  const app = known.find((a) => a.clientId.toLowerCase() === form.client_id?.toLowerCase());
  if (app === undefined) throw refusals.unknownApp(form.client_id, tenant);
  if (form.scope !== 'https://graph.microsoft.com/.default') throw refusals.scope(form.scope ?? '');
  if (form.client_assertion !== undefined)
    throw refusals.badRequest('the simulator takes client secrets, no assertions');
  if (form.client_secret === undefined) throw refusals.noCredential();
  const secret = app.secrets.find((s) => s.value === form.client_secret);
  if (secret === undefined) throw refusals.wrongSecret(app.clientId);
  if (secret.expired) throw refusals.expiredSecret(app.clientId);
  return app;
}
