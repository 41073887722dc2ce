import type { DateTimeTimeZone } from '@microsoft/microsoft-graph-types';
import { DateTime } from 'luxon';
import { GraphError, invalidProperty } from '../graph/graph-error';
import { unsupportedZone } from '../graph/prefer';
import { zoneToIana } from './time-zones';

const pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * The instant (ISO, UTC, milliseconds) that a dateTimeTimeZone means, and its zone as it was written.
 * @throws GraphError 400: no or unsupported zone, malformed text, an offset beside a zone other than UTC.
 */
export function toInstant(value: DateTimeTimeZone | null | undefined, property: string): { utc: string; zone: string } {
  if (value === null || value === undefined) throw invalidProperty(`'${property}' is required.`);
  const { dateTime } = value;
  const zone = value.timeZone ?? '';
  const iana = zoneToIana(zone);
  if (iana === undefined) throw unsupportedZone(zone);
  const match = pattern.exec(dateTime ?? '');
  if (match === null) throw invalidProperty(`'${property}.dateTime' is not a date and time.`);
  if (match[3] !== undefined && iana !== 'Etc/UTC')
    throw invalidProperty(`'${property}.dateTime' carries an offset beside the zone '${zone}'.`);
  const text = (dateTime ?? '').replace(/(\.\d{3})\d*/, '$1');
  const read = DateTime.fromISO(text, { zone: iana });
  if (!read.isValid) throw invalidProperty(`'${property}.dateTime' is not a date and time.`);
  return { utc: read.toUTC().toISO(), zone };
}

/** An instant in the zone that the caller prefers: local time with seven decimals, never an offset. */
export function fromInstant(utc: string, zone: string): DateTimeTimeZone {
  const iana = zoneToIana(zone) ?? 'Etc/UTC';
  const local = DateTime.fromISO(utc, { zone: iana });
  return { dateTime: `${local.toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS")}0000`, timeZone: zone };
}

/** Edm.DateTimeOffset on the wire: UTC without fraction. */
export function toOffsetTime(utc: string): string {
  return `${utc.slice(0, 19)}Z`;
}

/** A query parameter: without an offset it is UTC, whatever zone the caller prefers. */
export function readQueryInstant(text: string, name: string): string {
  const read = DateTime.fromISO(text, { zone: 'utc' });
  if (!read.isValid)
    throw new GraphError(400, 'ErrorInvalidParameter', `The value '${text}' of parameter '${name}' is invalid.`);
  return read.toUTC().toISO();
}

/** Whether an instant is midnight in the zone. */
export function isMidnight(utc: string, zone: string): boolean {
  const local = DateTime.fromISO(utc, { zone: zoneToIana(zone) ?? 'Etc/UTC' });
  return local.hour + local.minute + local.second + local.millisecond === 0;
}
