import type { FastifyInstance } from 'fastify';
import { messageNews, nextPage, startRound, type DeltaEntry } from '../delta/delta-page';
import { readToken, writeToken, type DeltaPosition } from '../delta/delta-token';
import { checkMessageProjection, queryMessages, showMessage } from '../mail/message-query';
import { defaultPageSize, linkTo } from '../odata/page';
import { readQueryOptions, systemOptions, type QueryOptions } from '../odata/query-options';
import type { Simulator } from '../simulator';
import type { StoredMessage } from '../state/model';
import { answer, openMailbox, type GraphCall } from './graph-call';
import { GraphError } from './graph-error';
import { folderNamed } from './message-routes';

/** `mailFolders/{folder}/messages/delta`: one folder at a time. */
export function messageDeltaRoutes(simulator: Simulator) {
  const { state } = simulator;
  return (app: FastifyInstance, _options: object, done: () => void) => {
    app.get<{ Params: { folder: string }; Querystring: Record<string, unknown> }>(
      '/mailFolders/:folder/messages/delta',
      async (request, reply) => {
        const call = openMailbox(simulator, request, 'Mail.Read');
        const path = request.url.split('?')[0] ?? '';
        const position = read(call, folderNamed(call.mailbox, request.params.folder), request.query);
        const round = { ...position, until: position.until < 0 ? state.data.sequence : position.until };
        const options = readQueryOptions(round.query);
        const inFolder = state.messages.of(call.mailbox.id).filter((m) => m.container === round.container);
        const size = options.top ?? call.preferences.maxPageSize ?? defaultPageSize;
        const page = nextPage(state, round, messageNews(state, round, queryMessages(inFolder, options)), size);
        const name = page.isLast ? '$deltatoken' : '$skiptoken';
        return answer(reply, call, 200, {
          '@odata.context': `${call.origin}/v1.0/$metadata#Collection(message)`,
          value: page.entries.map((entry) => show(call, entry, options)),
          [page.isLast ? '@odata.deltaLink' : '@odata.nextLink']: linkTo(`${call.origin}${path}`, [
            [name, writeToken(page.next)],
          ]),
        });
      },
    );
    done();
  };

  function read(call: GraphCall, container: string, query: Record<string, unknown>): DeltaPosition {
    const options = systemOptions(query);
    const token = options.get('skiptoken') ?? options.get('deltatoken');
    if (token !== undefined) return readToken(state, token, { mailbox: call.mailbox, kind: 'messages' });
    const frozen = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));
    checkFirst(readQueryOptions(frozen), frozen);
    return startRound(state, {
      kind: 'messages',
      mailboxId: call.mailbox.id,
      container,
      window: null,
      since: 0,
      query: frozen,
      epoch: call.mailbox.deltaEpoch,
    });
  }

  function show(call: GraphCall, entry: DeltaEntry<StoredMessage>, options: QueryOptions): object {
    if (entry.kind === 'item') return showMessage(state, entry.item, call.preferences, options);
    const id = call.preferences.immutableIds ? entry.id : entry.restId;
    return { '@odata.type': '#microsoft.graph.message', id, '@removed': { reason: 'deleted' } };
  }
}

/** @throws GraphError 400: the only filter is on receivedDateTime, the only order its descending one. */
function checkFirst(options: QueryOptions, query: Readonly<Record<string, string>>): void {
  checkMessageProjection(options);
  const { filter } = options;
  const allowed =
    filter === undefined ||
    (filter.kind === 'compare' && filter.path === 'receivedDateTime' && /^g[et]$/.test(filter.op));
  if (!allowed) throw unsupported('$filter');
  if (options.orderBy.some((o) => o.path !== 'receivedDateTime' || !o.descending)) throw unsupported('$orderby');
  if (query.changeType !== undefined && !['created', 'updated', 'deleted'].includes(query.changeType))
    throw new GraphError(
      400,
      'ErrorInvalidParameter',
      `The value '${query.changeType}' of parameter 'changeType' is invalid.`,
    );
}

function unsupported(name: string): GraphError {
  const message = `The following parameters are not supported with change tracking over the 'Messages' resource: '${name}'.`;
  return new GraphError(400, 'ErrorInvalidUrlQuery', message);
}
