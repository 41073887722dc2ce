import { createHash } from 'node:crypto';
import { AppError, ContractError } from '../../../domain/errors';
import { isObject, toCount, toFlag } from './wire';

/** Docebo caps pages at 200 and its default size is not known: it is always asked for. */
export const PAGE_SIZE = 200;
const MAX_PAGES = 100;

/** Why a list may lack items. */
export type ListFault =
  | 'empty-page'
  | 'page-repeats'
  | 'items-repeat'
  | 'total-disagrees'
  | 'total-changed'
  | 'too-many-pages'
  | 'no-list'
  | 'interrupted';

export interface DoceboList {
  readonly items: readonly unknown[];
  /** Empty: the list is complete. */
  readonly faults: readonly ListFault[];
  /** What cut the list short; only where that was asked for. */
  readonly interruptedBy?: AppError;
}

export interface ListOptions {
  readonly keepWhatWasRead?: boolean;
}

interface Page {
  readonly items: readonly unknown[];
  readonly hasMore: boolean | null;
  readonly totalCount: number | null;
  readonly totalPages: number | null;
}

/**
 * All pages of a list. Paging that lies or never ends makes the list incomplete: what was read is kept, and nobody takes it for all.
 *
 * @param options.keepWhatWasRead an error after the first page makes the list incomplete instead of being thrown.
 * @throws ContractError the first answer holds no list at all. What `readPage` throws passes through.
 */
export async function readAllPages(
  readPage: (page: number) => Promise<unknown>,
  path: string,
  options: ListOptions = {},
): Promise<DoceboList> {
  const seen = new Set<string>();
  const items: unknown[] = [];
  const faults = new Set<ListFault>();
  let total: number | null = null;

  for (let number = 1; ; number++) {
    let json: unknown;
    try {
      json = await readPage(number);
    } catch (error) {
      if (number === 1 || options.keepWhatWasRead !== true || !(error instanceof AppError)) throw error;
      return { items, faults: [...faults, 'interrupted'], interruptedBy: error };
    }
    const page = toPage(json);
    if (page === null) {
      if (number === 1) throw noList(path);
      faults.add('no-list');
      break;
    }
    const fresh = page.items.filter((item) => remember(seen, item, number));
    items.push(...fresh);
    if (number > 1 && page.totalCount !== total) faults.add('total-changed');
    total = page.totalCount;

    if (page.items.length > 0 && fresh.length === 0) {
      faults.add('page-repeats');
      break;
    }
    // The list moved while it was read: what slid over the page boundary in the other direction was never seen.
    if (fresh.length < page.items.length) faults.add('items-repeat');
    if (!announcesMore(page, number, items.length)) break;
    if (page.items.length === 0) {
      faults.add('empty-page');
      break;
    }
    if (number === MAX_PAGES) {
      faults.add('too-many-pages');
      break;
    }
  }
  if (total !== null && total !== items.length) faults.add('total-disagrees');
  return { items, faults: [...faults] };
}

/** `data.items`; some lists are `data.sessions` or a bare `data: []` without any paging. */
function toPage(json: unknown): Page | null {
  const data = isObject(json) ? json['data'] : undefined;
  if (Array.isArray(data)) return { items: data, hasMore: null, totalCount: null, totalPages: null };
  if (!isObject(data)) return null;
  const items = [data['items'], data['sessions']].find((list) => Array.isArray(list)) as unknown[] | undefined;
  if (items === undefined) return null;
  return {
    items,
    hasMore: toFlag(data['has_more_data']),
    totalCount: toCount(data['total_count']),
    totalPages: toCount(data['total_page_count']),
  };
}

function announcesMore(page: Page, number: number, read: number): boolean {
  if (page.hasMore !== null) return page.hasMore;
  if (page.totalPages !== null) return number < page.totalPages;
  if (page.totalCount !== null) return read < page.totalCount;
  return page.items.length >= PAGE_SIZE;
}

/** False: an earlier page held the very same item. Two equal items on one page are both kept. */
function remember(seen: Set<string>, item: unknown, page: number): boolean {
  const hash = createHash('sha256').update(JSON.stringify(item)).digest('base64');
  const key = `${page} ${hash}`;
  if (seen.has(hash) && !seen.has(key)) return false;
  seen.add(hash).add(key);
  return true;
}

function noList(path: string): ContractError {
  return new ContractError(`DOCEBO answered GET ${path} without a list (data.items)`, {
    code: 'DOCEBO_CONTRACT',
    context: { path },
  });
}
