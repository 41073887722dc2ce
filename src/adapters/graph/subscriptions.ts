import { InputError } from '../../domain/errors';
import type { Instant } from '../../domain/model';
import type { Subscription, Subscriptions, WantedSubscription } from '../../domain/rsvp/subscriptions';
import type { GraphMailbox, GraphRequest } from './client';
import { listAll } from './list-all';
import { reader } from './schema';

const KIND = 'subscriptions';
/** Graph's codes for a subscription that is not there (any more). */
const GONE = ['ResourceNotFound', 'ErrorItemNotFound', 'ItemNotFound', 'itemNotFound', 'NotFound'];
/** Its code for an address that did not echo the validation token. */
const UNREACHABLE = ['ValidationError'];

interface WireSubscription {
  readonly id: string;
  readonly resource: string;
  readonly expirationDateTime: string;
  readonly changeType?: string | null;
  readonly notificationUrl?: string | null;
  readonly lifecycleNotificationUrl?: string | null;
  readonly clientState?: string | null;
  readonly applicationId?: string | null;
}

const text = { type: 'string' } as const;
const textOrNull = { type: 'string', nullable: true } as const;
const readSubscription = reader<WireSubscription>('a subscription', {
  type: 'object',
  required: ['id', 'resource', 'expirationDateTime'],
  properties: {
    id: text,
    resource: text,
    expirationDateTime: text,
    changeType: textOrNull,
    notificationUrl: textOrNull,
    lifecycleNotificationUrl: textOrNull,
    clientState: textOrNull,
    applicationId: textOrNull,
  },
});

/** Where notifications of a mailbox go, and the secret by which they are believed. */
export interface SubscriptionTarget {
  readonly notificationUrl: string;
  readonly lifecycleUrl: string;
  readonly clientState: string;
  readonly applicationId: string;
}

/** What an attendee answers updates the organiser's event; what Convoke itself creates need not be told. */
const CHANGE_TYPES = ['updated', 'deleted'];

/**
 * Change notifications of a mailbox's events. The client asks for immutable ids in every request, which the subscription then keeps to.
 *
 * @see https://learn.microsoft.com/graph/outlook-change-notifications-overview
 */
export function createGraphSubscriptions(options: {
  readonly graph: GraphMailbox;
  /** null: none is wanted. */
  readonly target: SubscriptionTarget | null;
}): Subscriptions {
  const { graph, target } = options;
  const resource = `${decodeURIComponent(graph.root)}/events`;

  return {
    mailbox: graph.mailbox,
    wanted: target === null ? null : { ...target, resource, changeTypes: CHANGE_TYPES },

    async list() {
      const items = await listAll(graph, at('/subscriptions', { method: 'GET' }));
      return items.map((item) => toSubscription(item));
    },

    async create(wanted: WantedSubscription, expiresAt: Instant) {
      const body = {
        changeType: wanted.changeTypes.join(','),
        notificationUrl: wanted.notificationUrl,
        lifecycleNotificationUrl: wanted.lifecycleUrl,
        resource: wanted.resource,
        expirationDateTime: expiresAt,
        clientState: wanted.clientState,
      };
      const request = at('/subscriptions', { method: 'POST', body, expects: UNREACHABLE });
      const { errorCode, json } = await graph.send(request);
      if (errorCode === null) return toSubscription(json);
      throw new InputError(
        `Microsoft got no valid answer from the notification address of mailbox ${graph.mailbox}: check that api.publicUrl leads to the api`,
        { code: 'GRAPH_SUBSCRIPTION_URL', context: { mailbox: graph.mailbox } },
      );
    },

    async renew(id, expiresAt) {
      const body = { expirationDateTime: expiresAt };
      const { errorCode, json } = await graph.send(at(pathOf(id), { method: 'PATCH', body, expects: GONE }));
      return errorCode === null ? toSubscription(json) : null;
    },

    async remove(id) {
      await graph.send(at(pathOf(id), { method: 'DELETE', expects: GONE }));
    },
  };
}

function pathOf(id: string): string {
  return `/subscriptions/${encodeURIComponent(id)}`;
}

/** Subscriptions stand beside the mailboxes, not inside one. */
function at(path: string, request: Pick<GraphRequest, 'method' | 'body' | 'expects'>): GraphRequest {
  return { ...request, kind: KIND, path, link: path };
}

function toSubscription(json: unknown): Subscription {
  const wire = readSubscription(json, '/subscriptions');
  return {
    id: wire.id,
    // Up to seven digits of a second.
    expiresAt: new Date(wire.expirationDateTime).toISOString(),
    resource: wire.resource,
    changeTypes: (wire.changeType ?? '').split(',').map((type) => type.trim()),
    notificationUrl: wire.notificationUrl ?? '',
    lifecycleUrl: wire.lifecycleNotificationUrl ?? null,
    clientState: wire.clientState ?? null,
    applicationId: wire.applicationId ?? null,
  };
}
