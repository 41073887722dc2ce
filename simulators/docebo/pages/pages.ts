import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Tenant } from '../tenant';
import { coursesPage } from './courses-page';
import { toDocument, type Page } from './layout';
import { markup, type Markup } from './markup';
import { peoplePage } from './people-page';
import { placesPage } from './places-page';
import { plansPage } from './plans-page';
import { pageField, readForm } from './read-form';
import { localPath, redirectAfter } from './redirect';
import { sessionPage } from './session-page';
import { webhookForms } from './webhook-forms';
import { webhooksPage } from './webhooks-page';

/** Pages for a person: forms post and are answered by a redirect, so that reloading never repeats a change. */
export async function pages(app: FastifyInstance, { tenant }: { tenant: Tenant }): Promise<void> {
  const show = (url: Page['at'], title: string, render: (tenant: Tenant) => Markup) =>
    app.get(url, async (request, reply) => send(tenant, request, reply, { title, at: url, body: render(tenant) }));

  show('/', 'Courses', coursesPage);
  show('/ui/plans', 'Learning plans', plansPage);
  show('/ui/people', 'People', peoplePage);
  show('/ui/places', 'Locations', placesPage);
  show('/ui/webhooks', 'Webhooks', webhooksPage);
  app.get<{ Params: { id: string } }>('/ui/sessions/:id', async (request, reply) => {
    const session = tenant.academy.state.sessions[Number(request.params.id)];
    if (session !== undefined)
      return send(tenant, request, reply, { title: session.name, at: '/', body: sessionPage(tenant, session) });
    void reply.code(404);
    return send(tenant, request, reply, { title: 'No such session', at: '/', body: noSession() });
  });

  app.post<{ Params: { command: string }; Body: Record<string, string> }>('/ui/do/:command', async (request, reply) => {
    const back = localPath(pageField(request.body, 'back'));
    return redirectAfter(reply, back, pageField(request.body, 'done'), () => {
      tenant.academy.run([{ command: request.params.command, args: readForm(request.body) }]);
    });
  });
  webhookForms(app, tenant);
}

function send(
  tenant: Tenant,
  request: FastifyRequest,
  reply: FastifyReply,
  page: Omit<Page, 'domain' | 'flash'>,
): FastifyReply {
  const { done, error } = request.query as { done?: unknown; error?: unknown };
  const flash = {
    ...(typeof done === 'string' ? { done } : {}),
    ...(typeof error === 'string' ? { error } : {}),
  };
  const document = toDocument({ ...page, domain: tenant.options.domain, flash });
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(document);
}

function noSession(): Markup {
  return markup`<section class="card"><div class="blank"><h2>There is no such session</h2>
<p>It may have been deleted. <a href="/">Back to the courses</a></p></div></section>`;
}
