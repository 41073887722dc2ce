import { GraphError } from '../graph/graph-error';

/** As much of OData's type system as request bodies need. */
export type EdmType =
  | { readonly kind: 'primitive'; readonly name: 'Edm.String' | 'Edm.Boolean' | 'Edm.Int32' | 'Edm.Double' }
  | { readonly kind: 'primitive'; readonly name: 'Edm.DateTimeOffset' }
  | { readonly kind: 'enum'; readonly name: string; readonly members: readonly string[] }
  | { readonly kind: 'complex'; readonly name: string; readonly properties: Readonly<Record<string, EdmType>> }
  | { readonly kind: 'collection'; readonly of: EdmType }
  /** Not looked into. */
  | { readonly kind: 'open' };

export type ComplexType = Extract<EdmType, { kind: 'complex' }>;

export const edmString: EdmType = { kind: 'primitive', name: 'Edm.String' };
export const edmBoolean: EdmType = { kind: 'primitive', name: 'Edm.Boolean' };
export const edmInt32: EdmType = { kind: 'primitive', name: 'Edm.Int32' };
export const edmDouble: EdmType = { kind: 'primitive', name: 'Edm.Double' };
export const edmDateTimeOffset: EdmType = { kind: 'primitive', name: 'Edm.DateTimeOffset' };
export const open: EdmType = { kind: 'open' };

export function collection(of: EdmType): EdmType {
  return { kind: 'collection', of };
}

/** `members` must be exactly the published ones: the record makes the compiler check both directions. */
export function edmEnum<T extends string>(name: string, members: Record<T, true>): EdmType {
  return { kind: 'enum', name: `microsoft.graph.${name}`, members: Object.keys(members) };
}

/** `properties` must be exactly the published ones of `T`. */
export function complex<T>(name: string, properties: Readonly<Record<keyof Required<T>, EdmType>>): ComplexType {
  return { kind: 'complex', name: `microsoft.graph.${name}`, properties };
}

/**
 * Checks a request body against its type, as the OData reader does before anything is done.
 * @throws GraphError 400 RequestBodyRead: unknown property, unknown enum member, wrong type.
 */
export function checkBody(type: ComplexType, body: unknown): Record<string, unknown> {
  if (body === undefined || body === null)
    throw new GraphError(400, 'BadRequest', 'Empty Payload. JSON content expected.');
  check(type, body);
  return body as Record<string, unknown>;
}

function check(type: EdmType, value: unknown): void {
  if (value === null || type.kind === 'open') return;
  switch (type.kind) {
    case 'primitive':
      if (!isPrimitive(type.name, value)) throw cannotConvert(value, type.name);
      return;
    case 'enum': {
      const member = typeof value === 'string' ? value.toLowerCase() : undefined;
      if (!type.members.some((m) => m.toLowerCase() === member)) throw cannotConvert(value, type.name);
      return;
    }
    case 'collection':
      if (!Array.isArray(value)) throw unexpectedNode('StartArray');
      for (const item of value) check(type.of, item);
      return;
    case 'complex':
      if (typeof value !== 'object' || Array.isArray(value)) throw unexpectedNode('StartObject');
      for (const [name, inner] of Object.entries(value)) {
        if (name.includes('@')) continue;
        const property = Object.hasOwn(type.properties, name) ? type.properties[name] : undefined;
        if (property === undefined) throw unknownProperty(name, type.name);
        check(property, inner);
      }
  }
}

function isPrimitive(name: string, value: unknown): boolean {
  if (name === 'Edm.String') return typeof value === 'string';
  if (name === 'Edm.Boolean') return typeof value === 'boolean';
  if (name === 'Edm.DateTimeOffset')
    return (
      typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(value) && !isNaN(Date.parse(value))
    );
  if (typeof value !== 'number') return false;
  return name === 'Edm.Double' || Number.isInteger(value);
}

function cannotConvert(value: unknown, type: string): GraphError {
  const literal = typeof value === 'string' ? value : JSON.stringify(value);
  return new GraphError(
    400,
    'RequestBodyRead',
    `Cannot convert the literal '${literal}' to the expected type '${type}'.`,
  );
}

function unexpectedNode(expected: string): GraphError {
  return new GraphError(
    400,
    'RequestBodyRead',
    `An unexpected node was found when reading from the JSON reader. A '${expected}' node was expected.`,
  );
}

function unknownProperty(name: string, type: string): GraphError {
  const message = `The property '${name}' does not exist on type '${type}'. Make sure to only use property names that are defined by the type or mark the type as open type.`;
  return new GraphError(400, 'RequestBodyRead', message);
}
