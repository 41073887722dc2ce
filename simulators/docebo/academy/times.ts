import { DateTime } from 'luxon';
import type { SessionEvent } from './model';

type When = Pick<SessionEvent, 'date' | 'timeBegin' | 'timeEnd' | 'timezone'>;

export function startOf(event: When): DateTime {
  return DateTime.fromISO(`${event.date}T${event.timeBegin}`, { zone: event.timezone });
}

export function endOf(event: When): DateTime {
  const end = DateTime.fromISO(`${event.date}T${event.timeEnd}`, { zone: event.timezone });
  return end > startOf(event) ? end : end.plus({ days: 1 });
}

/** Why the times cannot be used, or undefined. */
export function problemWith(event: When): string | undefined {
  if (!DateTime.local().setZone(event.timezone).isValid)
    return `unknown time zone "${event.timezone}": give an IANA name such as Europe/Rome`;
  if (!startOf(event).isValid || !endOf(event).isValid)
    return `"${event.date} ${event.timeBegin}-${event.timeEnd}" is no date and times: give YYYY-MM-DD, HH:MM and HH:MM`;
  return undefined;
}

export interface WallTimes {
  readonly date: string;
  /** HH:MM:SS. */
  readonly timeBegin: string;
  readonly timeEnd: string;
  /** As Docebo writes it: `GMT -06:00`. */
  readonly offset: string;
}

/** What a clock shows: on the wall of the event's zone, or in UTC. */
export function wallTimes(event: When, base: 'local' | 'utc'): WallTimes {
  const zone = base === 'utc' ? 'utc' : event.timezone;
  const begin = startOf(event).setZone(zone);
  return {
    date: begin.toFormat('yyyy-MM-dd'),
    timeBegin: begin.toFormat('HH:mm:ss'),
    timeEnd: endOf(event).setZone(zone).toFormat('HH:mm:ss'),
    offset: `GMT ${startOf(event).toFormat('ZZ')}`,
  };
}

/** Docebo's `YYYY-MM-DD HH:MM:SS`, in UTC. */
export function stamp(at: Date | string): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
