import { errorResponse } from '../schemas';

const payload = {
  type: 'object',
  additionalProperties: true,
  description: 'Names depend on the event; the tenant profile says where ids are.',
} as const;

/** For the OpenAPI document; the reader of the platform decides what is a message. */
export const doceboWebhookSchema = {
  operationId: 'receiveDoceboWebhook',
  tags: ['ingress'],
  summary: 'A message of a Docebo webhook',
  description:
    'Answers 200 after Temporal has stored every hint of the message. Any other answer makes Docebo send it again, which does no harm.',
  security: [{ doceboWebhook: [] }],
  params: {
    type: 'object',
    required: ['platform'],
    properties: { platform: { type: 'string', description: "The platform's key in convoke.yaml." } },
  },
  body: {
    type: 'object',
    required: ['event'],
    description: 'One payload in `payload`, or up to 25 of the same event in `payloads`.',
    additionalProperties: true,
    properties: {
      message_id: { type: 'string' },
      webhook_id: { type: 'number' },
      original_domain: { type: 'string' },
      event: { type: 'string' },
      fired_by_batch_action: { type: 'boolean' },
      payload,
      payloads: { type: 'array', minItems: 1, maxItems: 25, items: payload },
    },
  },
  response: {
    200: {
      description: 'Every hint is stored.',
      type: 'object',
      required: ['accepted', 'ignored', 'unknown'],
      properties: {
        accepted: { type: 'integer', description: 'Hints that Temporal has stored.' },
        ignored: { type: 'integer', description: 'Payloads that need no work.' },
        unknown: { type: 'integer', description: 'Payloads that the tenant profile does not know.' },
      },
    },
    400: errorResponse('The body is no Docebo message; the message says why.'),
    401: errorResponse('Wrong or missing credentials.'),
    404: errorResponse('Right credentials, but the path names no platform.'),
    413: errorResponse('The body is too large.'),
    415: errorResponse('Neither content-type nor body is JSON, or the body is compressed.'),
    429: errorResponse('Too many wrong passwords of one address. Right ones are never refused.'),
    503: errorResponse('Temporal has not stored all of it (yet): send it again.'),
  },
} as const;
