import { revealJoinLink } from '../calendar/online-meeting';
import type { Simulator } from '../simulator';
import type { StoredEvent } from '../state/model';
import { isInCalendar } from '../state/simulator-state';
import { answerBadge, localTime, moment, personLink, tally, timeRange, workflowLink } from './format';
import { escapeHtml, Html, html } from './html';
import { emptyState, type Page } from './layout';
import { waveTable, wavesOf } from './waves';

/** One event: when and where, who was asked and what they said, the text they read, and every mail about it. */
export function eventPage(simulator: Simulator, event: StoredEvent): Page {
  const { state, temporalUi } = simulator;
  if (revealJoinLink(state, event)) state.events.touch(event);
  const mails = state.data.outbox.filter((entry) => entry.eventId === event.id).reverse();
  const here = isInCalendar(state.mailbox(event.mailboxId), event);
  const body = html`
    <div class="head">
      <div>
        <h1>${event.subject === '' ? '(no subject)' : event.subject}</h1>
        <p>
          ${timeRange(event.startUtc, event.endUtc, event.startZone)} · ${event.startZone}
          ${event.isCancelled && html`<span class="badge declined">Cancelled</span>`}
          ${!here && html`<span class="badge">In Deleted Items</span>`}
        </p>
      </div>
      ${
        here &&
        html`<form class="tools" method="post" action="/ui/events/${encodeURIComponent(event.id)}/delete">
          <button class="no" title="As the owner of the mailbox would in Outlook: everybody gets a cancellation">
            Delete by hand
          </button>
        </form>`
      }
    </div>
    <div class="columns">
      <div>
        <section class="card flush">
          <h2>Attendees</h2>
          ${attendeeTable(event)}
        </section>
        <section class="card flush">
          <h2>Mail about this event</h2>
          ${
            mails.length === 0
              ? emptyState('No mail', 'Nobody was invited to this event.')
              : waveTable(state, wavesOf(mails), event.startZone, false)
          }
        </section>
        <section class="card">
          <h2>Text</h2>
          ${bodyFrame(event.bodyHtml)}
        </section>
      </div>
      <div>
        <section class="card">
          <h2>Details</h2>
          ${facts(event, temporalUi)}
        </section>
      </div>
    </div>
  `;
  return { title: event.subject, section: 'calendar', body };
}

function attendeeTable(event: StoredEvent): Html {
  if (event.attendees.length === 0)
    return emptyState('Nobody is invited', 'The event stands in the calendar all the same.');
  const counts = tally(event.attendees);
  const rows = event.attendees.map(
    (a) =>
      html`<tr>
        <td>${personLink(a.address, a.name)}</td>
        <td class="muted">${a.name === a.address ? '' : a.address}</td>
        <td class="muted">${a.type}</td>
        <td>${answerBadge(a.response)}</td>
        <td class="when muted">${a.respondedAt === null ? '' : moment(a.respondedAt, event.startZone)}</td>
      </tr>`,
  );
  return html`<p class="muted small" style="padding:0 24px 8px">
      ${event.attendees.length} invited · ${counts.accepted} accepted · ${counts.tentative} tentative ·
      ${counts.declined} declined · ${counts.waiting} without an answer
    </p>
    <table>
      <thead>
        <tr>
          <th>Name</th>
          <th>Address</th>
          <th>Kind</th>
          <th>Answer</th>
          <th>Answered</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`;
}

function facts(event: StoredEvent, temporalUi: string | null): Html {
  const rows: [string, Html | string | null][] = [
    ['Workflow', workflowLink(event, temporalUi)],
    ['Place', event.locations.map((l) => l.displayName ?? '').join('; ')],
    ['Organizer', event.organizer.name],
    [
      'Teams',
      event.online?.inBody === true ? html`<a class="outside" href="${event.online.joinUrl}">Join link</a>` : null,
    ],
    ['Attendee list', event.hideAttendees ? 'Hidden from attendees' : 'Seen by attendees'],
    ['Asks for answers', event.responseRequested ? 'Yes' : 'No'],
    [
      'UTC',
      `${localTime(event.startUtc, 'UTC').toFormat('yyyy-MM-dd HH:mm')} – ${localTime(event.endUtc, 'UTC').toFormat('HH:mm')}`,
    ],
    ['Changed', moment(event.modifiedAt, event.startZone)],
    ['transactionId', event.transactionId === null ? null : html`<span class="mono">${event.transactionId}</span>`],
    ...event.extendedProperties.map((p): [string, Html] => [
      p.id.split(' Name ')[1] ?? p.id,
      html`<span class="mono">${p.value}</span>`,
    ]),
    ['Immutable id', html`<span class="mono">${event.id}</span>`],
    ['Change key', html`<span class="mono">${event.changeKey}</span>`],
  ];
  const shown = rows.filter(([, value]) => value !== null && value !== '');
  return html`<dl class="facts">
    ${shown.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

/** Somebody else's markup: shown in a frame of its own, where no script runs. */
export function bodyFrame(bodyHtml: string): Html {
  const font = '<style>body{font:14px/1.5 "Segoe UI",system-ui,sans-serif;margin:16px;color:#1c2330}</style>';
  return new Html(
    `<iframe class="mail-body" title="Text" sandbox="" srcdoc="${escapeHtml(font + bodyHtml)}"></iframe>`,
  );
}
