import { escapeKey } from '../profile/json-pointers';
import { isObject, type JsonObject } from '../api/wire';

const MAX_DEPTH = 6;
const MAX_FIELDS = 400;

/**
 * Pointers to what an operation's answer holds, relative to where a tenant profile looks: to `data`, or in lists to one item. Empty: the
 * definition does not say. Swagger 2.0 as platforms publish it; OpenAPI 3 is read too.
 */
export function readAnswerFields(operation: JsonObject, definition: JsonObject): string[] {
  const responses = at(operation, 'responses');
  const ok = responses['200'] ?? responses['201'] ?? responses['default'];
  const answer = resolve(ok, definition);
  const content = at(at(answer, 'content'), 'application/json');
  const schema = resolve(answer['schema'] ?? content['schema'], definition);
  const data = property(schema, 'data', definition);
  if (data === null) return [];
  const items = property(data, 'items', definition);
  const one = items === null ? (itemOf(data, definition) ?? data) : (itemOf(items, definition) ?? items);
  const fields: string[] = [];
  collect(one, definition, { pointer: '', depth: 0, fields });
  return fields;
}

function collect(
  schema: JsonObject,
  definition: JsonObject,
  to: { readonly pointer: string; readonly depth: number; readonly fields: string[] },
): void {
  if (to.depth >= MAX_DEPTH) return;
  for (const [key, value] of Object.entries(propertiesOf(schema, definition))) {
    if (to.fields.length >= MAX_FIELDS) return;
    const pointer = `${to.pointer}/${escapeKey(key)}`;
    to.fields.push(pointer);
    collect(resolve(value, definition), definition, { pointer, depth: to.depth + 1, fields: to.fields });
  }
}

function propertiesOf(schema: JsonObject, definition: JsonObject): JsonObject {
  const parts = Array.isArray(schema['allOf']) ? (schema['allOf'] as readonly unknown[]) : [];
  const inherited = parts.map((part) => propertiesOf(resolve(part, definition), definition));
  return Object.assign({}, ...inherited, at(schema, 'properties')) as JsonObject;
}

function property(schema: JsonObject, name: string, definition: JsonObject): JsonObject | null {
  const found = propertiesOf(schema, definition)[name];
  return found === undefined ? null : resolve(found, definition);
}

function itemOf(schema: JsonObject, definition: JsonObject): JsonObject | null {
  return schema['items'] === undefined ? null : resolve(schema['items'], definition);
}

/** What a `$ref` within the same document stands for; chains end somewhere. */
function resolve(value: unknown, definition: JsonObject, depth = 0): JsonObject {
  if (!isObject(value)) return {};
  const ref = value['$ref'];
  if (typeof ref !== 'string') return value;
  if (!ref.startsWith('#/') || depth >= MAX_DEPTH) return {};
  const keys = ref.slice(2).split('/');
  const found = keys.reduce<unknown>(
    (from, key) => (isObject(from) ? from[key.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined),
    definition,
  );
  return resolve(found, definition, depth + 1);
}

function at(value: JsonObject, key: string): JsonObject {
  const found = value[key];
  return isObject(found) ? found : {};
}
