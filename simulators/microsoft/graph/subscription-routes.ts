import { randomUUID } from 'node:crypto';
import type { Subscription } from '@microsoft/microsoft-graph-types';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { checkBody } from '../odata/edm';
import { subscription as subscriptionType } from '../odata/wire-types';
import type { Simulator } from '../simulator';
import type { StoredSubscription } from '../state/model';
import { readResource } from '../subscriptions/resource';
import { graphJson, mayUse, type GraphCaller } from './graph-call';
import { accessDenied, GraphError } from './graph-error';
import { readPreferences } from './prefer';

const minuteMs = 60_000;
const longestMinutes = 10_080;
const shortestMinutes = 45;

/** `/subscriptions`: create with handshake, list, read, renew, reauthorize, delete. */
export function subscriptionRoutes(simulator: Simulator) {
  const { state, notifier } = simulator;
  return (app: FastifyInstance, _options: object, done: () => void) => {
    app.post('/subscriptions', async (request, reply) => {
      const caller = callerOf(request);
      const body = checkBody(subscriptionType, request.body) as Subscription;
      const made = read(caller, body, readPreferences(request.headers.prefer).immutableIds);
      for (const url of [made.notificationUrl, made.lifecycleNotificationUrl]) {
        if (url !== null && !(await notifier.handshake(url)))
          throw new GraphError(
            400,
            'ValidationError',
            'Subscription validation request failed. Response must exactly match validationToken query parameter.',
          );
      }
      state.data.subscriptions[made.id] = made;
      return reply.code(201).type(graphJson).send(show(request, made));
    });

    app.get('/subscriptions', async (request, reply) => {
      const { app: client } = callerOf(request);
      const value = alive().filter((s) => s.clientId === client.clientId);
      return reply.type(graphJson).send({ value: value.map((s) => show(request, s)) });
    });

    app.get<{ Params: { id: string } }>('/subscriptions/:id', async (request, reply) =>
      reply.type(graphJson).send(show(request, find(request))),
    );

    app.patch<{ Params: { id: string } }>('/subscriptions/:id', async (request, reply) => {
      const subscription = find(request);
      const body = checkBody(subscriptionType, request.body) as Subscription;
      const other = Object.keys(body).find((name) => !name.includes('@') && name !== 'expirationDateTime');
      if (other !== undefined) throw invalid(`Property '${other}' cannot be updated.`);
      subscription.expiresAt = expiry(body.expirationDateTime);
      return reply.type(graphJson).send(show(request, subscription));
    });

    app.post<{ Params: { id: string } }>('/subscriptions/:id/reauthorize', async (request, reply) => {
      find(request);
      return reply.code(204).send();
    });

    app.delete<{ Params: { id: string } }>('/subscriptions/:id', async (request, reply) => {
      Reflect.deleteProperty(state.data.subscriptions, find(request).id);
      return reply.code(204).send();
    });
    done();
  };

  function read(caller: GraphCaller, body: Subscription, immutableIds: boolean): StoredSubscription {
    for (const name of ['changeType', 'notificationUrl', 'resource', 'expirationDateTime'] as const) {
      if (typeof body[name] !== 'string' || body[name] === '') throw invalid(`Subscription '${name}' is required.`);
    }
    const { mailbox, watches } = readResource(state, body.resource ?? '', caller.token.me ?? caller.app.me);
    const permission = watches.kind === 'event' ? 'Calendars.Read' : 'Mail.Read';
    if (!mayUse(simulator, caller, mailbox, permission)) throw accessDenied();
    const changeTypes = (body.changeType ?? '').split(',').map((t) => t.trim());
    if (changeTypes.some((t) => !['created', 'updated', 'deleted'].includes(t)))
      throw invalid(`Subscription changeType '${body.changeType}' is not valid.`);
    if ((body.clientState ?? '').length > 128) throw invalid('Subscription clientState is longer than 128 characters.');
    return {
      id: randomUUID(),
      clientId: caller.app.clientId,
      tenantId: caller.app.tenant.id,
      mailboxId: mailbox.id,
      resource: body.resource ?? '',
      watches,
      changeTypes,
      notificationUrl: reachable(body.notificationUrl ?? ''),
      lifecycleNotificationUrl: body.lifecycleNotificationUrl == null ? null : reachable(body.lifecycleNotificationUrl),
      clientState: body.clientState ?? null,
      expiresAt: expiry(body.expirationDateTime),
      immutableIds,
    };
  }

  /** At most seven days ahead; less than 45 minutes is made 45. */
  function expiry(wanted: string | undefined): string {
    const now = state.now().getTime();
    const until = Date.parse(wanted ?? '');
    if (isNaN(until) || until <= now) throw invalid('Subscription expirationDateTime must be in the future.');
    if (until > now + longestMinutes * minuteMs)
      throw invalid(`Subscription expiration can only be ${longestMinutes} minutes in the future.`);
    return new Date(Math.max(until, now + shortestMinutes * minuteMs)).toISOString();
  }

  function alive(): StoredSubscription[] {
    const now = state.nowIso();
    return Object.values(state.data.subscriptions).filter((s) => s.expiresAt > now);
  }

  function find(request: FastifyRequest<{ Params: { id: string } }>): StoredSubscription {
    const { app: client } = callerOf(request);
    const found = alive().find((s) => s.id === request.params.id && s.clientId === client.clientId);
    if (found === undefined) throw new GraphError(404, 'ResourceNotFound', 'The object was not found.');
    return found;
  }

  function show(
    request: FastifyRequest,
    subscription: StoredSubscription,
  ): Subscription & { '@odata.context': string } {
    return {
      '@odata.context': `${request.protocol}://${request.host}/v1.0/$metadata#subscriptions/$entity`,
      id: subscription.id,
      resource: subscription.resource,
      applicationId: subscription.clientId,
      changeType: subscription.changeTypes.join(','),
      clientState: subscription.clientState,
      notificationUrl: subscription.notificationUrl,
      lifecycleNotificationUrl: subscription.lifecycleNotificationUrl,
      expirationDateTime: subscription.expiresAt,
      creatorId: subscription.clientId,
      latestSupportedTlsVersion: 'v1_2',
      includeResourceData: null,
      encryptionCertificate: null,
      encryptionCertificateId: null,
      notificationQueryOptions: null,
      notificationUrlAppId: null,
    };
  }
}

/** The service wants https; for the sake of tests, plain http is taken on this machine. */
function reachable(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isLocal = parsed?.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(parsed.hostname);
  if (parsed?.protocol !== 'https:' && !isLocal) throw invalid('Notification URL must be an https address.');
  return url;
}

function callerOf(request: FastifyRequest): GraphCaller {
  if (request.graphCaller === null) throw new Error('the admission hook did not run');
  return request.graphCaller;
}

function invalid(message: string): GraphError {
  return new GraphError(400, 'InvalidRequest', message);
}
