import { createHash } from 'node:crypto';
import type { App, SignInGrant } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';
import { checkClientOfPerson, type Form } from './authenticate-client';
import { consentsOf } from './consents';
import { refusals } from './entra-error';
import { delegatedAnswer } from './issue-tokens';
import { readScopes } from './scopes';
import { findApp, type Tenant } from './tenants';

export interface TokenRequest {
  readonly form: Form;
  readonly tenant: Tenant;
  readonly audiences: readonly string[];
}

type Answer = Promise<Record<string, unknown>>;

/** @throws EntraError for codes that are unknown, used, too old, another app's, or whose proof key does not fit. */
export async function answerToCode(state: SimulatorState, request: TokenRequest): Answer {
  const { form } = request;
  const app = await clientOf(state, request);
  if (form.code === undefined) throw refusals.missing('code');
  const code = state.data.authorizationCodes[form.code];
  if (code === undefined || code.clientId !== app.clientId) throw refusals.malformedGrant();
  if (code.redeemed) throw refusals.redeemed();
  if (code.expiresAt <= state.nowIso()) throw refusals.expiredCode();
  if (form.redirect_uri !== code.redirectUri) throw refusals.otherReplyAddress(form.redirect_uri ?? '');
  const proof = createHash('sha256')
    .update(form.code_verifier ?? '')
    .digest('base64url');
  if (code.challenge !== null && proof !== code.challenge) throw refusals.verifier();
  code.redeemed = true;
  return answerFor(state, app, code, code.nonce);
}

/** A refresh token is not used up by its use: a new one comes with the answer, and the old one goes on until its time is over. */
export async function answerToRefresh(state: SimulatorState, request: TokenRequest): Answer {
  const { form } = request;
  const app = await clientOf(state, request);
  if (form.refresh_token === undefined) throw refusals.missing('refresh_token');
  const token = state.data.refreshTokens[form.refresh_token];
  if (token === undefined || token.clientId !== app.clientId) throw refusals.malformedGrant();
  if (token.revoked) throw refusals.revokedRefreshToken();
  if (token.expiresAt <= state.nowIso()) throw refusals.expiredRefreshToken();
  const scopes = form.scope === undefined ? token.scopes : readScopes(form.scope);
  const accepted = consentsOf(state, app, token.mailboxId);
  if (!scopes.every((scope) => accepted.includes(scope))) throw refusals.noConsent(app.clientId);
  return answerFor(state, app, { ...token, scopes }, null);
}

export async function answerToDevice(state: SimulatorState, request: TokenRequest): Answer {
  const { form } = request;
  const app = await clientOf(state, request);
  const given = form.device_code ?? form.code;
  const code = given === undefined ? undefined : state.data.deviceCodes[given];
  if (given === undefined || code === undefined || code.clientId !== app.clientId) throw refusals.badDeviceCode();
  if (code.declined) throw refusals.deviceDeclined();
  if (code.expiresAt <= state.nowIso()) throw refusals.expiredDeviceCode();
  if (code.mailboxId === null) throw refusals.pending();
  Reflect.deleteProperty(state.data.deviceCodes, given);
  return answerFor(state, app, { ...code, mailboxId: code.mailboxId }, null);
}

async function clientOf(state: SimulatorState, { form, tenant, audiences }: TokenRequest): Promise<App> {
  const app = findApp(state, tenant, form.client_id);
  await checkClientOfPerson(app, form, { audiences, now: state.now() });
  return app;
}

function answerFor(
  state: SimulatorState,
  app: App,
  { mailboxId, scopes }: Pick<SignInGrant, 'mailboxId' | 'scopes'>,
  nonce: string | null,
): Record<string, unknown> {
  return delegatedAnswer(state, { app, mailbox: state.mailbox(mailboxId), scopes, nonce });
}
