import { randomBytes } from 'node:crypto';
import type { App, Mailbox, SignInGrant, Token } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';
import { signJwt } from './jwt';

/** Scopes that are about the sign-in itself: no access token carries them. */
const SIGN_IN_SCOPES = ['openid', 'profile', 'email', 'offline_access'];

/**
 * Makes a token that Graph here accepts. `me` ties `/me` to a mailbox, as a sign-in would; with `scopes` it is worth what that person
 * accepted, without them what the app may do by itself.
 */
export function issueToken(
  state: SimulatorState,
  app: App,
  options: { readonly expiresInSeconds: number; readonly me: string | null; readonly scopes: readonly string[] | null },
): string {
  const now = state.now().getTime();
  const expiresAt = new Date(now + options.expiresInSeconds * 1000).toISOString();
  const claims = {
    aud: 'https://graph.microsoft.com',
    appid: app.clientId,
    tid: app.tenant.id,
    exp: Date.parse(expiresAt) / 1000,
    ...(options.scopes === null ? {} : { scp: options.scopes.join(' ') }),
  };
  const encoded = [{ typ: 'JWT', alg: 'RS256' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const text = `${encoded.join('.')}.${randomBytes(32).toString('base64url')}`;
  const token: Token = {
    clientId: app.clientId,
    expiresAt,
    revoked: false,
    me: options.me,
    scopes: options.scopes === null ? null : [...options.scopes],
  };
  state.data.tokens[text] = token;
  return text;
}

/** The answer of the token endpoint to somebody who signed in: what was asked for decides what is in it. */
export function delegatedAnswer(
  state: SimulatorState,
  { app, mailbox, scopes, nonce }: { app: App; mailbox: Mailbox; scopes: readonly string[]; nonce: string | null },
): Record<string, unknown> {
  const { knobs } = state.data;
  const expiresIn = knobs.tokenExpiresInSeconds;
  const graphScopes = scopes.filter((scope) => !SIGN_IN_SCOPES.includes(scope));
  const options = { expiresInSeconds: expiresIn, me: mailbox.address, scopes: graphScopes };
  const grant = { clientId: app.clientId, mailboxId: mailbox.id, scopes: [...scopes] };
  return {
    token_type: 'Bearer',
    scope: [...scopes.filter((s) => !graphScopes.includes(s)), ...graphScopes.map(qualified)].join(' '),
    expires_in: expiresIn,
    ext_expires_in: expiresIn,
    access_token: issueToken(state, app, options),
    ...(scopes.includes('offline_access') && { refresh_token: issueRefreshToken(state, grant) }),
    ...(scopes.includes('openid') && { id_token: idToken(state, { app, mailbox, nonce }) }),
    client_info: Buffer.from(JSON.stringify({ uid: mailbox.id, utid: mailbox.tenantId })).toString('base64url'),
  };
}

function issueRefreshToken(state: SimulatorState, grant: Omit<SignInGrant, 'expiresAt'>): string {
  const text = `1.${randomBytes(48).toString('base64url')}`;
  const lifeMs = state.data.knobs.refreshTokenLifetimeSeconds * 1000;
  const expiresAt = new Date(state.now().getTime() + lifeMs).toISOString();
  state.data.refreshTokens[text] = { ...grant, expiresAt, revoked: false };
  return text;
}

function idToken(state: SimulatorState, about: { app: App; mailbox: Mailbox; nonce: string | null }): string {
  const { app, mailbox, nonce } = about;
  const seconds = Math.floor(state.now().getTime() / 1000);
  return signJwt({
    aud: app.clientId,
    iss: `https://login.microsoftonline.com/${mailbox.tenantId}/v2.0`,
    iat: seconds,
    nbf: seconds,
    exp: seconds + 3_600,
    name: mailbox.displayName,
    oid: mailbox.id,
    preferred_username: mailbox.userPrincipalName,
    sub: Buffer.from(`${app.clientId} ${mailbox.id}`).toString('base64url'),
    tid: mailbox.tenantId,
    ver: '2.0',
    ...(nonce === null ? {} : { nonce }),
  });
}

function qualified(scope: string): string {
  return `https://graph.microsoft.com/${scope}`;
}
