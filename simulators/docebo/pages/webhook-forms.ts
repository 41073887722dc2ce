import type { FastifyInstance } from 'fastify';
import type { Tenant } from '../tenant';
import { toEventNames } from '../webhooks/catalog';
import { redirectAfter } from './redirect';

type Fields = Record<string, string | string[] | undefined>;

const BACK = '/ui/webhooks';

/** What the buttons of the webhooks page do. */
export function webhookForms(app: FastifyInstance, tenant: Tenant): void {
  const { webhooks, sender } = tenant;
  const post = (url: string, done: string, act: (id: string, fields: Fields) => void) =>
    app.post<{ Params: { id?: string }; Body: Fields | null }>(url, async (request, reply) =>
      redirectAfter(reply, BACK, done, () => act(request.params.id ?? '', request.body ?? {})),
    );

  post('/ui/webhooks', 'The webhook is created; activate it to start.', (_id, fields) => {
    const username = text(fields.username);
    webhooks.create({
      name: text(fields.name),
      url: text(fields.url),
      grouping: [fields.grouping].flat().includes('on'),
      events: toEventNames(tenant.options.profile, [fields.events ?? []].flat()),
      credentials: username === '' ? null : { username, password: text(fields.password) },
    });
  });
  post('/ui/webhooks/:id', 'The webhook is changed; what is queued still goes out.', (id, fields) =>
    webhooks.update(Number(id), { active: fields.active === 'on' }),
  );
  post('/ui/webhooks/:id/delete', 'The webhook is deleted.', (id) => webhooks.delete(Number(id)));
  post('/ui/webhooks/:id/reset-error', 'The last error is reset.', (id) => webhooks.resetError(Number(id)));
  post('/ui/deliveries/hold', 'Deliveries are on hold.', () => tenant.changeSettings({ webhooks: { held: true } }));
  post('/ui/deliveries/release', 'The messages are on their way.', (_id, fields) => {
    sender.reorder(fields.order === 'reversed' ? 'reversed' : 'queued');
    tenant.changeSettings({ webhooks: { held: false } });
  });
  post('/ui/deliveries/:id/redeliver', 'The message is sent once more.', (id) => sender.redeliver(id));
  post('/ui/lag', 'The API is changed.', (_id, fields) =>
    tenant.changeSettings({ lag: { mode: fields.mode === 'held' ? 'held' : 'none' } }),
  );
}

function text(field: string | string[] | undefined): string {
  return typeof field === 'string' ? field : '';
}
