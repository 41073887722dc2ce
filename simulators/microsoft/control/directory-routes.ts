import type { FastifyInstance } from 'fastify';
import { issueToken } from '../entra/issue-tokens';
import type { Simulator } from '../simulator';
import type { App, Mailbox } from '../state/model';
import type { NewApp, NewMailbox } from '../state/simulator-state';
import { ControlError } from './control-error';
import { mailboxNamed } from './lookups';

const mailboxSettings = [
  'displayName',
  'teamsLicensed',
  'restEnabled',
  'tallyResponses',
  'removeOldMeetingMessages',
  'delegates',
] as const;
const appSettings = [
  'secrets',
  'certificates',
  'federated',
  'redirectUris',
  'publicClient',
  'audience',
  'displayName',
  'permissions',
  'mailboxes',
  'me',
] as const;

/** Mailboxes, apps and tokens: what a tenant's administrator would set up. */
export function directoryRoutes(simulator: Simulator) {
  const { state } = simulator;
  return (app: FastifyInstance, _options: object, done: () => void) => {
    app.get('/mailboxes', async () => Object.values(state.data.mailboxes));
    app.post<{ Body: NewMailbox }>('/mailboxes', async (request, reply) => {
      const { address } = request.body;
      if (typeof address !== 'string' || !address.includes('@'))
        throw new ControlError(400, 'a mailbox needs an address');
      if (state.findMailbox(address) !== undefined)
        throw new ControlError(409, `there is a mailbox '${address}' already`);
      return reply.code(201).send(state.addMailbox(request.body));
    });
    app.patch<{ Params: { name: string }; Body: Partial<Mailbox> }>('/mailboxes/:name', async (request) => {
      return Object.assign(mailboxNamed(state, request.params.name), only(request.body, mailboxSettings));
    });
    app.delete<{ Params: { name: string } }>('/mailboxes/:name', async (request, reply) => {
      const mailbox = mailboxNamed(state, request.params.name);
      for (const event of state.events.of(mailbox.id)) state.events.purge(event);
      for (const message of state.messages.of(mailbox.id)) state.messages.purge(message);
      Reflect.deleteProperty(state.data.mailboxes, mailbox.id);
      return reply.code(204).send();
    });

    app.get('/apps', async () => Object.values(state.data.apps));
    app.post<{ Body: NewApp }>('/apps', async (request, reply) =>
      reply.code(201).send(state.addApp(request.body ?? {})),
    );
    app.patch<{ Params: { clientId: string }; Body: Partial<App> }>('/apps/:clientId', async (request) => {
      return Object.assign(appNamed(request.params.clientId), only(request.body, appSettings));
    });

    /** A token without the token endpoint; with `me`, one that speaks for a mailbox as after a sign-in. */
    app.post<{ Body: { clientId: string; me?: string; expiresInSeconds?: number } }>(
      '/tokens',
      async (request, reply) => {
        const { clientId, me, expiresInSeconds } = request.body;
        if (me !== undefined) mailboxNamed(state, me);
        const options = {
          me: me ?? null,
          scopes: null,
          expiresInSeconds: expiresInSeconds ?? state.data.knobs.tokenExpiresInSeconds,
        };
        return reply.code(201).send({ accessToken: issueToken(state, appNamed(clientId), options) });
      },
    );
    /** Revokes every token, or those of one app. */
    app.delete<{ Querystring: { clientId?: string } }>('/tokens', async (request) => {
      const tokens = Object.values(state.data.tokens).filter(
        (t) => request.query.clientId === undefined || t.clientId === request.query.clientId,
      );
      for (const token of tokens) token.revoked = true;
      return { revoked: tokens.length };
    });

    /** What a changed password or "revoke sessions" does to somebody: every refresh token is worthless, access tokens too. */
    app.post<{ Params: { name: string } }>('/mailboxes/:name/revoke', async (request) => {
      const mailbox = mailboxNamed(state, request.params.name);
      const refreshTokens = Object.values(state.data.refreshTokens).filter((t) => t.mailboxId === mailbox.id);
      const tokens = Object.values(state.data.tokens).filter(
        (t) => t.scopes !== null && t.me !== null && state.findMailbox(t.me)?.id === mailbox.id,
      );
      for (const token of [...refreshTokens, ...tokens]) token.revoked = true;
      return { revoked: refreshTokens.length };
    });
    done();
  };

  function appNamed(clientId: string): App {
    const found = state.data.apps[clientId];
    if (found === undefined) throw new ControlError(404, `there is no app '${clientId}'`);
    return found;
  }
}

function only<T extends object>(given: T, allowed: readonly (keyof T)[]): Partial<T> {
  for (const name of Object.keys(given)) {
    if (!allowed.includes(name as keyof T))
      throw new ControlError(400, `'${name}' cannot be changed; these can: ${allowed.join(', ')}`);
  }
  return given;
}
