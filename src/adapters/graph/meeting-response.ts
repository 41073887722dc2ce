import type { Response } from '../../domain/model';
import type { MeetingResponse } from '../../domain/rsvp/ports';
import { isMeetingResponse, type WireMeetingResponse } from './answer-schema';
import { toAnsweredEvent, type RefKeys } from './answered-event';
import { toMoment, toResponse } from './event-mapping';

/** By the kind of message, lower-case. The second one is how Graph's metadata spells it; its documentation has the third. */
const RESPONSES_BY_KIND: ReadonlyMap<string, MeetingResponse['response']> = new Map([
  ['meetingaccepted', 'accepted'],
  ['meetingtenativelyaccepted', 'tentative'],
  ['meetingtentativelyaccepted', 'tentative'],
  ['meetingdeclined', 'declined'],
]);

/** A message of the inbox as an attendee's answer; null for any other message. */
export function toMeetingResponse(item: unknown, refs: RefKeys): MeetingResponse | null {
  if (!isMeetingResponse(item)) return null;
  const response = responseOf(item);
  const respondedAt = toMoment(item.sentDateTime) ?? toMoment(item.receivedDateTime);
  if (response === 'none' || respondedAt === null) return null;
  const { address, name } = item.from?.emailAddress ?? {};
  return {
    messageId: item.id,
    event: toAnsweredEvent(item.event, refs),
    responder: { address: address ?? '', name: name ?? '' },
    response,
    respondedAt,
    isOutOfDate: item.isOutOfDate ?? false,
  };
}

function responseOf({ responseType, meetingMessageType }: WireMeetingResponse): Response {
  const told = toResponse(responseType);
  return told === 'none' ? (RESPONSES_BY_KIND.get(meetingMessageType?.toLowerCase() ?? '') ?? 'none') : told;
}
