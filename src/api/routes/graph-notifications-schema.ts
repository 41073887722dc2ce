import type { FastifySchema } from 'fastify';
import { errorResponse } from '../schemas';

/** For the OpenAPI document. */
export function graphNotificationsSchema(kind: 'changes' | 'lifecycle'): FastifySchema {
  return {
    operationId: kind === 'changes' ? 'receiveGraphNotifications' : 'receiveGraphLifecycle',
    tags: ['ingress'],
    summary:
      kind === 'changes' ? "Graph's notifications of changes in a mailbox" : "Graph's notices about a subscription",
    description:
      'With `validationToken` it answers that token as plain text, as Graph asks before it subscribes. Else it answers 202 after Temporal has stored ' +
      'that something changed. What is sent without the secret of the subscription gets 202 too and leads to nothing.',
    params: {
      type: 'object',
      required: ['mailbox'],
      properties: { mailbox: { type: 'string', description: "The mailbox's key in convoke.yaml." } },
    },
    querystring: {
      type: 'object',
      properties: { validationToken: { type: 'string', description: 'To be echoed.' } },
    },
    body: {
      type: 'object',
      required: ['value'],
      properties: { value: { type: 'array', items: { type: 'object', additionalProperties: true } } },
    },
    response: {
      200: { description: 'The validation token.', type: 'string' },
      202: { description: 'Stored, or of no interest.', type: 'null' },
      400: errorResponse('Neither a token that can be echoed nor a collection of notifications.'),
      413: errorResponse('The body is too large.'),
      415: errorResponse('The body is no JSON, or compressed.'),
      429: errorResponse('Too many requests from this address.'),
      503: errorResponse('Temporal has not stored it (yet): Graph sends it again.'),
    },
  } as const;
}
