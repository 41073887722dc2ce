import type { EventRef, SessionRef } from '../domain/model';

/**
 * The keys by which Convoke finds its events in a mailbox. They are written into customers' calendars and never change.
 * Extended property values compare case-insensitively in Graph, so they are lower case.
 */
const PROPERTY_SET = 'b7a1f0f4-6f0e-4f0c-9a3b-2f1c6d0e7c55';

/** Ids of the single-value extended properties, in Graph's notation (the name part is case-sensitive). */
export const SESSION_PROPERTY_ID = `String {${PROPERTY_SET}} Name ConvokeSession`;
export const EVENT_PROPERTY_ID = `String {${PROPERTY_SET}} Name ConvokeEvent`;

/** On failure mails: the key by which a later attempt finds what an earlier one sent. */
export const MAIL_PROPERTY_ID = `String {${PROPERTY_SET}} Name ConvokeMail`;

export function sessionPropertyValue(ref: SessionRef): string {
  return `${ref.platform}/${ref.sessionId}`.toLowerCase();
}

export function eventPropertyValue(ref: EventRef): string {
  return `${ref.platform}/${ref.sessionId}/${ref.eventId}`.toLowerCase();
}

export function parseEventPropertyValue(value: string): EventRef | null {
  const [, platform, sessionId, eventId] = /^([a-z0-9-]{1,32})\/([^/]+)\/([^/]+)$/.exec(value) ?? [];
  return platform === undefined || sessionId === undefined || eventId === undefined
    ? null
    : { platform, sessionId, eventId };
}

/** `cvk1-<platform>-<session>-<event>-<generation>`: makes a repeated POST harmless, and names the session to whoever reads it. */
export function transactionId(ref: EventRef, generation: number): string {
  return `cvk1-${ref.platform}-${ref.sessionId}-${ref.eventId}-${generation}`;
}

/** Inverse of `transactionId`. Session and event ids are digits, so that a platform key may contain dashes. */
export function parseTransactionId(text: string): { ref: EventRef; generation: number } | null {
  const [, platform, sessionId, eventId, generation] = /^cvk1-([a-z0-9-]{1,32})-(\d+)-(\d+)-(\d+)$/.exec(text) ?? [];
  if (platform === undefined || sessionId === undefined || eventId === undefined) return null;
  return { ref: { platform, sessionId, eventId }, generation: Number(generation) };
}

/** Docebo Connect's `<lms_session_id>-<lms_event_id>`. */
export function parseDoceboConnectTransactionId(text: string): { sessionId: string; eventId: string } | null {
  const [, sessionId, eventId] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  return sessionId === undefined || eventId === undefined ? null : { sessionId, eventId };
}

/** Hidden text in the body: the transaction id, and the hash of the inputs that the body was rendered from. */
export function bodyMarker(ref: EventRef, generation: number, invitationHash: string): string {
  return `[${transactionId(ref, generation)} ${invitationHash}]`;
}

/** Finds the marker in any text; null when there is none. The last one counts: a description may hold the text of another invitation. */
export function parseBodyMarker(
  text: string,
): { ref: EventRef; generation: number; invitationHash: string; marker: string } | null {
  const found = [...text.matchAll(/\[(cvk1-[a-z0-9-]+) ([A-Za-z0-9_-]+)\]/g)].flatMap(
    ([marker, id = '', invitationHash = '']) => {
      const parsed = parseTransactionId(id);
      return parsed === null ? [] : [{ ...parsed, invitationHash, marker }];
    },
  );
  return found.at(-1) ?? null;
}
