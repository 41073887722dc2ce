import { ContractError, UpstreamError } from '../../domain/errors';
import type { MailboxKey } from '../../domain/model';

type Found<P> =
  { readonly kind: 'expired' } | (P & { readonly kind: 'page'; readonly link: string; readonly isLast: boolean });

/** A million events; more pages than these are a loop. */
const MAX_PAGES = 5_000;

/**
 * Reads page after page, one request at a time, and hands each over before it asks for the next.
 *
 * @returns the link to what changes after the last page; null when the service forgot where the link stands.
 */
export async function walkPages<P>(walk: {
  readonly first: () => Promise<Found<P>>;
  readonly next: (link: string) => Promise<Found<P>>;
  readonly onPage: (page: P) => Promise<void>;
}): Promise<string | null> {
  let page = await walk.first();
  for (let count = 1; count <= MAX_PAGES; count++) {
    if (page.kind === 'expired') return null;
    await walk.onPage(page);
    if (page.isLast) return page.link;
    page = await walk.next(page.link);
  }
  throw new ContractError(`Graph's changes did not end after ${MAX_PAGES} pages`, { code: 'GRAPH_CONTRACT' });
}

/** A walk that has just begun cannot be followed to its end: another attempt may. */
export function linkForgotten(mailbox: MailboxKey): UpstreamError {
  return new UpstreamError('Graph forgot where the reading of answers stood before it came to an end', {
    code: 'GRAPH_UNAVAILABLE',
    context: { mailbox },
  });
}
