import type { App } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';
import { refusals } from './entra-error';
import { readScopes } from './scopes';
import { checkAudience, findApp, readTenant, type Tenant } from './tenants';

export type Fields = Readonly<Record<string, string | undefined>>;

/** What an app asks a person for. */
export interface AuthorizationRequest {
  readonly app: App;
  readonly tenant: Tenant;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | null;
  readonly challenge: string | null;
  readonly nonce: string | null;
  readonly loginHint: string | null;
}

/** Names that travel from the address of the page into its form and back. */
export const REQUEST_FIELDS = [
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
  'nonce',
  'login_hint',
  'prompt',
] as const;

/** @throws EntraError which the person sees: nobody is sent to an address that is not the app's. */
export function readAuthorizationRequest(
  state: SimulatorState,
  tenantName: string,
  fields: Fields,
): AuthorizationRequest {
  const tenant = readTenant(state, tenantName);
  const app = findApp(state, tenant, fields.client_id);
  const redirectUri = fields.redirect_uri ?? '';
  if (!app.redirectUris.some((registered) => isSameAddress(registered, redirectUri)))
    throw refusals.redirect(redirectUri, app.clientId);
  checkAudience(app, tenant);
  if (fields.response_type !== 'code') throw refusals.responseType(fields.response_type ?? '');
  if ((fields.response_mode ?? 'query') !== 'query')
    throw refusals.badRequest('Only response_mode=query is simulated.');
  if (fields.code_challenge !== undefined && fields.code_challenge_method !== 'S256') throw refusals.challengeMethod();
  return {
    app,
    tenant,
    redirectUri,
    scopes: readScopes(fields.scope),
    state: fields.state ?? null,
    challenge: fields.code_challenge ?? null,
    nonce: fields.nonce ?? null,
    loginHint: fields.login_hint ?? null,
  };
}

/** As registered, but for the port of this machine: a program takes whichever is free (RFC 8252, 7.3). */
function isSameAddress(registered: string, given: string): boolean {
  if (registered === given) return true;
  if (!URL.canParse(registered) || !URL.canParse(given)) return false;
  const [a, b] = [new URL(registered), new URL(given)];
  const isLoopback = a.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(a.hostname);
  return isLoopback && a.protocol === b.protocol && a.hostname === b.hostname && a.pathname === b.pathname;
}
