import { InputError } from '../../../domain/errors';
import { readFirstAs } from '../profile/json-pointers';
import type { TenantProfile } from '../profile/profile';
import { isObject, toFilledText, type JsonObject } from '../api/wire';

/** Docebo groups at most this many events into one message. */
export const MAX_PAYLOADS = 25;
const MAX_EVENT_NAME = 200;

export interface WebhookMessage {
  /** null: the message has none of the profile's ids. */
  readonly messageId: string | null;
  readonly event: string;
  readonly originalDomain: string | null;
  readonly payloads: readonly JsonObject[];
}

/**
 * The envelope: `event` with either `payload` or `payloads`; everything else is optional. `webhook_id` and `original_domain` came later, and
 * older tenants lack them.
 *
 * @throws InputError `INPUT_WEBHOOK_BODY | _EVENT | _PAYLOAD | _TOO_MANY` for what is no message of Docebo's.
 */
export function parseWebhookMessage(body: unknown, pointers: TenantProfile['webhook']): WebhookMessage {
  if (!isObject(body)) {
    throw refuse('BODY', `the body is ${nameOf(body)}; send a JSON object with "event" and "payload" or "payloads"`);
  }
  return {
    messageId: readFirstAs(body, pointers.messageId, toFilledText) ?? null,
    event: readEvent(body),
    originalDomain: typeof body['original_domain'] === 'string' ? body['original_domain'].trim().slice(0, 253) : null,
    payloads: readPayloads(body),
  };
}

function readEvent(body: JsonObject): string {
  const { event } = body;
  if (typeof event !== 'string' || event.trim() === '') {
    throw refuse('EVENT', `"event" is ${nameOf(event)}; it must be the event's name`);
  }
  if (event.length > MAX_EVENT_NAME) {
    throw refuse('EVENT', `"event" has ${event.length} characters; at most ${MAX_EVENT_NAME} are accepted`);
  }
  return event.trim();
}

function readPayloads(body: JsonObject): JsonObject[] {
  const { payload = null, payloads = null } = body;
  if (payload === null && payloads === null) {
    throw refuse(
      'PAYLOAD',
      'neither "payload" nor "payloads" is there; one event comes as an object "payload", several as a list "payloads"',
    );
  }
  if (payload !== null && !isObject(payload)) {
    throw refuse('PAYLOAD', `"payload" is ${nameOf(payload)}; it must be an object`);
  }
  if (payloads !== null && !Array.isArray(payloads)) {
    throw refuse('PAYLOAD', `"payloads" is ${nameOf(payloads)}; it must be a list of objects`);
  }
  const entries: unknown[] = [...((payloads as unknown[] | null) ?? []), ...(payload === null ? [] : [payload])];
  if (entries.length === 0) throw refuse('PAYLOAD', `"payloads" is empty; it must hold 1 to ${MAX_PAYLOADS} objects`);
  if (entries.length > MAX_PAYLOADS) {
    throw refuse('TOO_MANY', `the message holds ${entries.length} payloads; Docebo groups at most ${MAX_PAYLOADS}`);
  }
  return entries.map((entry, i) => {
    if (isObject(entry)) return entry;
    throw refuse('PAYLOAD', `"payloads" has ${nameOf(entry)} at position ${i}; each entry must be an object`);
  });
}

function refuse(what: string, reason: string): InputError {
  return new InputError(`This is no Docebo webhook message: ${reason}.`, { code: `INPUT_WEBHOOK_${what}` });
}

function nameOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (value === '') return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
