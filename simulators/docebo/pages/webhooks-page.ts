import { DateTime } from 'luxon';
import type { Tenant } from '../tenant';
import { eventCatalog, type CatalogEvent } from '../webhooks/catalog';
import type { Delivery } from '../webhooks/delivery';
import type { Webhook } from '../webhooks/registry';
import { hiddenField, textField, tick } from './forms';
import { markup, type Markup } from './markup';
import { count } from './wording';

/** How many of the newest deliveries the page shows. */
const SHOWN = 100;

const DELIVERY_WIDTHS = ['15%', '28%', '26%', '12%', '9%', '10%'];

const STATUS: Record<Delivery['status'], string> = {
  queued: 'warn',
  sending: 'info',
  delivered: 'good',
  lost: 'bad',
  expired: 'bad',
};

export function webhooksPage(tenant: Tenant): Markup {
  const catalog = eventCatalog(tenant.options.profile);
  const webhooks = tenant.webhooks.list();
  return markup`<div class="head"><div><h1>Webhooks</h1><p>Whom Docebo tells of changes, and what became of each message.</p></div></div>
${tenant.settings.webhooks.held && markup`<div class="note warn">Deliveries are on hold: messages queue up until they are released.</div>`}
${tenant.settings.lag.mode !== 'none' && markup`<div class="note warn">The API lags behind: webhooks go out before their change can be read.</div>`}
<div class="stack">
<section class="card"><header><div><h2>Configured webhooks</h2><p>At most ten are active at a time, with eight events each.</p></div></header>
${webhooks.length === 0 ? markup`<div class="empty">No webhooks yet: create one, then activate it.</div>` : webhookTable(webhooks, catalog)}
<footer><details><summary>New webhook</summary>${newWebhook(catalog)}</details></footer></section>
${deliveriesCard(tenant, catalog)}</div>`;
}

function button(path: string, label: string, css = 'slim', fields: Record<string, string> = {}): Markup {
  const hidden = Object.entries(fields).map(([name, value]) => hiddenField(name, value));
  return markup`<form method="post" action="${path}" class="inline">${hidden}<button class="${css}">${label}</button></form>`;
}

function webhookTable(webhooks: readonly Webhook[], catalog: readonly CatalogEvent[]): Markup {
  return markup`<table><thead><tr><th>Webhook</th><th>Events</th><th>Last external system error</th><th>Status</th><th class="end"></th></tr></thead>
<tbody>${webhooks.map((webhook) => webhookLine(webhook, catalog))}</tbody></table>`;
}

function webhookLine(webhook: Webhook, catalog: readonly CatalogEvent[]): Markup {
  const path = `/ui/webhooks/${webhook.id}`;
  const { active, lastError } = webhook;
  return markup`<tr><td><div class="strong">${webhook.name || `Webhook ${webhook.id}`}</div><div class="mono">${webhook.url}</div>
<div class="sub">${webhook.credentials === null ? 'No authentication' : `Basic authentication as ${webhook.credentials.username}`} · payloads ${webhook.grouping ? 'grouped' : 'one by one'}</div></td>
<td>${webhook.events.map((name) => markup`<div class="sub">${labelOf(catalog, name)}</div>`)}</td>
<td>${lastError === null ? markup`<span class="sub">None</span>` : markup`${lastError.error}<div class="sub">${clockTime(lastError.at)}</div>${button(`${path}/reset-error`, 'Reset')}`}</td>
<td><span class="pill ${active ? 'good' : ''}">${active ? 'Active' : 'Inactive'}</span></td>
<td class="end nowrap">${button(path, active ? 'Deactivate' : 'Activate', 'slim', { active: active ? 'off' : 'on' })}
${button(`${path}/delete`, 'Delete', 'danger slim')}</td></tr>`;
}

function newWebhook(catalog: readonly CatalogEvent[]): Markup {
  const events = catalog.map(
    (
      event,
    ) => markup`<label><input type="checkbox" name="events" value="${event.name}" ${event.forCalendar && markup`checked`}>
<span>${event.label}</span><span class="sub mono">${event.name}</span></label>`,
  );
  return markup`<form method="post" action="/ui/webhooks" class="grid">
${textField('Name', 'name', 'Outlook calendars', { required: true })}
${textField('Payload URL', 'url', '', { type: 'url', required: true, css: 'half', placeholder: 'https://' })}
${textField('User name', 'username', '', { placeholder: 'Basic authentication' })}
${textField('Password', 'password', '', { type: 'password' })}
${tick('Allow the platform to group payloads', 'grouping', true)}
<div class="wide"><label>Events (at most eight)</label><div class="people">${events}</div></div>
<div class="acts"><button class="main">Create webhook</button><span class="sub">It starts inactive.</span></div></form>`;
}

function deliveriesCard(tenant: Tenant, catalog: readonly CatalogEvent[]): Markup {
  const all = tenant.sender.deliveries();
  const waiting = all.filter((d) => d.status === 'queued' || d.status === 'sending').length;
  const { held } = tenant.settings.webhooks;
  const lagging = tenant.settings.lag.mode !== 'none';
  const controls = held
    ? [
        button('/ui/deliveries/release', 'Release', 'main slim', { order: 'queued' }),
        button('/ui/deliveries/release', 'Release in reverse', 'slim', { order: 'reversed' }),
      ]
    : button('/ui/deliveries/hold', 'Hold deliveries');
  const lag = button('/ui/lag', lagging ? 'Let the API catch up' : 'Hold back the API', 'slim', {
    mode: lagging ? 'none' : 'held',
  });
  const lines = all.slice(-SHOWN).reverse();
  return markup`<section class="card"><header><div><h2>Deliveries</h2>
<p>${count(all.length, 'message')}, ${waiting} waiting${all.length > SHOWN && ` · the newest ${SHOWN} are shown`}</p></div><div class="row">${controls}${lag}</div></header>
${
  lines.length === 0
    ? markup`<div class="empty">Nothing sent yet: change a session and its message appears here.</div>`
    : markup`<table class="even"><colgroup>${DELIVERY_WIDTHS.map((width) => markup`<col style="width: ${width}">`)}</colgroup>
<thead><tr><th>Queued</th><th>Event</th><th>Message</th><th>Attempts</th><th>Status</th><th class="end"></th></tr></thead>
<tbody>${lines.map((delivery) => deliveryLine(delivery, catalog))}</tbody></table>`
}</section>`;
}

function deliveryLine(delivery: Delivery, catalog: readonly CatalogEvent[]): Markup {
  const { body, attempts, status } = delivery;
  const payloads = Array.isArray(body.payloads) ? body.payloads.length : 1;
  const last = attempts.at(-1);
  return markup`<tr><td class="nowrap">${clockTime(delivery.queuedAt)}</td>
<td>${labelOf(catalog, delivery.event)}${payloads > 1 && markup` <span class="pill">${payloads} grouped</span>`}<div class="sub mono">${delivery.event}</div></td>
<td><details><summary class="mono">${delivery.messageId.slice(0, 27)}…</summary><pre>${JSON.stringify(body, null, 2)}</pre></details></td>
<td class="nowrap">${attempts.length}<div class="sub">${last?.error ?? (last === undefined ? '' : `answered ${last.status}`)}</div></td>
<td><span class="pill ${STATUS[status]}">${status}</span></td>
<td class="end">${button(`/ui/deliveries/${delivery.messageId}/redeliver`, 'Redeliver')}</td></tr>`;
}

function labelOf(catalog: readonly CatalogEvent[], name: string): string {
  return catalog.find((event) => event.name === name)?.label ?? name;
}

function clockTime(iso: string): string {
  return DateTime.fromISO(iso, { zone: 'utc' }).toFormat("d LLL HH:mm:ss 'UTC'");
}
