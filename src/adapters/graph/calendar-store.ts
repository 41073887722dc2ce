import { ContractError } from '../../domain/errors';
import type { CalendarEvent } from '../../domain/model';
import type { CalendarStore } from '../../domain/ports';
import { unlessMissing } from '../../domain/unless-missing';
import { spliceInvitation, wrapInvitation } from './body';
import type { CalendarKeys } from './calendar-keys';
import { pathForPeople, type GraphMailbox, type GraphRequest } from './client';
import { toCalendarEvent, toWireAttendee } from './event-mapping';
import { eventPath, eventProjection, quote } from './event-query';
import { toContentPayload, toCreatePayload, toProperties } from './event-payload';
import { existingEventIdOf } from './graph-answer';
import { listAll } from './list-all';
import { readCalendar, readEvent, type WireCalendar } from './schema';

/** Seen with status 400 on the service, with 409 elsewhere: only the code counts. */
const DUPLICATE = 'ErrorDuplicateTransactionId';
const PAGE_SIZE = 50;

export interface GraphCalendarStoreOptions {
  readonly graph: GraphMailbox;
  readonly keys: CalendarKeys;
  /** The mailbox's address; null when the settings do not name it: then its calendar does. */
  readonly address: string | null;
}

/** The primary calendar of one mailbox in Microsoft Graph: only there are attendees' answers noted. */
export function createGraphCalendarStore({ graph, keys, address }: GraphCalendarStoreOptions): CalendarStore {
  const projection = eventProjection(keys);
  let organiser = address?.toLowerCase() ?? null;

  async function find(kind: string, propertyId: string, value: string): Promise<CalendarEvent[]> {
    const filter = `singleValueExtendedProperties/Any(ep: ep/id eq ${quote(propertyId)} and ep/value eq ${quote(value)})`;
    return list({
      kind,
      method: 'GET',
      path: '/events',
      query: `$filter=${encodeURIComponent(filter)}&${projection}&$top=${PAGE_SIZE}`,
    });
  }

  async function list(request: GraphRequest): Promise<CalendarEvent[]> {
    const path = pathForPeople(graph.mailbox, request);
    const items = await listAll(graph, request);
    return items.map((item) => toCalendarEvent(readEvent(item, path), keys));
  }

  async function patch(kind: string, event: CalendarEvent, body: Record<string, unknown>): Promise<CalendarEvent> {
    const request: GraphRequest = { kind, method: 'PATCH', path: eventPath(event), body, ifMatch: event.etag };
    const { json } = await graph.send(request);
    return toCalendarEvent(readEvent(json, pathForPeople(graph.mailbox, request)), keys, event);
  }

  async function describe(): Promise<WireCalendar> {
    const select = 'name,isDefaultCalendar,isTallyingResponses,allowedOnlineMeetingProviders,owner';
    const request: GraphRequest = { kind: 'describe', method: 'GET', path: '/calendar', query: `$select=${select}` };
    const found = readCalendar((await graph.send(request)).json, pathForPeople(graph.mailbox, request));
    organiser ??= found.owner?.address?.toLowerCase() ?? null;
    return found;
  }

  return {
    mailbox: graph.mailbox,

    async organiserAddress() {
      if (organiser === null) await describe();
      return organiser;
    },

    async describeCalendar() {
      const found = await describe();
      return {
        name: found.name,
        isDefault: found.isDefaultCalendar,
        talliesResponses: found.isTallyingResponses,
        onlineMeetingProviders: found.allowedOnlineMeetingProviders,
      };
    },

    get(graphEventId) {
      const path = eventPath({ graphEventId });
      return unlessMissing(async () => {
        const { json } = await graph.send({ kind: 'get', method: 'GET', path, query: projection });
        return toCalendarEvent(readEvent(json, pathForPeople(graph.mailbox, { path })), keys);
      });
    },

    findBySession: (ref) => find('find-session', keys.sessionPropertyId, keys.sessionPropertyValue(ref)),

    findByEvent: (ref) => find('find-event', keys.eventPropertyId, keys.eventPropertyValue(ref)),

    listBetween({ from, to }) {
      const range = `startDateTime=${encodeURIComponent(from)}&endDateTime=${encodeURIComponent(to)}`;
      const query = `${range}&${projection}&$top=${PAGE_SIZE}`;
      return list({ kind: 'list', method: 'GET', path: '/calendarView', query });
    },

    async create(draft) {
      const request: GraphRequest = {
        kind: 'create',
        method: 'POST',
        path: '/events',
        body: toCreatePayload(draft, keys),
        expects: [DUPLICATE],
      };
      const { errorCode, json } = await graph.send(request);
      if (errorCode === DUPLICATE) return { kind: 'duplicate', existingId: existingEventIdOf(json) };
      const wire = readEvent(json, pathForPeople(graph.mailbox, request));
      return { kind: 'created', event: toCalendarEvent(wire, keys, draft) };
    },

    async updateContent(event, changes) {
      const body = changes.invitation === undefined ? null : newBody(event, changes.invitation);
      return patch('update', event, toContentPayload(changes, body));
    },

    replaceAttendees: (event, attendees) =>
      patch('attendees', event, { attendees: attendees.map((attendee) => toWireAttendee(attendee)) }),

    stamp: (event, ref) =>
      patch('stamp', { ...event, ref }, { singleValueExtendedProperties: toProperties(ref, keys) }),

    async cancel(event, comment) {
      const path = `${eventPath(event)}/cancel`;
      await graph.send({ kind: 'cancel', method: 'POST', path, body: { Comment: comment }, ifMatch: event.etag });
    },
  };

  function newBody(event: CalendarEvent, invitation: { readonly html: string; readonly invitationHash: string }) {
    if (event.ref === null) {
      throw new ContractError(`Event ${event.graphEventId} carries no key of Convoke's, so its body is left alone`, {
        code: 'GRAPH_BODY_MARKER',
        context: { graphEventId: event.graphEventId },
      });
    }
    // Only an event whose transaction id is not ours (adopted) lacks a generation: then it is the first.
    const marker = keys.bodyMarker(event.ref, event.generation ?? 1, invitation.invitationHash);
    return spliceInvitation(event, wrapInvitation(invitation.html, marker), keys);
  }
}
