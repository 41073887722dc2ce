import { GraphError } from '../graph/graph-error';
import type { ExtendedProperty } from '../state/model';

const formats = [
  /^(\w+) (\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}) (Name) (.+)$/i,
  /^(\w+) (\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}) (Id) (0x[0-9a-f]+)$/i,
  /^(\w+) (0x[0-9a-f]+)$/i,
];
const types = ['string', 'integer', 'short', 'long', 'double', 'boolean', 'systemtime', 'clsid', 'binary'];

/**
 * One spelling per property: type and GUID without case, the name with it.
 * @throws GraphError 400 when the id has none of the three documented forms.
 */
export function canonicalPropertyId(id: string): string {
  const match = formats.map((f) => f.exec(id)).find((m) => m !== null);
  const type = match?.[1]?.toLowerCase() ?? '';
  if (match === undefined || !types.includes(type)) throw badPropertyId();
  if (match.length === 3) return `${type} ${(match[2] ?? '').toLowerCase()}`;
  const byName = match[3]?.toLowerCase() === 'name';
  const last = match[4] ?? '';
  return `${type} ${(match[2] ?? '').toLowerCase()} ${byName ? 'Name' : 'Id'} ${byName ? last : last.toLowerCase()}`;
}

/** The list after a write: given properties replace their namesakes, the others stay. */
export function mergeExtendedProperties(
  present: readonly ExtendedProperty[],
  given: readonly { id?: string; value?: string | null }[],
): ExtendedProperty[] {
  const merged = new Map(present.map((p) => [canonicalPropertyId(p.id), p]));
  for (const { id, value } of given) {
    const key = canonicalPropertyId(id ?? '');
    if (typeof value === 'string') merged.set(key, { id: id ?? '', value });
    else merged.delete(key);
  }
  return [...merged.values()];
}

/** The name part of a named property, e.g. `ConvokeSession`; null for the numbered kinds. */
export function propertyName(id: string): string | null {
  return /^\w+ \{[^}]+\} Name (.+)$/i.exec(id)?.[1] ?? null;
}

function badPropertyId(): GraphError {
  const message =
    "PropertyId values may only be in one of the following formats: 'MapiPropertyType namespaceGuid Name propertyName', " +
    "'MapiPropertyType namespaceGuid Id propertyId' or 'MapiPropertyType propertyTag'.";
  return new GraphError(400, 'ErrorInvalidProperty', message);
}
