import { AccessError, ContractError, NotFoundError, UpstreamError, type AppError } from '../../domain/errors';
import { toHttpError, type FailedAnswer } from '../http/to-http-error';

export type FailedGraphAnswer = Omit<FailedAnswer, 'system'>;

/** Codes with which Graph says that an item, not the mailbox, is missing. */
const ITEM_NOT_FOUND = new Set(['erroritemnotfound', 'itemnotfound']);

/**
 * What a failed answer of Graph means, where its code says more than its status.
 * @see https://learn.microsoft.com/graph/errors
 */
export function toGraphError(answer: FailedGraphAnswer): AppError {
  const { method, path, status, requestId = null } = answer;
  const told = { system: 'GRAPH' as const, ...answer };
  const code = answer.upstreamCode?.toLowerCase() ?? null;
  const context = { method, path, status, upstreamCode: answer.upstreamCode ?? null, requestId };

  if (code === 'concurrentitemsave') {
    // The item is saved in many of these cases: the outcome is unknown, not refused.
    return new UpstreamError(`GRAPH: ${status} ${answer.upstreamCode} at ${method} ${path}: it may have been saved`, {
      code: 'GRAPH_UNAVAILABLE',
      context,
    });
  }
  if (code === 'errorcalendarcannotupdatedeleteditem') {
    return new NotFoundError(`GRAPH: the event is in Deleted Items: ${method} ${path}`, {
      code: 'GRAPH_NOT_FOUND',
      context,
    });
  }
  if (status === 401) {
    return new AccessError(
      `Graph refuses the app's token, a fresh one too, at ${method} ${path}. Check that the app registration is of the mailbox's tenant ` +
        'and that Graph base URL and token scope belong to the same cloud.',
      { code: 'GRAPH_ACCESS', context },
    );
  }
  if (status === 403) {
    return new AccessError(
      `Graph refuses access (403 ${answer.upstreamCode ?? ''}) to ${method} ${path}. Grant the app ${rightFor(answer)} for this mailbox ` +
        '(RBAC for Applications in Exchange Online); a new grant takes up to 2 hours to work.',
      { code: 'GRAPH_ACCESS', context },
    );
  }
  if (status === 404 && code === null) {
    return new ContractError(
      `A 404 to ${method} ${path} did not come from Graph's calendar: check the Graph base URL`,
      {
        code: 'GRAPH_CONTRACT',
        context,
      },
    );
  }
  if (status === 404 && !ITEM_NOT_FOUND.has(code ?? '')) {
    // Absence of the mailbox is no evidence that an event is gone.
    return new AccessError(
      `Graph does not serve the mailbox (404 ${answer.upstreamCode}) of ${method} ${path}: check its address, its Exchange Online ` +
        'licence, and that it is not on premises.',
      { code: 'GRAPH_ACCESS', context },
    );
  }
  if (status === 507) {
    return new AccessError(`The mailbox is full (507) at ${method} ${path}: make room in it`, {
      code: 'GRAPH_ACCESS',
      context,
    });
  }
  return toHttpError(told);
}

function rightFor({ method, path }: Pick<FailedGraphAnswer, 'method' | 'path'>): string {
  if (!/\/(mailFolders|messages)\b/.test(path)) return 'Calendars.ReadWrite';
  return method === 'GET' ? 'Mail.Read (Mail.ReadWrite if responses are moved or deleted)' : 'Mail.ReadWrite';
}
