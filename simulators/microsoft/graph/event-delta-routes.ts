import type { FastifyInstance } from 'fastify';
import { toEvent } from '../calendar/to-event';
import { eventNews, nextPage, startRound, type DeltaEntry } from '../delta/delta-page';
import { readToken, writeToken, type DeltaPosition } from '../delta/delta-token';
import { defaultPageSize, linkTo } from '../odata/page';
import { systemOptions } from '../odata/query-options';
import type { Simulator } from '../simulator';
import type { StoredEvent } from '../state/model';
import { calendarOf, readWindow } from './event-routes';
import { answer, openMailbox, type GraphCall } from './graph-call';
import { GraphError, notSimulated } from './graph-error';

/** `calendarView/delta`, of the primary calendar and of each calendar. */
export function eventDeltaRoutes(simulator: Simulator) {
  const { state } = simulator;
  return (app: FastifyInstance, _options: object, done: () => void) => {
    for (const calendar of ['', '/calendar', '/calendars/:calendar']) {
      app.get<{ Params: { calendar?: string }; Querystring: Record<string, unknown> }>(
        `${calendar}/calendarView/delta`,
        async (request, reply) => {
          const call = openMailbox(simulator, request, 'Calendars.Read');
          const path = request.url.split('?')[0] ?? '';
          const position = read(call, calendarOf(call.mailbox, request.params.calendar), request.query);
          const round = { ...position, until: position.until < 0 ? state.data.sequence : position.until };
          const size = call.preferences.maxPageSize ?? defaultPageSize;
          const page = nextPage(state, round, eventNews(state, round), size);
          const name = page.isLast ? '$deltatoken' : '$skiptoken';
          const link = linkTo(`${call.origin}${path}`, [[name, writeToken(page.next)]]);
          return answer(reply, call, 200, {
            '@odata.context': `${call.origin}/v1.0/$metadata#Collection(event)`,
            value: page.entries.map((entry) => show(call, entry)),
            [page.isLast ? '@odata.deltaLink' : '@odata.nextLink']: link,
          });
        },
      );
    }

    /** In metadata, and refused by the v1.0 service without a start. */
    app.get<{ Querystring: Record<string, unknown> }>('/events/delta', async (request) => {
      openMailbox(simulator, request, 'Calendars.Read');
      readWindow(request.query);
      throw notSimulated('events/delta; use calendarView/delta');
    });
    done();
  };

  function read(call: GraphCall, container: string, query: Record<string, unknown>): DeltaPosition {
    const options = systemOptions(query);
    refuseOptions(options);
    const token = options.get('skiptoken') ?? options.get('deltatoken');
    if (token !== undefined) return readToken(state, token, { mailbox: call.mailbox, kind: 'events' });
    return startRound(state, {
      kind: 'events',
      mailboxId: call.mailbox.id,
      container,
      window: readWindow(query),
      since: 0,
      query: {},
      epoch: call.mailbox.deltaEpoch,
    });
  }

  function show(call: GraphCall, entry: DeltaEntry<StoredEvent>): object {
    const type = '#microsoft.graph.event';
    if (entry.kind === 'removed') {
      const id = call.preferences.immutableIds ? entry.id : entry.restId;
      return { '@odata.type': type, id, '@removed': { reason: 'deleted' } };
    }
    const { transactionId, ...event } = toEvent(entry.item, call.preferences);
    const shown = state.data.knobs.deltaOmitsTransactionId || transactionId === undefined ? {} : { transactionId };
    return { '@odata.type': type, ...event, ...shown };
  }
}

function refuseOptions(options: ReadonlyMap<string, string>): void {
  if (options.has('top')) {
    const message =
      "The '$top' parameter is not supported with change tracking over the 'CalendarView' resource as page size cannot be guaranteed. Express page size preferences using the Prefer: odata.maxpagesize= header instead.";
    throw new GraphError(400, 'ErrorInvalidUrlQuery', message);
  }
  if (['orderby', 'filter', 'select', 'expand', 'search'].some((name) => options.has(name))) {
    const message =
      "The following parameters are not supported with change tracking over the 'CalendarView' resource: '$orderby, $filter, $select, $expand, $search'.";
    throw new GraphError(400, 'ErrorInvalidUrlQuery', message);
  }
}
