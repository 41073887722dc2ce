import { DateTime, IANAZone } from 'luxon';
import type { Instant } from '../../../domain/model';
import { readFirstAs, readPointer } from '../profile/json-pointers';
import type { TenantProfile } from '../profile/profile';
import { quoteValue } from './read-problems';
import { toFilledText } from '../api/wire';

export interface EventTimes {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly timeZone: string;
}

/**
 * When an event takes place. Docebo gives one date, begin and end as clock times and an IANA zone (`schedule.{date,time_begin,timezone}`,
 * seen in public clients; where the end stands is the profile's). An end at or before the begin is on the next day.
 *
 * Clock times are those of the zone or UTC, as the profile says. In a zone, a time that the clocks skip in spring is moved on by the hour
 * that is skipped, and one that they show twice in autumn is the first of the two.
 */
export function readEventTimes(item: unknown, profile: TenantProfile): EventTimes | { readonly fault: string } {
  const timeZone = readFirstAs(item, ['/schedule/timezone'], toFilledText)?.trim();
  if (timeZone === undefined || !IANAZone.isValidZone(timeZone)) {
    return { fault: `its time zone (/schedule/timezone) is no IANA zone: ${quoteValue(timeZone)}` };
  }
  const date = readPointer(item, '/schedule/date');
  const begin = readPointer(item, '/schedule/time_begin');
  const end = readFirstAs(item, profile.fields.event.timeEnd, toFilledText);
  const clock = profile.times.eventBase === 'utc' ? 'utc' : timeZone;
  const startsAt = toInstant({ date, time: begin, clock, days: 0 });
  if (startsAt === null) {
    return { fault: `its begin is no date and time: ${quoteTimes(date)} ${quoteTimes(begin)}` };
  }
  const sameDay = toInstant({ date, time: end, clock, days: 0 });
  const endsAt = sameDay !== null && sameDay <= startsAt ? toInstant({ date, time: end, clock, days: 1 }) : sameDay;
  if (endsAt === null) return { fault: `its end is no time: ${quoteTimes(end)}` };
  return { startsAt: startsAt.toJSDate().toISOString(), endsAt: endsAt.toJSDate().toISOString(), timeZone };
}

function toInstant(at: {
  readonly date: unknown;
  readonly time: unknown;
  readonly clock: string;
  readonly days: number;
}): DateTime | null {
  if (typeof at.date !== 'string' || typeof at.time !== 'string') return null;
  const [, date] = /^(\d{4}-\d{2}-\d{2})(?:$|[ T])/.exec(at.date.trim()) ?? [];
  const [, hour, minute, second = '00'] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(at.time.trim()) ?? [];
  if (date === undefined || hour === undefined || minute === undefined) return null;
  const day = DateTime.fromISO(date, { zone: 'utc' }).plus({ days: at.days });
  const wall = `${day.toISODate()}T${hour.padStart(2, '0')}:${minute}:${second}`;
  const instant = DateTime.fromISO(wall, { zone: at.clock });
  if (!instant.isValid || instant.year < 1970) return null;
  return instant.getPossibleOffsets().reduce((first, other) => (other < first ? other : first));
}

/** Dates and times hold digits and marks only; anything else is not shown. */
function quoteTimes(value: unknown): string {
  return typeof value === 'string' && /^[\d :T.-]{1,30}$/.test(value) ? `"${value}"` : quoteValue(value);
}
