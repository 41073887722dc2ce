import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Simulator } from '../simulator';
import type { App, Mailbox, Token } from '../state/model';
import { accessDenied, GraphError } from './graph-error';
import { readPreferences, type Preferences } from './prefer';

/** Who asks, found out before anything else is done. */
export interface GraphCaller {
  readonly app: App;
  readonly token: Token;
  /** `{id or address}` of the path, or what `/me` means for this token; undefined where the path names no mailbox. */
  readonly mailbox: Mailbox | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    graphCaller: GraphCaller | null;
  }
}

/** One call to a mailbox, as route handlers see it. */
export interface GraphCall {
  readonly app: App;
  readonly mailbox: Mailbox;
  readonly preferences: Preferences;
  /** Scheme, host and port for links. */
  readonly origin: string;
  /** `@odata.context` of an entity set of this mailbox. */
  context(set: string): string;
}

/**
 * Checks that the caller may open the mailbox of the path.
 * @throws GraphError 400, 403 or 404, as Graph answers for each reason.
 */
export function openMailbox(simulator: Simulator, request: FastifyRequest, permission: string): GraphCall {
  const caller = request.graphCaller;
  if (caller === null) throw new Error('the admission hook did not run');
  const { app, mailbox } = caller;
  const path = request.url.split('?')[0] ?? '';
  if (mailbox === undefined) {
    if (path.startsWith('/v1.0/me'))
      throw new GraphError(400, 'BadRequest', '/me request is only valid with delegated authentication flow.');
    const name = decodeURIComponent(path.split('/')[3] ?? '');
    throw new GraphError(404, 'ErrorInvalidUser', `The requested user '${name}' is invalid.`);
  }
  if (!mayUse(simulator, caller, mailbox, permission)) throw accessDenied();
  if (!mailbox.restEnabled)
    throw new GraphError(
      404,
      'MailboxNotEnabledForRESTAPI',
      'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
    );
  const origin = originOf(simulator, request);
  return {
    app,
    mailbox,
    preferences: readPreferences(request.headers.prefer),
    origin,
    context: (set) => `${origin}/v1.0/$metadata#users('${encodeURIComponent(mailbox.id)}')/${set}`,
  };
}

export function originOf(simulator: Simulator, request: FastifyRequest): string {
  return simulator.state.data.knobs.linkOrigin ?? `${request.protocol}://${request.host}`;
}

/** Sends a JSON answer with the headers that Graph sets. */
export function answer(reply: FastifyReply, call: { preferences: Preferences }, status: number, body: object) {
  if (call.preferences.applied.length > 0) void reply.header('preference-applied', call.preferences.applied.join(', '));
  return reply.code(status).type(graphJson).send(body);
}

export const graphJson =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/**
 * Whether the caller may do in a mailbox what takes `permission`: an app by its application permissions, in the mailboxes that it is scoped
 * to; somebody who signed in by what they accepted, in their own mailbox, or with `.Shared` in one that is shared with them.
 */
export function mayUse(simulator: Simulator, caller: GraphCaller, mailbox: Mailbox, permission: string): boolean {
  const { app, token } = caller;
  const grants = [permission, permission.replace(/\.Read$/, '.ReadWrite')];
  if (token.scopes === null) return app.permissions.some((p) => grants.includes(p)) && mayOpen(app, mailbox);
  const shared = grants.map((grant) => `${grant}.Shared`);
  const person = token.me === null ? undefined : simulator.state.findMailbox(token.me);
  if (person === undefined) return false;
  if (person.id === mailbox.id) return token.scopes.some((scope) => [...grants, ...shared].includes(scope));
  const isDelegate = mailbox.delegates.some((address) => address.toLowerCase() === person.address.toLowerCase());
  return isDelegate && token.scopes.some((scope) => shared.includes(scope));
}

/** Whether the app's tenant and its scope of mailboxes let it in. */
function mayOpen(app: App, mailbox: Mailbox): boolean {
  if (app.tenant.id !== mailbox.tenantId) return false;
  if (app.mailboxes === null) return true;
  const names = [mailbox.id, mailbox.address, mailbox.userPrincipalName].map((n) => n.toLowerCase());
  return app.mailboxes.some((allowed) => names.includes(allowed.toLowerCase()));
}
