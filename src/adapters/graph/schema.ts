import Ajv from 'ajv';
import { ContractError } from '../../domain/errors';

/** Graph's answers on the wire: only the fields that are used. Property names and enum members are those of Graph v1.0's metadata. */

export interface WireTime {
  readonly dateTime: string;
  readonly timeZone: string;
}

export interface WireAttendee {
  readonly type?: string | null;
  readonly emailAddress: { readonly address?: string | null; readonly name?: string | null };
  readonly status?: { readonly response?: string | null; readonly time?: string | null } | null;
}

export interface WireEvent {
  readonly id: string;
  readonly '@odata.etag': string;
  readonly transactionId?: string | null;
  readonly createdDateTime?: string | null;
  readonly subject?: string | null;
  readonly body: { readonly contentType: string; readonly content: string };
  readonly start: WireTime;
  readonly end: WireTime;
  readonly location?: { readonly displayName?: string | null } | null;
  readonly hideAttendees?: boolean | null;
  readonly isCancelled?: boolean | null;
  readonly isOnlineMeeting?: boolean | null;
  readonly onlineMeeting?: { readonly joinUrl?: string | null } | null;
  readonly organizer?: { readonly emailAddress?: { readonly address?: string | null } | null } | null;
  readonly attendees: readonly WireAttendee[];
  readonly singleValueExtendedProperties?: readonly { readonly id: string; readonly value: string }[] | null;
}

export interface WireCalendar {
  readonly name: string;
  readonly isDefaultCalendar: boolean;
  readonly isTallyingResponses: boolean;
  readonly allowedOnlineMeetingProviders: readonly string[];
  /** Whose mailbox it is. */
  readonly owner?: { readonly address?: string | null } | null;
}

export interface WirePage {
  readonly value: readonly unknown[];
  readonly '@odata.nextLink'?: string;
}

export const text = { type: 'string' } as const;
export const textOrNull = { type: 'string', nullable: true } as const;
export const flagOrNull = { type: 'boolean', nullable: true } as const;
export const time = {
  type: 'object',
  required: ['dateTime', 'timeZone'],
  properties: { dateTime: text, timeZone: text },
} as const;
export const address = {
  type: 'object',
  nullable: true,
  properties: { address: textOrNull, name: textOrNull },
} as const;

export const attendee = {
  type: 'object',
  required: ['emailAddress'],
  properties: {
    type: textOrNull,
    emailAddress: { type: 'object', properties: { address: textOrNull, name: textOrNull } },
    status: { type: 'object', nullable: true, properties: { response: textOrNull, time: textOrNull } },
  },
} as const;

const event = {
  type: 'object',
  required: ['id', '@odata.etag', 'body', 'start', 'end', 'attendees'],
  properties: {
    id: text,
    '@odata.etag': text,
    transactionId: textOrNull,
    createdDateTime: textOrNull,
    subject: textOrNull,
    body: { type: 'object', required: ['contentType', 'content'], properties: { contentType: text, content: text } },
    start: time,
    end: time,
    location: { type: 'object', nullable: true, properties: { displayName: textOrNull } },
    hideAttendees: flagOrNull,
    isCancelled: flagOrNull,
    isOnlineMeeting: flagOrNull,
    onlineMeeting: { type: 'object', nullable: true, properties: { joinUrl: textOrNull } },
    organizer: { type: 'object', nullable: true, properties: { emailAddress: address } },
    attendees: { type: 'array', items: attendee },
    singleValueExtendedProperties: {
      type: 'array',
      nullable: true,
      items: { type: 'object', required: ['id', 'value'], properties: { id: text, value: text } },
    },
  },
} as const;

const calendar = {
  type: 'object',
  required: ['name', 'isDefaultCalendar', 'isTallyingResponses', 'allowedOnlineMeetingProviders'],
  properties: {
    name: text,
    isDefaultCalendar: { type: 'boolean' },
    isTallyingResponses: { type: 'boolean' },
    allowedOnlineMeetingProviders: { type: 'array', items: text },
    owner: { type: 'object', nullable: true, properties: { address: textOrNull } },
  },
} as const;

const page = {
  type: 'object',
  required: ['value'],
  properties: { value: { type: 'array' }, '@odata.nextLink': text },
} as const;

export const ajv = new Ajv({ allErrors: true, strict: true });

export const readEvent = reader<WireEvent>('an event', event);
export const readCalendar = reader<WireCalendar>('a calendar', calendar);
export const readPage = reader<WirePage>('a page of events', page);

/** @throws ContractError `GRAPH_CONTRACT` naming the places (never the values) that do not fit. */
export function reader<T>(what: string, schema: object): (answer: unknown, path: string) => T {
  const fits = ajv.compile<T>(schema);
  return (answer, path) => {
    if (fits(answer)) return answer;
    const places = [...new Set((fits.errors ?? []).map((e) => `${e.instancePath || '/'} ${e.message ?? ''}`))];
    throw new ContractError(
      `Graph's answer to ${path} is not ${what} as documented: ${places.slice(0, 5).join('; ')}`,
      {
        code: 'GRAPH_CONTRACT',
        context: { path, id: idOf(answer) },
      },
    );
  };
}

function idOf(answer: unknown): string | null {
  const id = typeof answer === 'object' && answer !== null && 'id' in answer ? answer.id : null;
  return typeof id === 'string' ? id : null;
}
