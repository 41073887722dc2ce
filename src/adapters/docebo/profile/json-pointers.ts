/** What stands at an RFC 6901 pointer; undefined when nothing does. Only own keys count, so that `/constructor` finds nothing. */
export function readPointer(json: unknown, pointer: string): unknown {
  let value = json;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.includes('~') ? part.replaceAll('~1', '/').replaceAll('~0', '~') : part;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    if (Array.isArray(value) && !/^\d+$/.test(key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** The value at the first pointer that leads to something; `null` and `''` are something. */
export function readFirst(json: unknown, pointers: readonly string[]): unknown {
  return pointers.map((pointer) => readPointer(json, pointer)).find((value) => value !== undefined);
}

/** The first usable value: `as` answers null or undefined for one that is not. */
export function readFirstAs<T>(
  json: unknown,
  pointers: readonly string[],
  as: (value: unknown) => T | null | undefined,
): T | undefined {
  for (const pointer of pointers) {
    const value = readPointer(json, pointer);
    const usable = value === undefined ? undefined : as(value);
    if (usable !== undefined && usable !== null) return usable;
  }
  return undefined;
}

/** A key as part of a pointer. */
export function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
