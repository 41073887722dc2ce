import type { Event } from '@microsoft/microsoft-graph-types';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createEvent } from '../calendar/create-event';
import { readQueryInstant } from '../calendar/date-times';
import { cancelEvent, deleteEvent } from '../calendar/end-event';
import { checkEventProjection, queryEvents, showEvent } from '../calendar/event-query';
import { revealJoinLink } from '../calendar/online-meeting';
import { etagOf, shownId, toEvent } from '../calendar/to-event';
import { updateEvent } from '../calendar/update-event';
import { checkBody, complex, edmString } from '../odata/edm';
import { pageOf } from '../odata/page';
import { readQueryOptions } from '../odata/query-options';
import { event as eventType } from '../odata/wire-types';
import type { Simulator } from '../simulator';
import type { Mailbox, StoredEvent } from '../state/model';
import { defaultCalendarOf, isInCalendar } from '../state/simulator-state';
import { answer, openMailbox, type GraphCall } from './graph-call';
import { GraphError, itemNotFound } from './graph-error';

interface EventPath {
  readonly id?: string;
  readonly calendar?: string;
}
interface EventRoute {
  Params: EventPath;
  Querystring: Record<string, unknown>;
}

const cancelBody = complex<{ Comment: string; comment: string }>('cancel', { Comment: edmString, comment: edmString });

/** Events of one mailbox: its default calendar, and each calendar by id. */
export function eventRoutes(simulator: Simulator) {
  const { state } = simulator;
  return (app: FastifyInstance, _options: object, done: () => void) => {
    for (const calendar of ['', '/calendar', '/calendars/:calendar']) {
      app.post<EventRoute>(`${calendar}/events`, async (request, reply) => {
        const call = openMailbox(simulator, request, 'Calendars.ReadWrite');
        const body = checkBody(eventType, request.body) as Event;
        const calendarId = calendarOf(call.mailbox, request.params.calendar);
        const shown = (event: StoredEvent) => shownId(event, call.preferences);
        const event = createEvent(state, { mailbox: call.mailbox, calendarId, body, shownId: shown });
        return answer(reply, call, 201, entity(call, event));
      });

      app.get<EventRoute>(`${calendar}/events`, async (request, reply) => {
        const call = openMailbox(simulator, request, 'Calendars.Read');
        const calendarId = calendarOf(call.mailbox, request.params.calendar);
        const events = state.events.of(call.mailbox.id).filter((e) => e.container === calendarId);
        return answer(reply, call, 200, list(call, request, events));
      });

      app.get<EventRoute>(`${calendar}/calendarView`, async (request, reply) => {
        const call = openMailbox(simulator, request, 'Calendars.Read');
        const calendarId = calendarOf(call.mailbox, request.params.calendar);
        const { from, to } = readWindow(request.query);
        const events = state.events
          .of(call.mailbox.id)
          .filter((e) => e.container === calendarId && e.startUtc < to && e.endUtc > from);
        return answer(reply, call, 200, list(call, request, events));
      });

      app.get<EventRoute>(`${calendar}/events/:id`, async (request, reply) => {
        const call = openMailbox(simulator, request, 'Calendars.Read');
        const options = readQueryOptions(request.query);
        checkEventProjection(options);
        const event = findEvent(call.mailbox, request.params);
        reveal(event);
        const context = call.context(`events/$entity`);
        return answer(reply, call, 200, { '@odata.context': context, ...showEvent(event, call.preferences, options) });
      });

      app.patch<EventRoute>(`${calendar}/events/:id`, async (request, reply) => {
        const call = openMailbox(simulator, request, 'Calendars.ReadWrite');
        const body = checkBody(eventType, request.body) as Event;
        const event = findEvent(call.mailbox, request.params);
        checkMatch(request, event);
        updateEvent(state, call.mailbox, event, body);
        return answer(reply, call, 200, entity(call, event));
      });

      app.delete<EventRoute>(`${calendar}/events/:id`, async (request, reply) => {
        const call = openMailbox(simulator, request, 'Calendars.ReadWrite');
        const event = findEvent(call.mailbox, request.params);
        checkMatch(request, event);
        deleteEvent(state, call.mailbox, event);
        return reply.code(204).send();
      });

      app.post<EventRoute>(`${calendar}/events/:id/cancel`, async (request, reply) => {
        const call = openMailbox(simulator, request, 'Calendars.ReadWrite');
        const body = request.body == null ? {} : checkBody(cancelBody, request.body);
        const event = findEvent(call.mailbox, request.params);
        checkMatch(request, event);
        cancelEvent(state, call.mailbox, event, (body.Comment ?? body.comment ?? null) as string | null);
        return reply.code(state.data.knobs.cancelStatus).send();
      });

      app.post<EventRoute>(`${calendar}/events/:id/permanentDelete`, async (request, reply) => {
        const call = openMailbox(simulator, request, 'Calendars.ReadWrite');
        const event = findEvent(call.mailbox, request.params);
        if (isInCalendar(call.mailbox, event)) deleteEvent(state, call.mailbox, event);
        state.events.purge(event);
        return reply.code(204).send();
      });
    }
    done();
  };

  function findEvent(mailbox: Mailbox, path: EventPath): StoredEvent {
    const event = state.events.find(mailbox.id, path.id ?? '');
    if (event === undefined) throw itemNotFound();
    if (path.calendar !== undefined && event.container !== path.calendar) throw itemNotFound();
    if (!isInCalendar(mailbox, event) && !state.data.knobs.deletedItemsReadable) throw itemNotFound();
    return event;
  }

  /** The answer of a write: never with the extended properties just written. */
  function entity(call: GraphCall, event: StoredEvent): object {
    reveal(event);
    return { '@odata.context': call.context('events/$entity'), ...toEvent(event, call.preferences) };
  }

  function list(call: GraphCall, request: FastifyRequest<EventRoute>, events: StoredEvent[]): object {
    const options = readQueryOptions(request.query);
    checkEventProjection(options);
    const found = queryEvents(events, options);
    const path = request.url.split('?')[0] ?? '';
    const { value, nextLink } = pageOf(found, {
      options,
      maxPageSize: call.preferences.maxPageSize,
      url: `${call.origin}${path}`,
      query: request.query,
    });
    for (const event of value) reveal(event);
    return {
      '@odata.context': call.context('events'),
      ...(options.count ? { '@odata.count': found.length } : {}),
      value: value.map((event) => showEvent(event, call.preferences, options)),
      ...(nextLink === undefined ? {} : { '@odata.nextLink': nextLink }),
    };
  }

  /** A late join link shows up at the first look after its time, and is a change like any other. */
  function reveal(event: StoredEvent): void {
    if (revealJoinLink(state, event)) state.events.touch(event);
  }
}

export function calendarOf(mailbox: Mailbox, id: string | undefined): string {
  if (id === undefined) return defaultCalendarOf(mailbox);
  if (!mailbox.calendars.some((c) => c.id === id)) throw itemNotFound();
  return id;
}

export function readWindow(query: Record<string, unknown>): { from: string; to: string } {
  const named = new Map(Object.entries(query).map(([name, value]) => [name.toLowerCase(), value]));
  const [from, to] = [named.get('startdatetime'), named.get('enddatetime')];
  if (typeof from !== 'string' || typeof to !== 'string') {
    const message =
      'This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.';
    throw new GraphError(400, 'ErrorInvalidParameter', message);
  }
  return { from: readQueryInstant(from, 'StartDateTime'), to: readQueryInstant(to, 'EndDateTime') };
}

/** @throws GraphError 412 when If-Match names another state of the item. */
export function checkMatch(request: FastifyRequest, item: { readonly changeKey: string }): void {
  const match = request.headers['if-match'];
  if (match === undefined || match === '*' || match === etagOf(item) || match === `"${item.changeKey}"`) return;
  throw new GraphError(
    412,
    'ErrorIrresolvableConflict',
    'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
  );
}
