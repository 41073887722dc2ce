import { performance } from 'node:perf_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { targetWorkflowId } from '../../contract/ids';
import { InputError, NotFoundError } from '../../domain/errors';
import type { HintBatch, WebhookReading } from '../../domain/hints';
import type { PlatformKey } from '../../domain/model';
import { toAppError } from '../api-errors';
import type { AppDeps, PlatformIngress, ServerLimits } from '../app-deps';
import { createFailureLimit } from '../auth/rate-limits';
import { createBasicVerifier } from '../credentials';
import { deliverHints, toHintBatches } from '../deliver-hints';
import { emptyBody, parseJsonBody, refuseContentEncoding } from '../json-body';
import { logOutcome } from '../request-log';
import { doceboWebhookSchema } from './docebo-webhook-schema';

/** Docebo puts 25 payloads into a message at most. */
const MAX_TRACED = 25;

/** What is known of a message once its credentials have been checked. */
interface Arrival {
  readonly platform: PlatformKey;
  readonly ingress: PlatformIngress;
  readonly receivedAt: string;
  /** By the monotonic clock. */
  readonly arrivedMs: number;
  /** As it was sent. */
  readonly contentType: string | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    arrival: Arrival | null;
  }
}

export interface WebhookReply {
  /** Hints that Temporal has stored. */
  readonly accepted: number;
  /** Payloads that need no work. */
  readonly ignored: number;
  /** Payloads that no profile entry knows; an operator sees their shape. */
  readonly unknown: number;
}

type WebhookRequest = FastifyRequest<{ Params: { platform: string } }>;

type Deps = Pick<AppDeps, 'platforms' | 'hints' | 'reports' | 'metrics' | 'clock'> & {
  readonly limits: Pick<ServerLimits, 'bodyBytes' | 'ackDeadlineMs' | 'failuresPerMinute'>;
};

/**
 * Docebo's messages. 200 comes only after Temporal has stored every hint of the message; anything else makes Docebo send it again,
 * which does no harm. Docebo switches a webhook off after 60 hours without success, so what cannot be used but is authentic gets 200 too.
 */
export function doceboWebhooks(scope: FastifyInstance, deps: Deps): void {
  const { clock, limits, metrics, platforms, reports } = deps;
  const verify = createBasicVerifier(platforms);
  // After the credentials, never before: Docebo sends in bursts, and shares its addresses with others who might use a limit up.
  const countFailure = createFailureLimit(scope, limits.failuresPerMinute);
  scope.decorateRequest('arrival', null);

  // Before the body is read: strangers cost no memory.
  scope.addHook('onRequest', async (request: WebhookRequest, reply) => {
    const arrivedMs = performance.now();
    const { platform } = request.params;
    const ingress = Object.hasOwn(platforms, platform) ? platforms[platform] : undefined;
    const verdict = verify(request.headers.authorization, platform);
    if (verdict === 'unknown-platform') throw unknownPlatform();
    if (verdict === 'refused' || ingress === undefined) {
      await countFailure(request, reply);
      if (ingress !== undefined) reports.authenticationFailed(platform);
      void reply.header('www-authenticate', 'Basic realm="convoke", charset="UTF-8"');
      throw unauthorized();
    }
    const { 'content-type': contentType, 'content-encoding': contentEncoding } = request.headers;
    request.arrival = { platform, ingress, receivedAt: clock.now().toISOString(), arrivedMs, contentType };
    refuseContentEncoding(contentEncoding);
    // Senders get the type wrong, and the body tells. Fastify would refuse one that it cannot read before it asks a parser.
    request.raw.headers['content-type'] = 'application/octet-stream';
  });

  scope.addHook('onError', async (request: WebhookRequest, reply, error) => {
    const { platform } = request.params;
    const known = Object.hasOwn(platforms, platform);
    const seconds = reply.elapsedTime / 1_000;
    metrics.webhookRefused({ platform: known ? platform : null, code: toAppError(error).code, seconds });
  });

  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) =>
    parseJsonBody(body, request.arrival?.contentType),
  );

  scope.post(
    '/webhooks/docebo/:platform',
    {
      schema: doceboWebhookSchema,
      bodyLimit: limits.bodyBytes,
      // The schema's body is documentation: the platform's reader decides, by the tenant profile, and says why.
      validatorCompiler: () => () => true,
    },
    async (request: WebhookRequest, httpReply): Promise<WebhookReply> => {
      const { arrival, body } = request;
      if (arrival === null) throw unauthorized();
      if (body === undefined) throw emptyBody();
      const reading = arrival.ingress.readWebhook(body);

      const batches = toHintBatches({ ...arrival, hints: reading.hints });
      await deliverHints({
        hints: deps.hints,
        platform: arrival.platform,
        batches,
        deadlineMs: limits.ackDeadlineMs - (performance.now() - arrival.arrivedMs),
      });
      const reply = acknowledge(reading, arrival, httpReply.elapsedTime / 1_000);
      const fields = { platform: arrival.platform, ...reply, ...traceOf(arrival.platform, batches) };
      logOutcome(request, httpReply, fields, 'webhook accepted');
      return reply;
    },
  );

  /** Only now: a message that failed comes again, and would be reported twice. */
  function acknowledge(
    reading: WebhookReading,
    { platform, ingress, receivedAt }: Arrival,
    seconds: number,
  ): WebhookReply {
    const foreign = foreignDomain(reading.originalDomain, ingress.originalDomain);
    const ignored = Object.values(reading.ignored).reduce((sum, count) => sum + count, 0);
    reports.webhookReceived(platform, receivedAt);
    if (reading.unknown.length > 0) reports.unknownEvents(platform, reading.unknown);
    if (foreign !== null) reports.foreignDomain(platform, foreign);

    const reply = { accepted: reading.hints.length, ignored, unknown: reading.unknown.length };
    metrics.webhookAccepted({
      platform,
      hints: reply.accepted,
      ignored,
      unknown: reply.unknown,
      foreignDomain: foreign !== null,
      seconds,
    });
    return reply;
  }
}

/** For the log: the workflows that were told, which the worker's lines name too, and the keys of the hints, which stand in their histories. */
function traceOf(platform: PlatformKey, batches: readonly HintBatch[]) {
  return {
    workflowIds: batches.slice(0, MAX_TRACED).map(({ target }) => targetWorkflowId(platform, target)),
    hintKeys: batches.flatMap(({ hints }) => hints.map(({ key }) => key)).slice(0, MAX_TRACED),
  };
}

/** The message's domain when it is another than the platform's. What is no host name is not repeated. */
function foreignDomain(told: string | null, expected: string | null): string | null {
  if (told === null || expected === null) return null;
  const domain = told.trim().toLowerCase();
  if (domain === expected.trim().toLowerCase()) return null;
  return /^[a-z0-9.-]{1,253}$/.test(domain) ? domain : '(not a host name)';
}

function unauthorized(): InputError {
  return new InputError('User name or password is wrong, or missing: this URL wants HTTP Basic authentication.', {
    code: 'INGRESS_UNAUTHORIZED',
  });
}

function unknownPlatform(): NotFoundError {
  return new NotFoundError('The last part of the path is no platform of this installation: check the webhook URL.', {
    code: 'INGRESS_PLATFORM_UNKNOWN',
  });
}
