import { badQuery, GraphError } from '../graph/graph-error';
import type { CompareOp, FilterNode, Literal } from './filter-parser';

/** How a property takes part in filters. */
export type FilterField<T> =
  /** Compared without case, as Exchange compares; with `canonical`, both sides go through it and are compared as they are. */
  | { readonly kind: 'text'; readonly of: (item: T) => string | null; readonly canonical?: (value: string) => string }
  | { readonly kind: 'boolean'; readonly of: (item: T) => boolean }
  /** ISO instant; the literal is quoted (`text`) or bare (`offset`). */
  | { readonly kind: 'instant'; readonly literal: 'text' | 'offset'; readonly of: (item: T) => string }
  | { readonly kind: 'list'; readonly element: FilterFields<never>; readonly of: (item: T) => readonly unknown[] };

export interface FilterFields<T> {
  readonly typeName: string;
  readonly fields: Readonly<Record<string, FilterField<T>>>;
  /** Properties that exist and still cannot be filtered on. */
  readonly unfilterable?: readonly string[];
}

/**
 * Turns a parsed filter into a test. Every path is checked now, so that a bad filter fails on an empty calendar too.
 * @throws GraphError 400: unknown property, property without filter support, incompatible types.
 */
export function compileFilter<T>(node: FilterNode, type: FilterFields<T>): (item: T) => boolean {
  switch (node.kind) {
    case 'or':
    case 'and': {
      const [left, right] = [compileFilter(node.left, type), compileFilter(node.right, type)];
      return node.kind === 'or' ? (item) => left(item) || right(item) : (item) => left(item) && right(item);
    }
    case 'not': {
      const inner = compileFilter(node.of, type);
      return (item) => !inner(item);
    }
    case 'call': {
      const field = fieldAt(node.path, type);
      if (field.kind !== 'text') throw incompatible();
      const wanted = node.value.toLowerCase();
      const test = { contains: 'includes', startswith: 'startsWith', endswith: 'endsWith' } as const;
      return (item) => (field.of(item) ?? '').toLowerCase()[test[node.name]](wanted);
    }
    case 'any':
      return compileAny(node, type);
    case 'compare':
      return compileComparison(node, type);
  }
}

function compileAny<T>(node: Extract<FilterNode, { kind: 'any' }>, type: FilterFields<T>): (item: T) => boolean {
  const field = fieldAt(node.path, type);
  if (field.kind !== 'list') throw incompatible();
  const inner = compileFilter(withoutVariable(node.of, node.variable), field.element);
  return (item) => field.of(item).some((element) => inner(element as never));
}

/** `ep/id` inside `any(ep:...)` is `id` of the element; the bare variable is the element itself, path ''. */
function withoutVariable(node: FilterNode, variable: string): FilterNode {
  switch (node.kind) {
    case 'or':
    case 'and':
      return { ...node, left: withoutVariable(node.left, variable), right: withoutVariable(node.right, variable) };
    case 'not':
      return { ...node, of: withoutVariable(node.of, variable) };
    case 'any':
      return node;
    case 'compare':
    case 'call':
      if (node.path === variable) return { ...node, path: '' };
      if (!node.path.startsWith(`${variable}/`)) throw badQuery(`Could not find a property named '${node.path}'.`);
      return { ...node, path: node.path.slice(variable.length + 1) };
  }
}

function compileComparison<T>(
  node: Extract<FilterNode, { kind: 'compare' }>,
  type: FilterFields<T>,
): (item: T) => boolean {
  const field = fieldAt(node.path, type);
  if (field.kind === 'list') throw incompatible();
  if (field.kind === 'boolean') {
    if (typeof node.value !== 'boolean') throw incompatible();
    return (item) => holds(node.op, Number(field.of(item)) - Number(node.value));
  }
  if (field.kind === 'instant') {
    const wanted = instantOf(node.value, field.literal);
    return (item) => holds(node.op, Date.parse(field.of(item)) - wanted);
  }
  if (node.value === null) return (item) => (field.of(item) === null) === (node.op === 'eq');
  if (typeof node.value !== 'string') throw incompatible();
  const form = field.canonical ?? ((value: string) => value.toLowerCase());
  const wanted = form(node.value);
  return (item) => holds(node.op, order(form(field.of(item) ?? ''), wanted));
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function holds(op: CompareOp, difference: number): boolean {
  switch (op) {
    case 'eq':
      return difference === 0;
    case 'ne':
      return difference !== 0;
    case 'gt':
      return difference > 0;
    case 'ge':
      return difference >= 0;
    case 'lt':
      return difference < 0;
    case 'le':
      return difference <= 0;
  }
}

function instantOf(value: Literal, literal: 'text' | 'offset'): number {
  const text =
    literal === 'text' && typeof value === 'string'
      ? value
      : literal === 'offset' && typeof value === 'object' && value !== null
        ? value.instant
        : undefined;
  if (text === undefined) throw incompatible();
  const time = Date.parse(/(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);
  if (isNaN(time)) throw badQuery(`The value '${text}' is not a date and time.`);
  return time;
}

function fieldAt<T>(path: string, type: FilterFields<T>): FilterField<T> {
  if (Object.hasOwn(type.fields, path)) return type.fields[path] as FilterField<T>;
  const first = path.split('/')[0] ?? path;
  if (type.unfilterable?.includes(first) || Object.keys(type.fields).some((known) => known.split('/')[0] === first))
    throw new GraphError(400, 'ErrorInvalidProperty', `The property '${first}' does not support filtering.`);
  throw badQuery(`Could not find a property named '${first}' on type '${type.typeName}'.`);
}

function incompatible(): GraphError {
  return badQuery('A binary operator with incompatible types was detected in the filter.');
}
