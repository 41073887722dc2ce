import { showEvent, checkEventProjection, extendedProperty } from '../calendar/event-query';
import { badQuery, GraphError } from '../graph/graph-error';
import type { Preferences } from '../graph/prefer';
import { compileFilter, type FilterFields } from '../odata/filter-evaluate';
import type { QueryOptions } from '../odata/query-options';
import { message as messageType } from '../odata/wire-types';
import type { StoredMessage } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';
import { toMessage, type WireMessage } from './to-message';

const filterFields: FilterFields<StoredMessage> = {
  typeName: 'microsoft.graph.message',
  fields: {
    subject: { kind: 'text', of: (m) => m.subject },
    importance: { kind: 'text', of: (m) => m.importance },
    'from/emailAddress/address': { kind: 'text', of: (m) => m.from.address },
    internetMessageId: { kind: 'text', of: (m) => m.internetMessageId },
    isRead: { kind: 'boolean', of: (m) => m.isRead },
    isDraft: { kind: 'boolean', of: (m) => m.isDraft },
    receivedDateTime: { kind: 'instant', literal: 'offset', of: (m) => m.receivedAt },
    lastModifiedDateTime: { kind: 'instant', literal: 'offset', of: (m) => m.modifiedAt },
    singleValueExtendedProperties: {
      kind: 'list',
      element: extendedProperty,
      of: (m) => m.extendedProperties ?? [],
    },
  },
  unfilterable: Object.keys(messageType.properties),
};

const sortKeys: Readonly<Record<string, (m: StoredMessage) => string>> = {
  receivedDateTime: (m) => m.receivedAt,
  subject: (m) => m.subject.toLowerCase(),
};

/** Properties of the derived types: reachable by their cast only, as `microsoft.graph.eventMessage/meetingMessageType`. */
const eventMessageProperties = [
  'meetingMessageType',
  'type',
  'isOutOfDate',
  'isAllDay',
  'isDelegated',
  'startDateTime',
  'endDateTime',
  'location',
  'recurrence',
];
const castProperties: Readonly<Record<string, readonly string[]>> = {
  'microsoft.graph.eventMessage': eventMessageProperties,
  'microsoft.graph.eventMessageResponse': [...eventMessageProperties, 'responseType', 'proposedNewTime'],
  'microsoft.graph.eventMessageRequest': eventMessageProperties,
};

const eventExpansion = 'microsoft.graph.eventMessage/event';

/** Filters and sorts; newest first unless asked otherwise. */
export function queryMessages(messages: readonly StoredMessage[], options: QueryOptions): StoredMessage[] {
  const keep = options.filter === undefined ? undefined : compileFilter(options.filter, filterFields);
  const found = keep === undefined ? [...messages] : messages.filter(keep);
  found.sort((a, b) => b.arrivedSequence - a.arrivedSequence);
  for (const { path, descending } of [...options.orderBy].reverse()) {
    const key = Object.hasOwn(sortKeys, path) ? sortKeys[path] : undefined;
    if (key === undefined)
      throw new GraphError(400, 'ErrorInvalidProperty', `The property '${path}' does not support sorting.`);
    found.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) * (descending ? -1 : 1));
  }
  return found;
}

/** @throws GraphError 400 for a property or expansion that messages do not have. */
export function checkMessageProjection(options: Pick<QueryOptions, 'select' | 'expand'>): void {
  for (const name of options.select ?? []) {
    const [cast, inner] = name.includes('/') ? name.split('/') : [undefined, undefined];
    const known =
      cast === undefined ? Object.hasOwn(messageType.properties, name) : castProperties[cast]?.includes(inner ?? '');
    if (known !== true)
      throw badQuery(`Could not find a property named '${name}' on type 'Microsoft.OutlookServices.Message'.`);
  }
  for (const { property, select } of options.expand) {
    if (property !== eventExpansion) throw new GraphError(400, 'BadRequest', 'Parsing Select and Expand failed.');
    checkEventProjection({ select, expand: [] });
  }
}

/** A message with the properties asked for; id, etag and type always come. */
export function showMessage(
  state: SimulatorState,
  message: StoredMessage,
  preferences: Preferences,
  options: Pick<QueryOptions, 'select' | 'expand'>,
): WireMessage {
  const whole = toMessage(message, preferences);
  const shown = options.select === undefined ? whole : pick(whole, options.select);
  for (const { select } of options.expand) {
    if (message.meeting === null) continue;
    const event = state.events.get(message.meeting.eventId ?? '');
    shown.event = event === undefined ? null : showEvent(event, preferences, { select, expand: [] });
  }
  return shown;
}

function pick(whole: WireMessage, names: readonly string[]): WireMessage {
  const wanted = new Set(['id', '@odata.etag', '@odata.type', ...names.map((name) => name.split('/').at(-1) ?? name)]);
  return Object.fromEntries(Object.entries(whole).filter(([name]) => wanted.has(name))) as WireMessage;
}
