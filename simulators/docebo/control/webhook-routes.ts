import Ajv from 'ajv';
import type { FastifyInstance } from 'fastify';
import { CommandError } from '../academy/command-error';
import type { Tenant } from '../tenant';
import { eventCatalog, toEventNames } from '../webhooks/catalog';
import type { WebhookArgs } from '../webhooks/registry';
import type { ReleaseOrder } from '../webhooks/sender';

const isWebhook = new Ajv({ allErrors: true, allowUnionTypes: true }).compile<Partial<WebhookArgs>>({
  type: 'object',
  additionalProperties: false,
  properties: {
    name: { type: 'string' },
    url: { type: 'string' },
    credentials: {
      type: ['object', 'null'],
      additionalProperties: false,
      required: ['username', 'password'],
      properties: { username: { type: 'string' }, password: { type: 'string' } },
    },
    events: { type: 'array', items: { type: 'string' } },
    grouping: { type: 'boolean' },
    active: { type: 'boolean' },
  },
});

/** Webhooks as an administrator sets them up, and what became of their messages. */
export function webhookRoutes(app: FastifyInstance, tenant: Tenant): void {
  const { webhooks, sender } = tenant;
  const { profile } = tenant.options;

  app.get('/__control/events', async () => eventCatalog(profile));
  app.get('/__control/webhooks', async () => webhooks.list());
  app.get('/__control/webhooks/audit', async () => webhooks.auditTrail());

  /** Without `events`: the four of the Outlook guide. Without `active`: inactive, as in Docebo. */
  app.post('/__control/webhooks', async (request) => {
    const given = toWebhookArgs(request.body);
    return webhooks.create({ ...given, events: toEventNames(profile, given.events) });
  });
  app.patch<{ Params: { id: string } }>('/__control/webhooks/:id', async (request) => {
    const given = toWebhookArgs(request.body);
    const events = given.events === undefined ? {} : { events: toEventNames(profile, given.events) };
    return webhooks.update(Number(request.params.id), { ...given, ...events });
  });
  app.delete<{ Params: { id: string } }>('/__control/webhooks/:id', async (request, reply) => {
    webhooks.delete(Number(request.params.id));
    return reply.code(204).send();
  });
  app.post<{ Params: { id: string } }>('/__control/webhooks/:id/reset-error', async (request) =>
    webhooks.resetError(Number(request.params.id)),
  );

  app.get<{ Querystring: { status?: string; webhookId?: string; messageId?: string } }>(
    '/__control/deliveries',
    async ({ query }) =>
      sender
        .deliveries()
        .filter((d) => query.status === undefined || d.status === query.status)
        .filter((d) => query.webhookId === undefined || d.webhookId === Number(query.webhookId))
        .filter((d) => query.messageId === undefined || d.messageId === query.messageId),
  );
  app.post<{ Params: { messageId: string } }>('/__control/deliveries/:messageId/redeliver', async (request) =>
    sender.redeliver(request.params.messageId),
  );

  /** Lets held messages go, all at once, in the order `queued` (default), `reversed`, `shuffled`, or that of the given message ids. */
  app.post('/__control/deliveries/release', async (request) => {
    const order = toOrder((request.body as { order?: unknown } | null)?.order);
    sender.reorder(order);
    tenant.changeSettings({ webhooks: { held: false } });
    return { released: true };
  });

  /** Waits up to `wait` ms until no message is queued or under way. */
  app.get<{ Querystring: { wait?: string } }>('/__control/idle', async ({ query }) => ({
    idle: await sender.whenIdle(Number(query.wait ?? 0)),
  }));
}

function toWebhookArgs(body: unknown): Partial<WebhookArgs> {
  if (isWebhook(body)) return body;
  const problems = (isWebhook.errors ?? []).map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
  throw new CommandError(400, `no webhook: ${problems.join('; ')}`);
}

function toOrder(order: unknown): ReleaseOrder {
  if (order === undefined) return 'queued';
  if (order === 'queued' || order === 'reversed' || order === 'shuffled') return order;
  if (Array.isArray(order)) return order.map(String);
  throw new CommandError(400, 'order must be "queued", "reversed", "shuffled" or a list of message ids');
}
