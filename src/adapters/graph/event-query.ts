import type { GraphEventId } from '../../domain/model';
import type { CalendarKeys } from './calendar-keys';

const FIELDS = [
  'id',
  'transactionId',
  'createdDateTime',
  'subject',
  'body',
  'start',
  'end',
  'location',
  'hideAttendees',
  'isCancelled',
  'isOnlineMeeting',
  'onlineMeeting',
  'organizer',
  'attendees',
].join(',');

/** Query of a read of events: the fields that are used, and our extended properties, which come only when they are asked for. */
export function eventProjection(keys: CalendarKeys): string {
  const ours = `id eq ${quote(keys.sessionPropertyId)} or id eq ${quote(keys.eventPropertyId)}`;
  const expand = `singleValueExtendedProperties($filter=${ours})`;
  return `$select=${FIELDS}&$expand=${encodeURIComponent(expand)}`;
}

export function eventPath({ graphEventId }: { readonly graphEventId: GraphEventId }): string {
  return `/events/${encodeURIComponent(graphEventId)}`;
}

/** An OData literal: a quote inside is doubled. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
