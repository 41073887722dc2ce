import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Simulator } from '../simulator';
import type { Mailbox } from '../state/model';
import type { GraphCaller } from './graph-call';
import { GraphError } from './graph-error';

/**
 * The gate of Graph: token first, then the quota of app and mailbox. `before` goes ahead of the fault board, so that a held
 * or slow request occupies its slot; `after` follows it, so that the slot is free before the caller has its answer.
 */
export function installAdmission(
  app: FastifyInstance,
  simulator: Simulator,
): { before: () => void; after: () => void } {
  const open = new WeakMap<FastifyRequest, () => void>();
  return {
    before() {
      app.decorateRequest('graphCaller', null);
      app.addHook('onRequest', async (request, reply) => {
        if (!isGraph(request)) return;
        const caller = authenticate(simulator, request);
        request.graphCaller = caller;
        if (caller.mailbox === undefined) return;
        const key = { clientId: caller.app.clientId, mailbox: caller.mailbox.address };
        const { knobs } = simulator.state.data;
        const over = simulator.quota.enter(key, simulator.state.now().getTime(), knobs);
        let entered = true;
        const leave = () => {
          if (entered) simulator.quota.leave(key);
          entered = false;
        };
        open.set(request, leave);
        reply.raw.once('close', leave);
        if (over !== undefined) throw throttled(over, knobs.throttleRetryAfterSeconds);
      });
    },
    after() {
      app.addHook('onSend', (request, _reply, payload, done) => {
        open.get(request)?.();
        done(null, payload);
      });
    },
  };
}

/** @throws GraphError 401 for no, unknown, revoked or expired tokens. */
function authenticate(simulator: Simulator, request: FastifyRequest): GraphCaller {
  const { state } = simulator;
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer === undefined) throw unauthorized('Access token is empty.');
  const token = state.data.tokens[bearer];
  const app = token === undefined ? undefined : state.data.apps[token.clientId];
  if (token === undefined || app === undefined) throw unauthorized('IDX14100: JWT is not well formed.');
  if (token.revoked) throw unauthorized('Continuous access evaluation resulted in challenge: token was revoked.');
  if (token.expiresAt <= state.nowIso()) throw unauthorized('Lifetime validation failed, the token is expired.');
  return { app, token, mailbox: namedMailbox(simulator, request, token.me ?? app.me) };
}

function namedMailbox(simulator: Simulator, request: FastifyRequest, me: string | null): Mailbox | undefined {
  const [, , root, user] = (request.url.split('?')[0] ?? '').split('/');
  const name = root === 'me' ? me : root === 'users' ? decodeSafely(user ?? '') : null;
  return name === null ? undefined : simulator.state.findMailbox(name);
}

function isGraph(request: FastifyRequest): boolean {
  return request.url.startsWith('/v1.0/');
}

function unauthorized(message: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message, {
    headers: {
      'www-authenticate':
        'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"',
    },
  });
}

function throttled(over: 'concurrency' | 'rate', retryAfter: number | null): GraphError {
  const limit = over === 'concurrency' ? 'MailboxConcurrency' : 'MailboxRequestRate';
  return new GraphError(429, 'ApplicationThrottled', `Application is over its ${limit} limit.`, {
    headers: retryAfter === null ? {} : { 'retry-after': String(retryAfter) },
  });
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
