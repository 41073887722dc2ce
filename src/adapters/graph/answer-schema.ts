import { address, ajv, attendee, flagOrNull, reader, text, textOrNull, time } from './schema';
import type { WireAttendee, WireTime } from './schema';

/** Wire forms of what answers are read from: delta pages of the calendar view and of the inbox. */

export interface WireDeltaItem {
  readonly id: string;
  readonly '@removed'?: unknown;
  readonly type?: unknown;
  readonly isOrganizer?: unknown;
}

export interface WireDeltaPage {
  readonly value: readonly WireDeltaItem[];
  readonly '@odata.nextLink'?: string;
  readonly '@odata.deltaLink'?: string;
}

/** An item of a delta: without extended properties, which delta never gives. */
export interface WireAnsweredEvent {
  readonly id: string;
  readonly transactionId?: string | null;
  readonly body?: { readonly content?: string | null } | null;
  readonly start: WireTime;
  readonly end: WireTime;
  readonly isCancelled?: boolean | null;
  readonly organizer?: { readonly emailAddress?: { readonly address?: string | null } | null } | null;
  readonly attendees: readonly WireAttendee[];
}

export interface WireMeetingResponse {
  readonly id: string;
  readonly '@odata.type': string;
  readonly from?: {
    readonly emailAddress?: { readonly address?: string | null; readonly name?: string | null } | null;
  } | null;
  readonly sentDateTime?: string | null;
  readonly receivedDateTime?: string | null;
  readonly responseType?: string | null;
  readonly meetingMessageType?: string | null;
  readonly isOutOfDate?: boolean | null;
  readonly event?: unknown;
}

const person = { type: 'object', nullable: true, properties: { emailAddress: address } } as const;

const deltaPage = {
  type: 'object',
  required: ['value'],
  properties: {
    value: { type: 'array', items: { type: 'object', required: ['id'], properties: { id: text } } },
    '@odata.nextLink': text,
    '@odata.deltaLink': text,
  },
} as const;

const answeredEvent = {
  type: 'object',
  required: ['id', 'start', 'end', 'attendees'],
  properties: {
    id: text,
    transactionId: textOrNull,
    body: { type: 'object', nullable: true, properties: { content: textOrNull } },
    start: time,
    end: time,
    isCancelled: flagOrNull,
    organizer: person,
    attendees: { type: 'array', items: attendee },
  },
} as const;

const meetingResponse = {
  type: 'object',
  required: ['id', '@odata.type'],
  properties: {
    id: text,
    '@odata.type': { type: 'string', pattern: 'eventMessageResponse$' },
    from: person,
    sentDateTime: textOrNull,
    receivedDateTime: textOrNull,
    responseType: textOrNull,
    meetingMessageType: textOrNull,
    isOutOfDate: flagOrNull,
  },
} as const;

const mailFolder = {
  type: 'object',
  required: ['id', 'displayName'],
  properties: { id: text, displayName: text },
} as const;

export const readDeltaPage = reader<WireDeltaPage>('a page of changes', deltaPage);
export const readFolder = reader<{ readonly id: string; readonly displayName: string }>('a mail folder', mailFolder);
export const isAnsweredEvent = ajv.compile<WireAnsweredEvent>(answeredEvent);
export const isMeetingResponse = ajv.compile<WireMeetingResponse>(meetingResponse);
