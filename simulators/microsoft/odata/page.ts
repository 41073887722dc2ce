import type { QueryOptions } from './query-options';

export const defaultPageSize = 10;

export interface PageRequest {
  readonly options: Pick<QueryOptions, 'top' | 'skip'>;
  readonly maxPageSize: number | undefined;
  /** Address of this request without query, e.g. `http://127.0.0.1:1234/v1.0/users/x/events`. */
  readonly url: string;
  readonly query: Readonly<Record<string, unknown>>;
}

/** One page of a list, and the link to the next one when there is more. */
export function pageOf<T>(items: readonly T[], request: PageRequest): { value: T[]; nextLink: string | undefined } {
  const size = request.options.top ?? request.maxPageSize ?? defaultPageSize;
  const { skip } = request.options;
  const value = items.slice(skip, skip + size);
  const more = skip + size < items.length;
  const query = Object.entries(request.query).filter(([name]) => name.replace('$', '').toLowerCase() !== 'skip');
  return {
    value,
    nextLink: more ? linkTo(request.url, [...query, ['$skip', String(skip + size)]]) : undefined,
  };
}

export function linkTo(url: string, query: readonly (readonly [name: string, value: unknown])[]): string {
  const text = query.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&');
  return `${url}?${text}`;
}
