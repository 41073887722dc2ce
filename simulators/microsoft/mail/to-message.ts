import type {
  EventMessage,
  EventMessageResponse,
  MeetingMessageType,
  Message,
  ResponseType,
} from '@microsoft/microsoft-graph-types';
import { htmlToText } from '../calendar/body-html';
import { fromInstant, toOffsetTime } from '../calendar/date-times';
import { etagOf, shownId } from '../calendar/to-event';
import type { Preferences } from '../graph/prefer';
import type { MeetingMessage, StoredMessage } from '../state/model';

export type WireMessage = Message & Partial<EventMessageResponse> & { '@odata.etag': string; '@odata.type'?: string };

/** Graph really spells the second one like this. */
const responseKinds: Partial<Record<ResponseType, MeetingMessageType>> = {
  accepted: 'meetingAccepted',
  tentativelyAccepted: 'meetingTenativelyAccepted',
  declined: 'meetingDeclined',
};

export function toMessage(message: StoredMessage, preferences: Preferences): WireMessage {
  const sender = { emailAddress: message.from };
  const received = toOffsetTime(message.receivedAt);
  return {
    ...(message.meeting === null ? {} : { '@odata.type': typeOf(message.meeting) }),
    '@odata.etag': etagOf(message),
    id: shownId(message, preferences),
    createdDateTime: toOffsetTime(message.createdAt),
    lastModifiedDateTime: toOffsetTime(message.modifiedAt),
    changeKey: message.changeKey,
    categories: message.categories,
    receivedDateTime: received,
    sentDateTime: received,
    hasAttachments: false,
    internetMessageId: message.internetMessageId,
    subject: message.subject,
    bodyPreview: htmlToText(message.bodyHtml).slice(0, 255),
    importance: message.importance,
    parentFolderId: message.container,
    conversationId: `AAQkAGI2TG9i${message.idBase}`,
    isDeliveryReceiptRequested: false,
    isReadReceiptRequested: false,
    isRead: message.isRead,
    isDraft: message.isDraft,
    webLink: `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(message.restId)}&exvsurl=1&viewmodel=ReadMessageItem`,
    inferenceClassification: 'focused',
    body:
      preferences.bodyType === 'text'
        ? { contentType: 'text', content: htmlToText(message.bodyHtml) }
        : { contentType: 'html', content: message.bodyHtml },
    sender,
    from: sender,
    toRecipients: message.to.map((to) => ({ emailAddress: to })),
    ccRecipients: [],
    bccRecipients: [],
    replyTo: [],
    flag: { flagStatus: 'notFlagged' },
    ...(message.meeting === null ? {} : meetingPart(message.meeting, preferences)),
  };
}

function meetingPart(meeting: MeetingMessage, preferences: Preferences): EventMessage & Partial<EventMessageResponse> {
  const { timeZone } = preferences;
  return {
    meetingMessageType: kindOf(meeting),
    type: 'singleInstance',
    isOutOfDate: meeting.isOutOfDate,
    isAllDay: false,
    isDelegated: false,
    startDateTime: fromInstant(meeting.startUtc, timeZone),
    endDateTime: fromInstant(meeting.endUtc, timeZone),
    location: { displayName: meeting.location, locationType: 'default' },
    recurrence: null,
    ...(meeting.responseType === null
      ? {}
      : { responseType: meeting.responseType, proposedNewTime: proposal(meeting, timeZone) }),
  };
}

function proposal(meeting: MeetingMessage, timeZone: string) {
  if (meeting.proposedNewTime === null) return null;
  const { startUtc, endUtc } = meeting.proposedNewTime;
  return { start: fromInstant(startUtc, timeZone), end: fromInstant(endUtc, timeZone) };
}

function kindOf(meeting: MeetingMessage): MeetingMessageType {
  if (meeting.kind === 'request') return 'meetingRequest';
  if (meeting.kind === 'cancellation') return 'meetingCancelled';
  return responseKinds[meeting.responseType ?? 'none'] ?? 'none';
}

function typeOf(meeting: MeetingMessage): string {
  const names = { request: 'eventMessageRequest', cancellation: 'eventMessage', response: 'eventMessageResponse' };
  return `#microsoft.graph.${names[meeting.kind]}`;
}
