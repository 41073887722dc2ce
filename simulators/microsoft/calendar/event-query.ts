import { GraphError, badQuery } from '../graph/graph-error';
import type { Preferences } from '../graph/prefer';
import { compileFilter, type FilterFields } from '../odata/filter-evaluate';
import type { Expansion, QueryOptions } from '../odata/query-options';
import { event as eventType } from '../odata/wire-types';
import type { ExtendedProperty, StoredEvent } from '../state/model';
import { canonicalPropertyId } from './extended-properties';
import { toEvent, type WireEvent } from './to-event';

/** Events and messages are found by these alike. */
export const extendedProperty: FilterFields<ExtendedProperty> = {
  typeName: 'microsoft.graph.singleValueLegacyExtendedProperty',
  fields: {
    id: { kind: 'text', of: (p) => p.id, canonical: canonicalPropertyId },
    value: { kind: 'text', of: (p) => p.value },
  },
};

const word: FilterFields<string> = { typeName: 'Edm.String', fields: { '': { kind: 'text', of: (w) => w } } };

const filterFields: FilterFields<StoredEvent> = {
  typeName: 'microsoft.graph.event',
  fields: {
    subject: { kind: 'text', of: (e) => e.subject },
    iCalUId: { kind: 'text', of: (e) => e.iCalUId },
    importance: { kind: 'text', of: (e) => e.importance },
    sensitivity: { kind: 'text', of: (e) => e.sensitivity },
    showAs: { kind: 'text', of: (e) => e.showAs },
    isAllDay: { kind: 'boolean', of: (e) => e.isAllDay },
    isCancelled: { kind: 'boolean', of: (e) => e.isCancelled },
    isOrganizer: { kind: 'boolean', of: (e) => e.isOrganizer },
    'start/dateTime': { kind: 'instant', literal: 'text', of: (e) => e.startUtc },
    'end/dateTime': { kind: 'instant', literal: 'text', of: (e) => e.endUtc },
    createdDateTime: { kind: 'instant', literal: 'offset', of: (e) => e.createdAt },
    lastModifiedDateTime: { kind: 'instant', literal: 'offset', of: (e) => e.modifiedAt },
    categories: { kind: 'list', element: word, of: (e) => e.categories },
    singleValueExtendedProperties: {
      kind: 'list',
      element: extendedProperty,
      of: (e) => e.extendedProperties,
    },
  },
  unfilterable: Object.keys(eventType.properties),
};

const sortKeys: Readonly<Record<string, (e: StoredEvent) => string>> = {
  'start/dateTime': (e) => e.startUtc,
  'end/dateTime': (e) => e.endUtc,
  subject: (e) => e.subject.toLowerCase(),
  createdDateTime: (e) => e.createdAt,
  lastModifiedDateTime: (e) => e.modifiedAt,
};

const navigation: ReadonlySet<string> = new Set([
  'attachments',
  'calendar',
  'exceptionOccurrences',
  'extensions',
  'instances',
  'multiValueExtendedProperties',
  'singleValueExtendedProperties',
]);

/** Filters and sorts. Without $orderby the order means nothing, as on the service. */
export function queryEvents(events: readonly StoredEvent[], options: QueryOptions): StoredEvent[] {
  const keep = options.filter === undefined ? undefined : compileFilter(options.filter, filterFields);
  const found = keep === undefined ? [...events] : events.filter(keep);
  found.sort((a, b) => (a.idBase < b.idBase ? -1 : 1));
  for (const { path, descending } of [...options.orderBy].reverse()) {
    const key = Object.hasOwn(sortKeys, path) ? sortKeys[path] : undefined;
    if (key === undefined)
      throw new GraphError(400, 'ErrorInvalidProperty', `The property '${path}' does not support sorting.`);
    found.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) * (descending ? -1 : 1));
  }
  return found;
}

/**
 * An event with the properties asked for. `id` and the etag always come.
 * @throws GraphError 400 for a property that is not an event's.
 */
export function showEvent(
  event: StoredEvent,
  preferences: Preferences,
  options: Pick<QueryOptions, 'select' | 'expand'>,
): WireEvent {
  const whole = toEvent(event, preferences);
  const shown = options.select === undefined ? whole : pick(whole, options.select);
  for (const expansion of options.expand) Object.assign(shown, expanded(event, expansion));
  return shown;
}

/** @throws GraphError 400 as `showEvent`, also for a list that turns out empty. */
export function checkEventProjection(options: Pick<QueryOptions, 'select' | 'expand'>): void {
  for (const name of options.select ?? []) {
    if (!Object.hasOwn(eventType.properties, name) || navigation.has(name)) throw unknownProperty(name);
  }
  for (const expansion of options.expand) {
    if (!['singleValueExtendedProperties', 'extensions'].includes(expansion.property))
      throw new GraphError(400, 'BadRequest', 'Parsing Select and Expand failed.');
    if (expansion.property === 'singleValueExtendedProperties') compileExtendedPropertyFilter(expansion);
  }
}

function pick(whole: WireEvent, names: readonly string[]): WireEvent {
  const kept = Object.entries(whole).filter(
    ([name]) => name === '@odata.etag' || name === 'id' || names.includes(name),
  );
  return Object.fromEntries(kept) as WireEvent;
}

function expanded(event: StoredEvent, expansion: Expansion): Record<string, unknown> {
  if (expansion.property === 'extensions') return { extensions: event.extensions };
  const matches = compileExtendedPropertyFilter(expansion);
  const found = event.extendedProperties.filter(matches);
  // The property is absent, not empty, where nothing matches.
  return found.length === 0 ? {} : { singleValueExtendedProperties: found };
}

function compileExtendedPropertyFilter(expansion: Expansion): (property: ExtendedProperty) => boolean {
  if (expansion.filter === undefined)
    throw new GraphError(
      400,
      'ErrorInvalidUrlQueryFilter',
      'Extended properties are expanded by a filter on their id.',
    );
  return compileFilter(expansion.filter, extendedProperty);
}

function unknownProperty(name: string): GraphError {
  return badQuery(`Could not find a property named '${name}' on type 'microsoft.graph.event'.`);
}
