import { badQuery, GraphError } from '../graph/graph-error';
import { parseFilter, type FilterNode } from './filter-parser';

export interface Expansion {
  readonly property: string;
  readonly filter: FilterNode | undefined;
  readonly select: readonly string[] | undefined;
}

export interface QueryOptions {
  readonly filter: FilterNode | undefined;
  readonly select: readonly string[] | undefined;
  readonly expand: readonly Expansion[];
  readonly top: number | undefined;
  readonly skip: number;
  readonly orderBy: readonly { readonly path: string; readonly descending: boolean }[];
  readonly count: boolean;
}

const known = ['filter', 'select', 'expand', 'top', 'skip', 'orderby', 'count', 'search', 'deltatoken', 'skiptoken'];

/** The system query options of a request, with or without their `$`; other parameters are left alone. */
export function systemOptions(query: Readonly<Record<string, unknown>>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(query)) {
    const bare = name.replace(/^\$/, '').toLowerCase();
    if (!known.includes(bare)) {
      if (name.startsWith('$')) throw badQuery(`The query parameter '${name}' is not supported.`);
      continue;
    }
    if (Array.isArray(value))
      throw badQuery(`Query option '$${bare}' was specified more than once, but it must be specified at most once.`);
    found.set(bare, String(value));
  }
  return found;
}

/** @throws GraphError 400 for whatever does not parse or is not offered. */
export function readQueryOptions(query: Readonly<Record<string, unknown>>): QueryOptions {
  const options = systemOptions(query);
  if (options.has('search'))
    throw new GraphError(
      400,
      'ErrorInvalidUrlQuery',
      "The query parameter '$search' is not supported on this resource.",
    );
  const filter = options.get('filter');
  return {
    filter: filter === undefined ? undefined : parseFilter(filter),
    select: readSelect(options.get('select')),
    expand: readExpand(options.get('expand')),
    top: readTop(options.get('top')),
    skip: readNumber(options.get('skip'), '$skip') ?? 0,
    orderBy: readOrderBy(options.get('orderby')),
    count: options.get('count') === 'true',
  };
}

function readTop(text: string | undefined): number | undefined {
  const top = readNumber(text, '$top');
  if (top !== undefined && top > 1000)
    throw badQuery(
      `The limit of '1000' for Top query has been exceeded. The value from the incoming request is '${top}'.`,
    );
  if (top === 0) throw badQuery("Invalid value '0' for $top query option found.");
  return top;
}

function readNumber(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text))
    throw badQuery(
      `Invalid value '${text}' for ${name} query option found. The ${name} query option requires a non-negative integer value.`,
    );
  return Number(text);
}

function readSelect(text: string | undefined): string[] | undefined {
  return text === undefined || text.trim() === '' ? undefined : text.split(',').map((name) => name.trim());
}

function readOrderBy(text: string | undefined): { path: string; descending: boolean }[] {
  if (text === undefined) return [];
  return text.split(',').map((part) => {
    const match = /^\s*([\w/]+)(?:\s+(asc|desc))?\s*$/i.exec(part);
    if (match === null) throw badQuery(`Syntax error in $orderby: '${part}'.`);
    return { path: match[1] ?? '', descending: match[2]?.toLowerCase() === 'desc' };
  });
}

function readExpand(text: string | undefined): Expansion[] {
  if (text === undefined) return [];
  return splitTopLevel(text, ',').map((part) => {
    const match = /^\s*([\w./]+)\s*(?:\((.*)\))?\s*$/s.exec(part);
    if (match === null) throw badParse();
    const inner = new Map<string, string>();
    for (const option of match[2] === undefined ? [] : splitTopLevel(match[2], ';')) {
      const [name, ...value] = option.split('=');
      inner.set((name ?? '').trim().replace(/^\$/, '').toLowerCase(), value.join('='));
    }
    const filter = inner.get('filter');
    return {
      property: match[1] ?? '',
      filter: filter === undefined ? undefined : parseFilter(filter),
      select: readSelect(inner.get('select')),
    };
  });
}

/** Splits outside of quotes and parentheses. */
function splitTopLevel(text: string, separator: ',' | ';'): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (const [i, c] of [...text].entries()) {
    if (c === "'") quoted = !quoted;
    if (quoted) continue;
    if (c === '(') depth++;
    if (c === ')') depth--;
    if (c === separator && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  if (depth !== 0 || quoted) throw badParse();
  return [...parts, text.slice(start)];
}

function badParse(): GraphError {
  return new GraphError(400, 'BadRequest', 'Parsing Select and Expand failed.');
}
