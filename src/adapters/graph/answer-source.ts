import { ContractError, NotFoundError } from '../../domain/errors';
import type { EventRef, GraphEventId } from '../../domain/model';
import type { AnsweredEvent, AnswerSource, EventChanges, ResponseChanges } from '../../domain/rsvp/ports';
import { unlessMissing } from '../../domain/unless-missing';
import { readDeltaPage, type WireDeltaItem, type WireDeltaPage } from './answer-schema';
import { fromCalendarEvent, toAnsweredEvent, type RefKeys } from './answered-event';
import type { CalendarKeys } from './calendar-keys';
import { pathForPeople, type GraphMailbox, type GraphRequest } from './client';
import { toCalendarEvent } from './event-mapping';
import { eventPath, eventProjection } from './event-query';
import { listAll } from './list-all';
import { findOrMakeFolder } from './mail-folder';
import { toMeetingResponse } from './meeting-response';
import { readEvent } from './schema';
import { isSyncStateLost } from './sync-state';

/** Of what is counted as reading answers. */
const KIND = 'rsvp-';
const EVENTS_A_PAGE = 200;
const MESSAGES_A_PAGE = 100;

export interface GraphAnswerSourceOptions {
  readonly graph: GraphMailbox;
  readonly keys: CalendarKeys;
  /** Events of another integration that Convoke adopted, by their transaction id (`parseDoceboConnectTransactionId`). */
  readonly parseAdoptedTransactionId?: (text: string) => EventRef | null;
  readonly eventsAPage?: number;
}

/**
 * Answers in Microsoft Graph: `calendarView/delta` of the primary calendar, and `messages/delta` of the inbox. Both take their page size in
 * the Prefer header; the calendar's takes neither `$select` nor `$expand`.
 */
export function createGraphAnswerSource(options: GraphAnswerSourceOptions): AnswerSource {
  const { graph, keys, parseAdoptedTransactionId = () => null, eventsAPage = EVENTS_A_PAGE } = options;
  const refs: RefKeys = { keys, parseAdoptedTransactionId };
  const projection = eventProjection(keys);

  /** One page; null when the link's state is lost. */
  async function page(request: GraphRequest): Promise<WireDeltaPage | null> {
    try {
      return readDeltaPage((await graph.send(request)).json, pathForPeople(graph.mailbox, request));
    } catch (error) {
      if (request.link !== undefined && isSyncStateLost(error)) return null;
      throw error;
    }
  }

  function placeOf(found: WireDeltaPage): { readonly link: string; readonly isLast: boolean } {
    const next = found['@odata.nextLink'];
    const link = next ?? found['@odata.deltaLink'];
    if (link !== undefined) return { link: graph.belowVersion(link), isLast: next === undefined };
    throw new ContractError(`Graph's page of changes for mailbox ${graph.mailbox} leads nowhere: it has no link`, {
      code: 'GRAPH_CONTRACT',
      context: { mailbox: graph.mailbox },
    });
  }

  return {
    mailbox: graph.mailbox,
    account: graph.root,

    async changedEvents(from): Promise<EventChanges> {
      const base = {
        kind: `${KIND}changes`,
        method: 'GET',
        path: '/calendarView/delta',
        maxPageSize: eventsAPage,
      } as const;
      const found = await page(
        from.kind === 'link'
          ? { ...base, link: from.link }
          : {
              ...base,
              query: `startDateTime=${encodeURIComponent(from.from)}&endDateTime=${encodeURIComponent(from.to)}`,
            },
      );
      return found === null
        ? { kind: 'expired' }
        : { kind: 'page', ...placeOf(found), ...sortItems(found.value, refs) };
    },

    readEvent(graphEventId) {
      const path = eventPath({ graphEventId });
      return unlessMissing(async () => {
        const { json } = await graph.send({ kind: `${KIND}event`, method: 'GET', path, query: projection });
        const wire = readEvent(json, pathForPeople(graph.mailbox, { path }));
        return fromCalendarEvent(toCalendarEvent(wire, keys), refs);
      });
    },

    async isInCalendar({ graphEventId, startsAt, endsAt }) {
      const range = `startDateTime=${encodeURIComponent(startsAt)}&endDateTime=${encodeURIComponent(endsAt)}`;
      const query = `${range}&$select=id&$top=100`;
      const items = await listAll(graph, { kind: `${KIND}view`, method: 'GET', path: '/calendarView', query });
      return items.some((item) => (item as { readonly id?: unknown }).id === graphEventId);
    },

    async meetingResponses(from): Promise<ResponseChanges> {
      const base = {
        kind: `${KIND}inbox`,
        method: 'GET',
        path: '/mailFolders/inbox/messages/delta',
        maxPageSize: MESSAGES_A_PAGE,
      } as const;
      const found = await page(
        from.kind === 'link' ? { ...base, link: from.link } : { ...base, query: inboxQuery(from.at) },
      );
      if (found === null) return { kind: 'expired' };
      const responses = found.value.flatMap((item) => toMeetingResponse(item, refs) ?? []);
      return { kind: 'page', ...placeOf(found), responses };
    },

    folderNamed: (name) => findOrMakeFolder(graph, name, `${KIND}folder`),

    async clearResponse(messageId, how) {
      const path = `/messages/${encodeURIComponent(messageId)}`;
      const kind = `${KIND}clear`;
      try {
        if (how.kind === 'delete') await graph.send({ kind, method: 'DELETE', path });
        else await graph.send({ kind, method: 'POST', path: `${path}/move`, body: { destinationId: how.folderId } });
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error;
      }
    },

    calls: () =>
      Object.entries(graph.calls()).reduce((sum, [kind, count]) => sum + (kind.startsWith(KIND) ? count : 0), 0),
  };
}

/** Meetings that others organise tell nothing of their attendees; single ones are all that Convoke makes. */
function sortItems(
  items: readonly WireDeltaItem[],
  refs: RefKeys,
): {
  readonly events: readonly AnsweredEvent[];
  readonly removed: readonly GraphEventId[];
  readonly unread: readonly GraphEventId[];
} {
  const events: AnsweredEvent[] = [];
  const removed: GraphEventId[] = [];
  const unread: GraphEventId[] = [];
  for (const item of items) {
    if (item['@removed'] !== undefined) removed.push(item.id);
    else if (item.isOrganizer !== false && (item.type ?? 'singleInstance') === 'singleInstance') {
      const event = toAnsweredEvent(item, refs);
      if (event === null) unread.push(item.id);
      else events.push(event);
    }
  }
  return { events, removed, unread };
}

/**
 * What came in since, with the event that each meeting message is about. Only new messages: marks and moves are no answers.
 *
 * @see https://learn.microsoft.com/graph/delta-query-messages
 */
function inboxQuery(since: string): string {
  const filter = encodeURIComponent(`receivedDateTime ge ${since}`);
  return `changeType=created&$filter=${filter}&$expand=microsoft.graph.eventMessage/event`;
}
