import { zoneToIana } from '../calendar/time-zones';
import { GraphError } from './graph-error';

export interface Preferences {
  readonly immutableIds: boolean;
  /** As the caller spelt it; answers repeat it. */
  readonly timeZone: string;
  readonly bodyType: 'html' | 'text';
  readonly maxPageSize: number | undefined;
  /** Preferences that were honoured, for `Preference-Applied`. */
  readonly applied: readonly string[];
}

/**
 * Reads the Prefer header. Several headers are one list, as HTTP says; unknown preferences are ignored, as HTTP says too.
 * @throws GraphError 400 when the time zone is none.
 */
export function readPreferences(header: string | string[] | undefined): Preferences {
  const found = new Map<string, string>();
  for (const part of splitList(Array.isArray(header) ? header.join(',') : (header ?? ''))) {
    const [name, value] = part.split('=', 2);
    if (name !== undefined && value !== undefined) found.set(name.trim().toLowerCase(), unquote(value.trim()));
  }
  const applied: string[] = [];
  const immutableIds = found.get('idtype')?.toLowerCase() === 'immutableid';
  if (immutableIds) applied.push('IdType="ImmutableId"');
  const timeZone = found.get('outlook.timezone');
  if (timeZone !== undefined) {
    if (zoneToIana(timeZone) === undefined) throw unsupportedZone(timeZone);
    applied.push(`outlook.timezone="${timeZone}"`);
  }
  const bodyType = found.get('outlook.body-content-type')?.toLowerCase();
  if (bodyType === 'text' || bodyType === 'html') applied.push(`outlook.body-content-type="${bodyType}"`);
  const maxPageSize = Number(found.get('odata.maxpagesize'));
  const hasPageSize = Number.isInteger(maxPageSize) && maxPageSize > 0;
  if (hasPageSize) applied.push(`odata.maxpagesize=${maxPageSize}`);
  return {
    immutableIds,
    timeZone: timeZone ?? 'UTC',
    bodyType: bodyType === 'text' ? 'text' : 'html',
    maxPageSize: hasPageSize ? maxPageSize : undefined,
    applied,
  };
}

export function unsupportedZone(zone: string): GraphError {
  const message = `A valid TimeZone value must be specified. The following TimeZone value is not supported: '${zone}'.`;
  return new GraphError(400, 'TimeZoneNotSupportedException', message);
}

/** Splits at commas outside quotes. */
function splitList(text: string): string[] {
  return text.match(/(?:[^,"]|"[^"]*")+/g) ?? [];
}

function unquote(text: string): string {
  return text.replace(/^"(.*)"$/, '$1');
}
