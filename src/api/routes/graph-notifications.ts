import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { InputError, UpstreamError } from '../../domain/errors';
import type { MailboxKey } from '../../domain/model';
import type { NotifiedSignal } from '../../domain/rsvp/notifications';
import { toAppError } from '../api-errors';
import type { AppDeps, GraphNotifications } from '../app-deps';
import { createCallerLimit } from '../auth/rate-limits';
import { createSecretVerifier } from '../credentials';
import { emptyBody, parseJsonBody, refuseContentEncoding } from '../json-body';
import { readNotifications } from '../read-notifications';
import { logOutcome } from '../request-log';
import { within } from '../within';
import { graphNotificationsSchema } from './graph-notifications-schema';

/** A notification without resource data has some 700 bytes; Graph puts several into a message. */
const BODY_BYTES = 256 * 1024;
/** Graph counts an answer after 3 s as slow. */
const ACK_DEADLINE_MS = 2_500;
const TOKEN_CHARACTERS = 1_024;
/** Requests a minute from one address. A subscription is validated twice when it is made, and then never again. */
const PER_MINUTE = { handshake: 30, notification: 1_200 } as const;

type NotificationRequest = FastifyRequest<{ Params: { mailbox: string } }>;

type Deps = GraphNotifications & Pick<AppDeps, 'metrics' | 'clock'>;

/**
 * Change notifications of Microsoft Graph. Anybody may call: what has not the subscription's secret costs a comparison and leads to nothing,
 * and gets the same answer, so that nobody can try secrets or mailboxes.
 */
export function graphNotifications(scope: FastifyInstance, deps: Deps): void {
  const { clientStates, watch, metrics, clock } = deps;
  const verifiers = new Map(Object.entries(clientStates).map(([key, secret]) => [key, createSecretVerifier(secret)]));
  const nobody = (): boolean => false;

  const limitHandshakes = createCallerLimit(scope, PER_MINUTE.handshake);
  const limitNotifications = createCallerLimit(scope, PER_MINUTE.notification);

  scope.addHook('onRequest', async (request) =>
    readTokens(request).length > 0 ? limitHandshakes(request) : limitNotifications(request),
  );
  // Before the body is read: a handshake's is of no interest.
  scope.addHook('preParsing', async (request: NotificationRequest, reply) => {
    const tokens = readTokens(request);
    if (tokens.length > 0) return echo(tokens, reply);
    refuseContentEncoding(request.headers['content-encoding']);
  });
  scope.addHook('onError', async (request: NotificationRequest, _reply, error) => {
    metrics.notificationsRefused({ mailbox: knownMailbox(request), code: toAppError(error).code });
  });
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) =>
    parseJsonBody(body, request.headers['content-type']),
  );

  for (const kind of ['changes', 'lifecycle'] as const) {
    scope.post(
      `/webhooks/graph/:mailbox${kind === 'lifecycle' ? '/lifecycle' : ''}`,
      {
        schema: graphNotificationsSchema(kind),
        bodyLimit: BODY_BYTES,
        // The schema is documentation: the reader decides.
        validatorCompiler: () => () => true,
      },
      receive,
    );
  }

  async function receive(request: NotificationRequest, reply: FastifyReply): Promise<FastifyReply> {
    if (request.body === undefined) throw emptyBody();
    const mailbox = knownMailbox(request);
    const verify = mailbox === null ? nobody : (verifiers.get(mailbox) ?? nobody);
    const { changes, lifecycle, refused } = readNotifications(request.body, verify);
    if (mailbox !== null && changes + lifecycle.length > 0) {
      await store(mailbox, { at: clock.now().toISOString(), changes, lifecycle });
      logOutcome(request, reply, { mailbox, changes, lifecycle: lifecycle.length }, 'mailbox notified');
    }
    metrics.notificationsReceived({ mailbox, changes, lifecycle: lifecycle.length, refused });
    return reply.code(202).send();
  }

  async function store(mailbox: MailboxKey, signal: NotifiedSignal): Promise<void> {
    const stored = watch.notified({ mailbox, signal, deadlineMs: ACK_DEADLINE_MS }).then(
      () => 'stored' as const,
      (cause: unknown) => ({ cause }),
    );
    const outcome = await within(ACK_DEADLINE_MS, stored);
    if (outcome === 'stored') return;
    throw new UpstreamError('Temporal has not stored a notification', {
      code: 'INGRESS_TEMPORAL_UNAVAILABLE',
      cause: outcome?.cause,
    });
  }

  function knownMailbox({ params: { mailbox } }: NotificationRequest): MailboxKey | null {
    return verifiers.has(mailbox) ? mailbox : null;
  }
}

/** By the URL standard: what is no UTF-8 becomes U+FFFD, and is refused. Fastify's reader would leave it encoded, to be echoed like that. */
function readTokens({ url }: FastifyRequest): readonly string[] {
  const begin = url.indexOf('?');
  return begin < 0 ? [] : new URLSearchParams(url.slice(begin)).getAll('validationToken');
}

/** Plain text, which no browser takes for anything else: helmet forbids sniffing. */
function echo([token = '', ...more]: readonly string[], reply: FastifyReply): FastifyReply {
  if (more.length > 0 || !/^[\x20-\x7e]+$/.test(token) || token.length > TOKEN_CHARACTERS) {
    throw new InputError('The validation token is no text of up to 1,024 printable characters.', {
      code: 'INPUT_NOTIFICATIONS',
    });
  }
  return reply.code(200).type('text/plain; charset=utf-8').serializer(String).send(token);
}
