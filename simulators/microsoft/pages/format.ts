import type { ResponseType } from '@microsoft/microsoft-graph-types';
import { DateTime } from 'luxon';
import { zoneToIana } from '../calendar/time-zones';
import { propertyName } from '../calendar/extended-properties';
import type { MailKind, StoredAttendee, StoredEvent } from '../state/model';
import { html, type Html } from './html';

export function localTime(utc: string, zone: string): DateTime {
  return DateTime.fromISO(utc, { zone: zoneToIana(zone) ?? 'Etc/UTC' }).setLocale('en-GB');
}

/** `Mon 6 May 2030, 09:00 – 17:00`, in the zone given. */
export function timeRange(startUtc: string, endUtc: string, zone: string): string {
  const [start, end] = [localTime(startUtc, zone), localTime(endUtc, zone)];
  const day = start.toFormat('ccc d LLL yyyy');
  if (start.hasSame(end, 'day')) return `${day}, ${start.toFormat('HH:mm')} – ${end.toFormat('HH:mm')}`;
  return `${day}, ${start.toFormat('HH:mm')} – ${end.toFormat('ccc d LLL yyyy, HH:mm')}`;
}

export function moment(utc: string, zone: string): string {
  return localTime(utc, zone).toFormat('d LLL, HH:mm:ss');
}

/** The zone that most events were made in; pages show their times in it. */
export function usualZone(events: readonly { readonly startZone: string }[]): string {
  const counts = new Map<string, number>();
  for (const { startZone } of events) counts.set(startZone, (counts.get(startZone) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'UTC';
}

const answerNames: Readonly<Record<ResponseType, string>> = {
  none: 'No answer',
  notResponded: 'No answer',
  organizer: 'Organizer',
  accepted: 'Accepted',
  tentativelyAccepted: 'Tentative',
  declined: 'Declined',
};

export function answerBadge(response: ResponseType): Html {
  return html`<span class="badge ${response}">${answerNames[response]}</span>`;
}

const kindNames: Readonly<Record<MailKind, string>> = {
  invitation: 'Invitation',
  update: 'Update',
  cancellation: 'Cancellation',
  mail: 'Mail',
};

export function kindBadge(kind: MailKind): Html {
  return html`<span class="badge ${kind}">${kindNames[kind]}</span>`;
}

export interface Tally {
  readonly accepted: number;
  readonly tentative: number;
  readonly declined: number;
  readonly waiting: number;
}

export function tally(attendees: readonly StoredAttendee[]): Tally {
  const count = (...responses: ResponseType[]) => attendees.filter((a) => responses.includes(a.response)).length;
  const [accepted, tentative, declined] = [count('accepted'), count('tentativelyAccepted'), count('declined')];
  return { accepted, tentative, declined, waiting: attendees.length - accepted - tentative - declined };
}

/** A bar of answers, as wide as the class is big. */
export function tallyBar(attendees: readonly StoredAttendee[]): Html {
  if (attendees.length === 0) return html`<span class="muted">Nobody invited</span>`;
  const counts = tally(attendees);
  const parts = (['accepted', 'tentative', 'declined', 'waiting'] as const).filter((name) => counts[name] > 0);
  const words = parts.map((name) => `${counts[name]} ${name}`).join(', ');
  return html`<span class="tally" title="${words}"
      >${parts.map((name) => html`<i class="${name}" style="flex-grow:${counts[name]}"></i>`)}</span
    ><span class="tally-words">${counts.accepted} of ${attendees.length} accepted</span>`;
}

/** The workflow behind an event, where the event says which session it belongs to. */
export function workflowLink(event: StoredEvent, temporalUi: string | null): Html | null {
  const session = sessionOf(event);
  if (session === null || temporalUi === null) return null;
  const href = `${temporalUi}/workflows/${encodeURIComponent(`session/${session}`)}`;
  return html`<a class="outside" href="${href}" title="Open in Temporal's Web UI">session/${session}</a>`;
}

export function sessionOf(event: StoredEvent): string | null {
  return event.extendedProperties.find((p) => propertyName(p.id) === 'ConvokeSession')?.value ?? null;
}

export function personLink(address: string, name = address): Html {
  return html`<a href="/ui/people/${encodeURIComponent(address)}">${name}</a>`;
}

export function eventLink(id: string, subject: string): Html {
  return html`<a href="/ui/events/${encodeURIComponent(id)}">${subject === '' ? '(no subject)' : subject}</a>`;
}
