import { DateTime } from 'luxon';
import timezones from 'cldr-bcp47/bcp47/timezone.json';
import windowsZones from 'cldr-core/supplemental/windowsZones.json';
import type { Instant } from '../../domain/model';

interface WindowsZone {
  readonly name: string;
  /** The IANA zone whose rules are the Windows zone's own (CLDR's territory 001). */
  readonly representative: string;
}

const windowsZoneByIana = readTable();

/** A wall-clock time as Graph takes it: no offset in `dateTime`, the zone beside it. */
export interface ZonedTime {
  readonly dateTime: string;
  readonly timeZone: string;
}

/**
 * The period in the event's own zone, under that zone's Windows name, which Exchange always knows (IANA names are refused at times).
 *
 * Falls back to UTC when the zone has no Windows name (Antarctica/Troll, anything unknown), when the Windows zone's rules differ from
 * the IANA zone's at that time, or when the wall-clock time exists twice: the instants always stay right.
 */
export function toZonedPeriod(period: {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly timeZone: string;
}): { readonly start: ZonedTime; readonly end: ZonedTime } {
  const zone = windowsZoneByIana.get(period.timeZone.toLowerCase());
  const instants = [period.startsAt, period.endsAt];
  if (zone === undefined || !instants.every((instant) => isExact(instant, period.timeZone, zone))) {
    return { start: at(period.startsAt, 'UTC', 'UTC'), end: at(period.endsAt, 'UTC', 'UTC') };
  }
  return {
    start: at(period.startsAt, period.timeZone, zone.name),
    end: at(period.endsAt, period.timeZone, zone.name),
  };
}

function at(instant: Instant, iana: string, name: string): ZonedTime {
  const local = DateTime.fromISO(instant, { zone: iana });
  return {
    dateTime: local.toISO({ includeOffset: false, suppressMilliseconds: true }) ?? instant.slice(0, -1),
    timeZone: name,
  };
}

function isExact(instant: Instant, iana: string, zone: WindowsZone): boolean {
  const local = DateTime.fromISO(instant, { zone: iana });
  if (!local.isValid || local.getPossibleOffsets().length !== 1) return false;
  return local.offset === local.setZone(zone.representative).offset;
}

/** By lower-case IANA name, today's names and the old ones alike (CLDR files a zone under the name it first had). */
function readTable(): ReadonlyMap<string, WindowsZone> {
  const zones = windowsZones.supplemental.windowsZones.mapTimezones.map((entry) => entry.mapZone);
  const representatives = new Map(zones.filter((z) => z._territory === '001').map((z) => [z._other, z._type]));
  const table = new Map<string, WindowsZone>();
  for (const zone of zones) {
    const representative = representatives.get(zone._other) ?? zone._type;
    for (const iana of zone._type.split(' ')) table.set(iana.toLowerCase(), { name: zone._other, representative });
  }
  for (const names of Object.values<unknown>(timezones.keyword.u.tz).map(namesOf)) {
    const known = names.map((name) => table.get(name)).find((zone) => zone !== undefined);
    if (known === undefined) continue;
    for (const name of names) if (!table.has(name)) table.set(name, known);
  }
  return table;
}

/** All names of one CLDR zone; entries that are no zone have none. */
function namesOf(entry: unknown): string[] {
  const alias = typeof entry === 'object' && entry !== null && '_alias' in entry ? entry._alias : null;
  return typeof alias === 'string' ? alias.toLowerCase().split(' ') : [];
}
