import { DateTime } from 'luxon';
import { revealJoinLink } from '../calendar/online-meeting';
import { zoneToIana } from '../calendar/time-zones';
import type { Simulator } from '../simulator';
import type { Mailbox, StoredEvent } from '../state/model';
import { isInCalendar } from '../state/simulator-state';
import { eventLink, localTime, tallyBar, usualZone, workflowLink } from './format';
import { html, type Html } from './html';
import { emptyState, type Page } from './layout';
import { weekGrid } from './week-grid';

export interface CalendarQuery {
  readonly mailbox?: string;
  /** Any day of the week wanted, `2030-05-06`. */
  readonly week?: string;
  readonly zone?: string;
  readonly live?: string;
}

/** A mailbox's calendar: one week at its hours, everything that comes as a list, and what was cancelled. */
export function calendarPage(simulator: Simulator, query: CalendarQuery): Page {
  const { state } = simulator;
  const mailboxes = Object.values(state.data.mailboxes);
  const mailbox = mailboxes.find((m) => m.address === query.mailbox) ?? mailboxes[0];
  if (mailbox === undefined) return { title: 'Calendar', section: 'calendar', body: noMailbox() };
  const all = state.events.of(mailbox.id).sort((a, b) => (a.startUtc < b.startUtc ? -1 : 1));
  for (const event of all) if (revealJoinLink(state, event)) state.events.touch(event);
  const present = all.filter((e) => isInCalendar(mailbox, e) && !e.isCancelled);
  const zone = zoneToIana(query.zone ?? '') === undefined ? usualZone(present) : (query.zone ?? 'UTC');
  const today = localTime(state.nowIso(), zone);
  const monday = chosenDay(query.week, present, zone, today).startOf('week');
  const link = (change: Partial<CalendarQuery>) => linkTo({ ...query, mailbox: mailbox.address, ...change });
  const sunday = monday.plus({ weeks: 1 });
  const thisWeek = present.filter((e) => localTime(e.endUtc, zone) > monday && localTime(e.startUtc, zone) < sunday);
  const coming = present.filter((e) => localTime(e.endUtc, zone) > monday);

  const body = html`
    <div class="head">
      <div>
        <h1>${monday.toFormat('d LLLL')} – ${monday.plus({ days: 6 }).toFormat('d LLLL yyyy')}</h1>
        <p>${mailbox.displayName} · ${mailbox.address}</p>
      </div>
      <form class="tools" method="get" action="/">
        <a class="button" href="${link({ week: monday.minus({ weeks: 1 }).toISODate() ?? '' })}">‹ Earlier</a>
        <a class="button" href="${link({ week: today.toISODate() ?? '' })}">This week</a>
        <a class="button" href="${link({ week: monday.plus({ weeks: 1 }).toISODate() ?? '' })}">Later ›</a>
        <input type="hidden" name="week" value="${monday.toISODate()}" />
        ${chooser(
          'mailbox',
          mailboxes.map((m) => m.address),
          mailbox.address,
        )}
        ${chooser('zone', [...new Set([zone, ...present.map((e) => e.startZone), 'UTC'])], zone)}
        <button>Show</button>
        <a class="button" href="${link({ live: query.live === '1' ? undefined : '1' })}"
          >${query.live === '1' ? 'Stop refreshing' : 'Refresh by itself'}</a
        >
      </form>
    </div>
    <section class="card flush">
      ${
        thisWeek.length === 0
          ? emptyWeek(coming[0], zone, (week) => link({ week }))
          : weekGrid(thisWeek, monday, zone, today)
      }
    </section>
    <section class="card flush">
      <h2>From this week on</h2>
      ${
        coming.length === 0
          ? emptyState('Nothing ahead', 'No event ends after the Monday shown. Go to an earlier week to see what was.')
          : eventTable(coming, zone, simulator.temporalUi)
      }
    </section>
    ${cancelledSection(mailbox, all, zone, simulator.temporalUi)}
  `;
  return { title: 'Calendar', section: 'calendar', body, live: query.live === '1' };
}

function eventTable(events: readonly StoredEvent[], zone: string, temporalUi: string | null): Html {
  let day = '';
  const rows = events.map((event) => {
    const start = localTime(event.startUtc, zone);
    const date = start.toFormat('ccc d LLL yyyy');
    const isNewDay = date !== day;
    day = date;
    return html`<tr class="${!isNewDay && 'same-day'}">
      <td class="when date">${isNewDay && date}</td>
      <td class="when">${start.toFormat('HH:mm')} – ${localTime(event.endUtc, zone).toFormat('HH:mm')}</td>
      <td><strong>${eventLink(event.id, event.subject)}</strong></td>
      <td>
        ${event.locations.map((l) => l.displayName ?? '').join('; ')}
        ${event.isOnlineMeeting && html`<span class="badge update">Teams</span>`}
      </td>
      <td class="when">${tallyBar(event.attendees)}</td>
      <td class="when">${workflowLink(event, temporalUi)}</td>
    </tr>`;
  });
  return html`<table>
    <thead>
      <tr>
        <th>Day</th>
        <th>Time</th>
        <th>Event</th>
        <th>Place</th>
        <th>Answers</th>
        <th>${temporalUi !== null && 'Workflow'}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function cancelledSection(
  mailbox: Mailbox,
  all: readonly StoredEvent[],
  zone: string,
  temporalUi: string | null,
): Html | null {
  const gone = all.filter((e) => !isInCalendar(mailbox, e) || e.isCancelled);
  if (gone.length === 0) return null;
  return html`<details class="card flush">
    <summary>Cancelled and deleted (${gone.length})</summary>
    ${eventTable(gone, zone, temporalUi)}
  </details>`;
}

function emptyWeek(next: StoredEvent | undefined, zone: string, weekLink: (day: string) => string): Html {
  const day = next === undefined ? null : localTime(next.startUtc, zone);
  return html`<div class="empty">
    <strong>No events in this week</strong>
    ${
      day !== null &&
      html`<p>
        The next one is on <a href="${weekLink(day.toISODate() ?? '')}">${day.toFormat('cccc d LLLL yyyy')}</a>.
      </p>`
    }
  </div>`;
}

/** The day asked for, else today when something comes, else the last day that had anything. */
function chosenDay(asked: string | undefined, events: readonly StoredEvent[], zone: string, today: DateTime): DateTime {
  const day = DateTime.fromISO(asked ?? '', { zone: today.zone });
  if (day.isValid) return day.setLocale('en-GB');
  const next = events.find((e) => localTime(e.endUtc, zone) > today.startOf('week')) ?? events.at(-1);
  return next === undefined ? today : localTime(next.startUtc, zone);
}

function chooser(name: string, values: readonly string[], chosen: string): Html | null {
  if (values.length < 2) return html`<input type="hidden" name="${name}" value="${chosen}" />`;
  const options = values.map((v) => html`<option value="${v}" ${v === chosen && html`selected`}>${v}</option>`);
  return html`<select name="${name}" aria-label="${name}">
    ${options}
  </select>`;
}

function linkTo(query: CalendarQuery): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return `/?${new URLSearchParams(given).toString()}`;
}

function noMailbox(): Html {
  const words = 'Mailboxes and apps are set up through the control API: POST /__control/mailboxes {"address": "..."}.';
  return html`<section class="card">${emptyState('There is no mailbox yet', words)}</section>`;
}
