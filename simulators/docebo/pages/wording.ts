import { DateTime } from 'luxon';
import type { AcademyState, Course, Session, SessionEvent, User } from '../academy/model';
import { effective } from '../academy/model';
import { endOf, startOf } from '../academy/times';
import type { TimedEvent } from '../wire/reading';
import { markup, type Markup } from './markup';

/** How things read on the pages. */

export function nameOf(user: User | undefined, id: number): string {
  return user === undefined ? `User ${id}` : `${user.firstName} ${user.lastName}`;
}

export function dayAndTime(event: SessionEvent): { day: string; time: string; utc: string } {
  const start = startOf(event);
  const end = endOf(event);
  const utc = (at: DateTime) => at.toUTC().toFormat('HH:mm');
  return {
    day: start.toFormat('ccc d LLL yyyy'),
    time: `${start.toFormat('HH:mm')}–${end.toFormat('HH:mm')}`,
    utc: `${event.timezone} · ${utc(start)}–${utc(end)} UTC`,
  };
}

/** First to last day of a session. */
export function span(events: readonly TimedEvent[]): string {
  const first = events[0]?.start;
  const last = events.at(-1)?.start;
  if (first === undefined || last === undefined) return 'No events yet';
  if (first.hasSame(last, 'day')) return first.toFormat('d LLL yyyy');
  const end = last.toFormat('d LLL yyyy');
  if (first.hasSame(last, 'month')) return `${first.day}–${end}`;
  return `${first.toFormat(first.year === last.year ? 'd LLL' : 'd LLL yyyy')} – ${end}`;
}

export function whereOf(state: AcademyState, event: SessionEvent): string {
  if (event.locationId === null) return event.webinarTool === null ? 'No place yet' : `Online · ${event.webinarTool}`;
  const place = state.locations[event.locationId]?.name ?? `Location ${event.locationId}`;
  const room = event.classroomId === null ? undefined : state.classrooms[event.classroomId]?.name;
  const online = event.webinarTool === null ? [] : [`and ${event.webinarTool}`];
  return [place, ...(room === undefined ? [] : [room]), ...online].join(' · ');
}

export function invitationPill(course: Course, session: Session): Markup {
  const on = effective(session.rsvp, course.rsvp);
  const how = session.rsvp === 'inherit' ? 'default' : 'this session';
  return markup`<span class="pill ${on ? 'good' : ''}">${on ? 'On' : 'Off'} · ${how}</span>`;
}

export function statusPill(session: Session, events: readonly TimedEvent[]): Markup {
  if (session.status === 'cancelled') return markup`<span class="pill bad">Cancelled</span>`;
  const over = events.length > 0 && events.every((event) => event.end < DateTime.now());
  return over ? markup`<span class="pill">Over</span>` : markup`<span class="pill info">Active</span>`;
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
