import type { Json } from '../wire/json';
import { numbersToStrings } from '../wire/json';
import type { Reading } from '../wire/reading';
import type { Tenant } from '../tenant';
import { ApiError } from './api-error';
import type { ListName, ListPage } from './oddities';

/** The cap that public clients ran into. */
const MAX_PAGE_SIZE = 200;

/** One documented call: the router, the call statistics and each service's Swagger are made from these. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `:name` for what varies. */
  readonly path: string;
  /** The name under which its calls are counted. */
  readonly kind: string;
  readonly summary: string;
  readonly handle: (call: Call) => unknown;
}

/** An endpoint that reads. */
export function get(path: string, kind: string, summary: string, handle: Endpoint['handle']): Endpoint {
  return { method: 'GET', path, kind, summary, handle };
}

/** One request as an endpoint sees it. */
export class Call {
  constructor(
    readonly tenant: Tenant,
    readonly reading: Reading,
    private readonly request: { readonly params: unknown; readonly query: unknown; readonly body: unknown },
  ) {}

  get body(): unknown {
    return this.request.body;
  }

  /** A numeric id of the path; anything else finds nothing. */
  id(name: string): number {
    const text = (this.request.params as Record<string, string | undefined>)[name] ?? '';
    return /^\d+$/.test(text) ? Number(text) : 0;
  }

  /** Whether the endpoint's path names it at all. */
  has(name: string): boolean {
    return name in (this.request.params as Record<string, string>);
  }

  text(name: string): string {
    const value = (this.request.query as Record<string, unknown>)[name];
    return typeof value === 'string' ? value : '';
  }

  /** Values of an array filter, `name[]=1&name[]=2`. */
  texts(name: string): string[] {
    const value = (this.request.query as Record<string, unknown>)[`${name}[]`] ?? [];
    return [value].flat().map(String);
  }

  /** A list in Docebo's envelope, one page of it, distorted as the oddities say. `key` is `items` unless Docebo has another. */
  page(list: ListName, all: readonly Json[], { ofId, idPointer = '/id', key = 'items' }: PageOptions = {}): Json {
    const size = Math.min(this.number('page_size', this.reading.settings.wire.defaultPageSize), MAX_PAGE_SIZE);
    const page = this.number('page', 1);
    const items = structuredClone(all.slice((page - 1) * size, page * size));
    const honest: ListPage = { items, totalCount: all.length, hasMore: page * size < all.length };
    const at = ofId === undefined ? { list, page, idPointer } : { list, ofId, page, idPointer };
    const shown = this.tenant.oddities.distort(honest, at);
    const data = {
      count: shown.items.length,
      has_more_data: shown.hasMore,
      current_page: page,
      current_page_size: size,
      total_page_count: Math.ceil(shown.totalCount / size),
      total_count: shown.totalCount,
      sort: [],
      [key]: this.written(shown.items),
    };
    return { data, version: '1.0.0', _links: [] };
  }

  one(data: unknown): Json {
    return { data: this.written(data), version: '1.0.0', _links: [] };
  }

  private number(name: string, byDefault: number): number {
    const text = this.text(name);
    if (text === '') return byDefault;
    if (!/^[1-9]\d*$/.test(text)) throw new ApiError(400, `${name} must be a positive integer`);
    return Number(text);
  }

  private written(value: unknown): unknown {
    return this.reading.settings.wire.numbersAsStrings === 'all' ? numbersToStrings(value) : value;
  }
}

interface PageOptions {
  readonly ofId?: number;
  /** Where an item's id stands. */
  readonly idPointer?: string;
  readonly key?: string;
}

/** An RFC 6570 template of the profile as a router path. Only `{name}` in the path and `{?names}` at its end are understood. */
export function toRoutePath(template: string): string {
  const path = template.replace(/\{\?[\w,]+\}$/, '').replaceAll(/\{(\w+)\}/g, ':$1');
  if (/[{}]/.test(path))
    throw new Error(`the simulator does not understand the endpoint template "${template}": use {name} and {?names}`);
  return path;
}

export function found<T>(entity: T | undefined, what: string): T {
  if (entity === undefined) throw new ApiError(404, `${what} not found`);
  return entity;
}
