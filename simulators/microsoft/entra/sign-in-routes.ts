import { randomBytes, randomInt } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Simulator } from '../simulator';
import type { App, DeviceCode, Mailbox } from '../state/model';
import type { Form } from './authenticate-client';
import { readAuthorizationRequest, type AuthorizationRequest, type Fields } from './authorization-request';
import { addConsent } from './consents';
import { EntraError, refusals } from './entra-error';
import { readScopes } from './scopes';
import { sendCodePage, sendNotePage, sendRefusalPage, sendSignInPage, signInStyle } from './sign-in-pages';
import { checkAudience, checkPerson, findApp, readTenant, type Tenant } from './tenants';

type Routed = { Params: { tenant: string }; Querystring: Fields; Body: Form };

/** Where people sign in: for a code that goes back to the app, or for a device that waits. */
export function signInRoutes(simulator: Simulator) {
  const { state } = simulator;
  return (app: FastifyInstance, _options: object, done: () => void) => {
    app.get<Routed>('/:tenant/oauth2/v2.0/authorize', async ({ params, query }, reply) =>
      shown(reply, () => {
        const request = readAuthorizationRequest(state, params.tenant, query);
        return sendSignInPage(simulator, reply, {
          ...request,
          action: `/${params.tenant}/oauth2/v2.0/authorize`,
          fields: query,
        });
      }),
    );

    app.post<Routed>('/:tenant/oauth2/v2.0/authorize', async ({ params, body }, reply) =>
      shown(reply, () => {
        const request = readAuthorizationRequest(state, params.tenant, body);
        return reply.redirect(backToApp(request, body), 302);
      }),
    );

    app.post<Routed>('/:tenant/oauth2/v2.0/devicecode', async ({ params, body, protocol, host }) => {
      const tenant = readTenant(state, params.tenant);
      const client = findApp(state, tenant, body.client_id);
      checkAudience(client, tenant);
      if (!client.publicClient) throw refusals.noCredential('device_code');
      return startDevice(client, { tenant, scopes: readScopes(body.scope), origin: `${protocol}://${host}` });
    });

    app.get<Routed>('/devicelogin', async (_request, reply) => sendCodePage(reply, null));

    app.get('/devicelogin/style.css', async (_request, reply) => reply.type('text/css').send(signInStyle));

    app.post<Routed>('/devicelogin', async ({ body }, reply) =>
      shown(reply, () => {
        const device = deviceOf(body.user_code ?? '');
        if (device === undefined) return sendCodePage(reply, 'That code is not right. Check it and try again.');
        const tenant = readTenant(state, device.tenant);
        const client = findApp(state, tenant, device.clientId);
        if (body.username === undefined && body.answer === undefined) {
          const request = { app: client, tenant, scopes: device.scopes, loginHint: null };
          return sendSignInPage(simulator, reply, { ...request, action: '/devicelogin', fields: body });
        }
        if (body.answer !== 'accept') device.declined = true;
        else device.mailboxId = accept(client, { tenant, scopes: device.scopes, username: body.username }).id;
        return sendNotePage(
          reply,
          device.declined ? 'The sign-in was declined.' : 'You have signed in. You may close this window.',
        );
      }),
    );
    done();
  };

  /** The person's answer, as an address of the app's. */
  function backToApp(request: AuthorizationRequest, form: Form): string {
    const back = new URL(request.redirectUri);
    if (request.state !== null) back.searchParams.set('state', request.state);
    if (form.answer !== 'accept') {
      const { code, number, message } = refusals.declined();
      back.searchParams.set('error', code);
      back.searchParams.set('error_description', `AADSTS${number}: ${message}`);
      return back.href;
    }
    const mailbox = accept(request.app, { ...request, username: form.username });
    const code = `1.${randomBytes(48).toString('base64url')}`;
    state.data.authorizationCodes[code] = {
      clientId: request.app.clientId,
      mailboxId: mailbox.id,
      scopes: [...request.scopes],
      expiresAt: inSeconds(state.data.knobs.authorizationCodeLifetimeSeconds),
      redirectUri: request.redirectUri,
      challenge: request.challenge,
      nonce: request.nonce,
      redeemed: false,
    };
    back.searchParams.set('code', code);
    back.searchParams.set('session_state', randomBytes(16).toString('hex'));
    return back.href;
  }

  /** @throws EntraError for accounts that are not there, or do not belong here. */
  function accept(
    app: App,
    { tenant, scopes, username }: { tenant: Tenant; scopes: readonly string[]; username: string | undefined },
  ): Mailbox {
    const mailbox = username === undefined ? undefined : state.findMailbox(username);
    if (mailbox === undefined) throw refusals.foreignAccount(tenant.name);
    checkPerson(app, tenant, mailbox);
    addConsent(state, app, mailbox.id, scopes);
    return mailbox;
  }

  function startDevice(app: App, asked: { tenant: Tenant; scopes: readonly string[]; origin: string }) {
    const { deviceCodeLifetimeSeconds, deviceCodeIntervalSeconds } = state.data.knobs;
    const deviceCode = `D${randomBytes(48).toString('base64url')}`;
    const userCode = Array.from({ length: 9 }, () => 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'[randomInt(32)]).join('');
    state.data.deviceCodes[deviceCode] = {
      clientId: app.clientId,
      userCode,
      tenant: asked.tenant.name,
      scopes: [...asked.scopes],
      expiresAt: inSeconds(deviceCodeLifetimeSeconds),
      mailboxId: null,
      declined: false,
    };
    const verificationUri = `${asked.origin}/devicelogin`;
    return {
      user_code: userCode,
      device_code: deviceCode,
      verification_uri: verificationUri,
      expires_in: deviceCodeLifetimeSeconds,
      interval: deviceCodeIntervalSeconds,
      message: `To sign in, use a web browser to open the page ${verificationUri} and enter the code ${userCode} to authenticate.`,
    };
  }

  function deviceOf(userCode: string): DeviceCode | undefined {
    const wanted = userCode.trim().toUpperCase();
    return Object.values(state.data.deviceCodes).find(
      (device) => device.userCode === wanted && device.expiresAt > state.nowIso(),
    );
  }

  function inSeconds(seconds: number): string {
    return new Date(state.now().getTime() + seconds * 1000).toISOString();
  }
}

/** Refusals are for the person in front of the page. */
function shown(reply: FastifyReply, work: () => FastifyReply): FastifyReply {
  try {
    return work();
  } catch (error) {
    if (error instanceof EntraError) return sendRefusalPage(reply, error);
    throw error;
  }
}
