export type Json = Record<string, unknown>;

/** Writes a value at a JSON pointer, making the objects on the way. */
export function put(target: Json, pointer: string, value: unknown): void {
  const keys = keysOf(pointer);
  const last = keys.pop() as string;
  let at = target;
  for (const key of keys) {
    const next = at[key];
    at = isObject(next) ? next : (at[key] = {});
  }
  at[last] = value;
}

/** Removes the value at a JSON pointer, if there is one. */
export function drop(target: Json, pointer: string): void {
  const keys = keysOf(pointer);
  const last = keys.pop() as string;
  let at: unknown = target;
  for (const key of keys) at = isObject(at) ? at[key] : undefined;
  if (isObject(at)) delete at[last];
}

/** Turns each number into its decimal text, as many Docebo answers do. */
export function numbersToStrings(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(numbersToStrings);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, numbersToStrings(v)]));
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keysOf(pointer: string): string[] {
  return pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}
