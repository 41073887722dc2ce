import type { Simulator } from '../simulator';
import { usualZone } from './format';
import { html } from './html';
import { emptyState, type Page } from './layout';
import { waveTable, wavesOf } from './waves';

export interface OutboxQuery {
  readonly to?: string;
  readonly kind?: string;
  readonly eventId?: string;
  readonly before?: string;
  readonly live?: string;
}

const pageSize = 1_000;
const kinds = ['invitation', 'update', 'cancellation', 'mail'] as const;

/** Every mail that left, newest first, with its reason. */
export function outboxPage(simulator: Simulator, query: OutboxQuery): Page {
  const { state } = simulator;
  const all = state.data.outbox;
  const to = (query.to ?? '').trim().toLowerCase();
  const before = Number(query.before ?? Infinity);
  const matching = all.filter(
    (entry) =>
      entry.to.toLowerCase().includes(to) &&
      (!query.kind || entry.kind === query.kind) &&
      (query.eventId === undefined || entry.eventId === query.eventId),
  );
  const older = matching.filter((entry) => !(entry.index >= before)).reverse();
  const shown = older.slice(0, pageSize);
  const last = shown.at(-1);
  const zone = usualZone(state.events.all());
  const body = html`
    <div class="head">
      <div>
        <h1>Outbox</h1>
        <p>Who got which mail, and why. Newest first.</p>
        <div class="strip">
          ${kinds.map((kind) => html`<div><b>${all.filter((e) => e.kind === kind).length}</b>${plural(kind)}</div>`)}
        </div>
      </div>
      <form class="tools" method="get" action="/ui/outbox">
        <input type="search" name="to" value="${query.to ?? ''}" placeholder="Recipient" aria-label="Recipient" />
        <select name="kind" aria-label="Kind">
          <option value="">All kinds</option>
          ${kinds.map((kind) => html`<option value="${kind}" ${kind === query.kind && html`selected`}>${plural(kind)}</option>`)}
        </select>
        <button>Show</button>
        <a class="button" href="${query.live === '1' ? '/ui/outbox' : '/ui/outbox?live=1'}"
          >${query.live === '1' ? 'Stop refreshing' : 'Refresh by itself'}</a
        >
      </form>
    </div>
    <section class="card flush">
      ${
        shown.length === 0
          ? emptyState(
              all.length === 0 ? 'No mail has left yet' : 'No such mail',
              all.length === 0
                ? 'Invitations, updates and cancellations appear here as they are sent.'
                : 'Nothing matches what you look for.',
            )
          : waveTable(state, wavesOf(shown), zone, true)
      }
    </section>
    ${last !== undefined && older.length > pageSize && html`<a class="button" href="${olderLink(query, last.index)}">Older mail ›</a>`}
  `;
  return { title: 'Outbox', section: 'outbox', body, live: query.live === '1' };
}

function olderLink(query: OutboxQuery, before: number): string {
  const link = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, before: String(before) })) link.set(name, String(value));
  return `/ui/outbox?${link.toString()}`;
}

function plural(kind: (typeof kinds)[number]): string {
  return { invitation: 'Invitations', update: 'Updates', cancellation: 'Cancellations', mail: 'Other mails' }[kind];
}
