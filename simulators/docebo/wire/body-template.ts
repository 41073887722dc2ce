import { isObject } from './json';

export type Bindings = Readonly<Record<string, unknown>>;

/**
 * Reads a body back through the JSON template it was made by: `{"$": "eventId"}` binds a value, all else must be equal.
 * An array of one element in the template matches any number of such elements; each gives its own bindings.
 *
 * @throws Error that says where the body departs from the template.
 */
export function readThrough(template: unknown, body: unknown, at = ''): Bindings[] {
  if (isPlaceholder(template)) return [{ [template.$]: body }];
  if (Array.isArray(template)) {
    if (!Array.isArray(body) || body.length === 0) throw new Error(`${at || '/'} must be an array with an element`);
    return body.flatMap((item, index) => readThrough(template[0], item, `${at}/${index}`));
  }
  if (!isObject(template)) {
    if (template !== body) throw new Error(`${at || '/'} must be ${JSON.stringify(template)}`);
    return [{}];
  }
  if (!isObject(body)) throw new Error(`${at || '/'} must be an object`);
  const unknown = Object.keys(body).filter((key) => !(key in template));
  if (unknown.length > 0) throw new Error(`${at || '/'} has the unknown key ${unknown.join(', ')}`);
  return Object.entries(template).reduce<Bindings[]>(
    (found, [key, part]) => {
      if (!(key in body)) throw new Error(`${at}/${key} is missing`);
      return found.flatMap((have) =>
        readThrough(part, body[key], `${at}/${key}`).map((more) => ({ ...have, ...more })),
      );
    },
    [{}],
  );
}

function isPlaceholder(value: unknown): value is { $: string } {
  return isObject(value) && Object.keys(value).length === 1 && typeof value.$ === 'string';
}
