import type { RouteReads } from '../../../domain/planning/route-mailbox';
import type { RouteFacts } from '../../../domain/model';
import { isObject, toText } from '../api/wire';

/**
 * What routes ask for, as Docebo tells it. A field that the list lacks, or that is empty, has no values; null is what could not be read: no
 * list, or a value that is no text.
 */
export function toRouteFacts(
  reads: RouteReads,
  from: { readonly category: unknown; readonly course: unknown; readonly session: unknown },
): RouteFacts {
  return {
    category: reads.category ? toCategory(from.category) : null,
    fields: Object.fromEntries(reads.fields.map(({ of, field }) => [`${of}:${field}`, toValues(from[of], field)])),
  };
}

/** Id and name: routes may give either. */
function toCategory(category: unknown): readonly string[] | null {
  if (!isObject(category)) return null;
  const texts = [toText(category['id']), toText(category['name'])].filter((text) => text !== '');
  return texts.length === 0 ? null : texts;
}

function toValues(fields: unknown, wanted: string): readonly string[] | null {
  if (!Array.isArray(fields)) return null;
  const list = fields.filter(isObject);
  const found =
    list.find((field) => toText(field['id']) === wanted) ?? list.find((field) => toText(field['name']) === wanted);
  const value = found?.['value'] ?? [];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.some((v) => typeof v === 'object')) return null;
  return values.map(toText).filter((text) => text !== '');
}
