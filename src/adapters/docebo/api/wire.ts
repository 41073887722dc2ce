import { DateTime } from 'luxon';

/**
 * Docebo's JSON, read tolerantly: numbers come as strings, ids of nothing as 0, dates as `0000-00-00 00:00:00`, '' or null
 * (seen in public clients of the API).
 */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * An id as a string. Short ones are as good as UUIDs, but what Temporal would refuse as part of a workflow's id is none: the message would
 * come again for ever. No blanks, no slashes and no dot at its beginning (`..`), because ids stand in paths. 0 is Docebo's "none". A number
 * beyond 2^53 has lost digits and is no id.
 */
export function toId(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? String(value) : null;
  if (typeof value !== 'string') return null;
  const id = value.trim();
  return /^[\w:-][\w.:-]{0,199}$/.test(id) && !/^0+$/.test(id) ? id : null;
}

/** Text of a scalar; '' for what is no scalar. */
export function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Text with something in it, else null. */
export function toFilledText(value: unknown): string | null {
  const text = toText(value);
  return text.trim() === '' ? null : text;
}

export function toCount(value: unknown): number | null {
  const text = toText(value).trim();
  return /^\d+$/.test(text) ? Number(text) : null;
}

export function toFlag(value: unknown): boolean | null {
  const text = toText(value).trim().toLowerCase();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : null;
}

/** `YYYY-MM-DD HH:MM:SS`, which Docebo gives in UTC outside of schedules. Null for zero dates, '' and what is no date. */
export function toUtcDate(value: unknown): Date | null {
  const at = DateTime.fromSQL(toText(value).trim(), { zone: 'utc' });
  return at.isValid && at.year > 0 ? at.toJSDate() : null;
}
