import { toText } from '../api/wire';

export type Scalar = string | number | boolean | null;

/**
 * One form for values that mean the same: texts without case and outer blanks, a number as its text, an absent key as null.
 * Undefined for what is no scalar: it equals nothing.
 */
export function canonicalValue(value: unknown): string | undefined {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return `boolean ${value}`;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return `text ${toText(value).trim().toLowerCase()}`;
}

/** The name of the list that holds `value`; undefined when none does. */
export function classify<K extends string>(
  value: unknown,
  lists: Readonly<Record<K, readonly Scalar[]>>,
): K | undefined {
  const wanted = canonicalValue(value);
  if (wanted === undefined) return undefined;
  for (const name of Object.keys(lists) as K[]) {
    if (lists[name].some((listed) => canonicalValue(listed) === wanted)) return name;
  }
  return undefined;
}
