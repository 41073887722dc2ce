import { ContractError } from '../../domain/errors';
import type { TransactionLister } from '../../domain/sweep/sweep-ports';
import { pathForPeople, type GraphMailbox, type GraphRequest } from './client';
import { listAll } from './list-all';

/** Ids alone are small; Graph gives at most 1,000 items a page. */
const PAGE_SIZE = 500;
const FIELDS = 'id,transactionId,isCancelled,isOrganizer';

/** Graph refuses a view that is too long, and does not document how long that is; a year works. */
const VIEW_MS = 365 * 86_400_000;

const KIND = 'transactions';

/** Pages through the primary calendar, year by year. Graph has no filter on transaction ids. */
export function createGraphTransactionLister(graph: GraphMailbox): TransactionLister {
  return {
    mailbox: graph.mailbox,
    async listTransactions({ from, to }) {
      const callsBefore = graph.calls()[KIND] ?? 0;
      const found = new Map<string, string>();
      for (let start = Date.parse(from); start < Date.parse(to); start += VIEW_MS) {
        const end = Math.min(start + VIEW_MS, Date.parse(to));
        for (const { id, transactionId } of await listView(graph, start, end)) found.set(id, transactionId);
      }
      return {
        events: [...found].map(([graphEventId, transactionId]) => ({ graphEventId, transactionId })),
        calls: (graph.calls()[KIND] ?? 0) - callsBefore,
      };
    },
  };
}

async function listView(graph: GraphMailbox, start: number, end: number) {
  const [from, to] = [start, end].map((ms) => encodeURIComponent(new Date(ms).toISOString()));
  const query = `startDateTime=${from}&endDateTime=${to}&$select=${FIELDS}&$top=${PAGE_SIZE}`;
  const request: GraphRequest = { kind: KIND, method: 'GET', path: '/calendarView', query };
  const items = await listAll(graph, request);
  return items.flatMap((item) => toTransaction(item, pathForPeople(graph.mailbox, request)));
}

/** Those of our own making that stand in the calendar and carry a transaction id. */
function toTransaction(item: unknown, path: string): { readonly id: string; readonly transactionId: string }[] {
  const event = (typeof item === 'object' && item !== null ? item : {}) as Readonly<Record<string, unknown>>;
  const { id, transactionId, isCancelled, isOrganizer } = event;
  if (typeof id !== 'string') {
    throw new ContractError(`Graph's list at ${path} holds an event without an id`, {
      code: 'GRAPH_CONTRACT',
      context: { path },
    });
  }
  const counts = isCancelled !== true && isOrganizer !== false && typeof transactionId === 'string';
  return counts ? [{ id, transactionId }] : [];
}
