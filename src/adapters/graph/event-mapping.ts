import { ContractError } from '../../domain/errors';
import type { CalendarAttendee, CalendarEvent, EventRef, Instant, Response } from '../../domain/model';
import { readMarker } from './body';
import type { CalendarKeys } from './calendar-keys';
import type { WireAttendee, WireEvent, WireTime } from './schema';

/** What Graph sends for "never answered". */
const NO_TIME = '0001-01-01T00:00:00Z';

/**
 * @param known what the caller knows of the event: answers to POST and PATCH never carry extended properties.
 * @throws ContractError `GRAPH_CONTRACT` times that are no UTC instants, as asked for by `Prefer: outlook.timezone`.
 */
export function toCalendarEvent(
  wire: WireEvent,
  keys: CalendarKeys,
  known: Partial<Pick<CalendarEvent, 'ref' | 'generation'>> = {},
): CalendarEvent {
  const marker = readMarker(wire.body.content, keys);
  const transaction = wire.transactionId == null ? null : keys.parseTransactionId(wire.transactionId);
  return {
    graphEventId: wire.id,
    etag: wire['@odata.etag'],
    transactionId: wire.transactionId ?? null,
    createdAt: toMoment(wire.createdDateTime),
    ref: propertyRef(wire, keys) ?? known.ref ?? marker?.ref ?? transaction?.ref ?? null,
    generation: marker?.generation ?? transaction?.generation ?? known.generation ?? null,
    invitationHash: marker?.invitationHash ?? null,
    subject: wire.subject ?? '',
    startsAt: toInstant(wire.start, wire.id),
    endsAt: toInstant(wire.end, wire.id),
    locationName: wire.location?.displayName ?? '',
    hideAttendees: wire.hideAttendees ?? false,
    isCancelled: wire.isCancelled ?? false,
    organiserAddress: wire.organizer?.emailAddress?.address?.toLowerCase() ?? null,
    attendees: wire.attendees.map(toAttendee),
    isOnlineMeeting: wire.isOnlineMeeting ?? false,
    joinUrl: wire.onlineMeeting?.joinUrl ?? null,
    body: wire.body.content,
  };
}

/** Echoes an attendee as it came: Graph takes the list as a whole, and a changed entry counts as a change of that person. */
export function toWireAttendee(attendee: CalendarAttendee): WireAttendee {
  const { address, name, type, response, respondedAt } = attendee;
  return {
    emailAddress: { ...(address !== '' && { address }), name },
    type,
    status: { response: RESPONSES_ON_THE_WIRE[response], time: respondedAt ?? NO_TIME },
  };
}

function propertyRef(wire: WireEvent, keys: CalendarKeys): EventRef | null {
  const wanted = keys.eventPropertyId.toLowerCase();
  const property = wire.singleValueExtendedProperties?.find((p) => p.id.toLowerCase() === wanted);
  return property === undefined ? null : keys.parseEventPropertyValue(property.value.toLowerCase());
}

export function toAttendee(wire: WireAttendee): CalendarAttendee {
  return {
    address: wire.emailAddress.address ?? '',
    name: wire.emailAddress.name ?? '',
    type: wire.type === 'optional' || wire.type === 'resource' ? wire.type : 'required',
    response: toResponse(wire.status?.response),
    respondedAt: toMoment(wire.status?.time),
  };
}

const RESPONSES_ON_THE_WIRE = {
  none: 'none',
  accepted: 'accepted',
  tentative: 'tentativelyAccepted',
  declined: 'declined',
} as const satisfies Record<Response, string>;

/** `none`, `notResponded`, `organizer` and whatever Graph may add are no answer of an attendee. */
export function toResponse(wire: string | null | undefined): Response {
  if (wire === 'accepted' || wire === 'declined') return wire;
  return wire === 'tentativelyAccepted' ? 'tentative' : 'none';
}

/** A time with `Z`; null when there is none, be it in Graph's way. */
export function toMoment(time: string | null | undefined): Instant | null {
  const at = new Date(time ?? NO_TIME);
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() <= 1 ? null : at.toISOString();
}

/**
 * Graph sends seven digits of a second's fraction and no `Z`.
 *
 * @throws ContractError `GRAPH_CONTRACT` no UTC, or another form.
 */
export function toInstant(time: WireTime, id: string): Instant {
  const [, upToMs] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?)\d*Z?$/.exec(time.dateTime) ?? [];
  const at = new Date(`${upToMs}Z`);
  if (upToMs === undefined || time.timeZone !== 'UTC' || Number.isNaN(at.getTime())) {
    throw new ContractError(
      `Graph sent the times of event ${id} in '${time.timeZone}' although UTC was asked for, or in an unknown form`,
      { code: 'GRAPH_CONTRACT', context: { graphEventId: id, timeZone: time.timeZone } },
    );
  }
  return at.toISOString();
}
