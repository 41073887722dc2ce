import { ContractError } from '../../domain/errors';
import type { CalendarEvent, EventRef } from '../../domain/model';
import type { AnsweredEvent } from '../../domain/rsvp/ports';
import { isAnsweredEvent, type WireAnsweredEvent } from './answer-schema';
import { readMarker } from './body';
import type { CalendarKeys } from './calendar-keys';
import { toAttendee, toInstant } from './event-mapping';

export interface RefKeys {
  readonly keys: CalendarKeys;
  /** Transaction ids of events that another integration made and Convoke adopted; null for any other. */
  readonly parseAdoptedTransactionId: (text: string) => EventRef | null;
}

/** An event of a delta. Null: it is not of the form that single meetings have there. */
export function toAnsweredEvent(item: unknown, refs: RefKeys): AnsweredEvent | null {
  if (!isAnsweredEvent(item)) return null;
  try {
    return {
      graphEventId: item.id,
      ref: refOf(item, refs),
      startsAt: toInstant(item.start, item.id),
      endsAt: toInstant(item.end, item.id),
      isCancelled: item.isCancelled ?? false,
      organiserAddress: item.organizer?.emailAddress?.address?.toLowerCase() ?? null,
      attendees: item.attendees.map(toAttendee),
    };
  } catch (error) {
    if (error instanceof ContractError) return null;
    throw error;
  }
}

/** Of an event that was read by itself, with our extended properties. */
export function fromCalendarEvent(event: CalendarEvent, refs: RefKeys): AnsweredEvent {
  const { graphEventId, startsAt, endsAt, isCancelled, organiserAddress, attendees, transactionId } = event;
  const ref = event.ref ?? (transactionId === null ? null : refs.parseAdoptedTransactionId(transactionId));
  return { graphEventId, ref, startsAt, endsAt, isCancelled, organiserAddress, attendees };
}

/** The transaction id first: a copy that somebody makes in Outlook carries the body's marker too. */
function refOf(wire: WireAnsweredEvent, { keys, parseAdoptedTransactionId }: RefKeys): EventRef | null {
  const transactionId = wire.transactionId ?? '';
  const byTransaction = keys.parseTransactionId(transactionId)?.ref ?? null;
  if (byTransaction !== null) return byTransaction;
  const byMarker = readMarker(wire.body?.content ?? '', keys)?.ref ?? null;
  return byMarker ?? parseAdoptedTransactionId(transactionId);
}
