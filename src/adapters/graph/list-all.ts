import { ContractError } from '../../domain/errors';
import { pathForPeople, type GraphMailbox, type GraphRequest } from './client';
import { readPage } from './schema';

/** A session has some dozen events; a calendar's two days some hundred. More pages than these are a loop. */
const MAX_PAGES = 200;

/**
 * All items of a list, page by page, one request at a time.
 *
 * @throws ContractError `GRAPH_CONTRACT` a page that is none, or a link away from Graph: a list is whole or it is an error.
 */
export async function listAll(graph: GraphMailbox, request: GraphRequest): Promise<unknown[]> {
  const path = pathForPeople(graph.mailbox, request);
  const items: unknown[] = [];
  let next: GraphRequest = request;
  for (let page = 1; page <= MAX_PAGES; page++) {
    const answer = readPage((await graph.send(next)).json, path);
    items.push(...answer.value);
    const link = answer['@odata.nextLink'];
    if (link === undefined) return items;
    next = { ...request, link };
  }
  throw new ContractError(`Graph's list at ${path} did not end after ${MAX_PAGES} pages`, {
    code: 'GRAPH_CONTRACT',
    context: { path },
  });
}
