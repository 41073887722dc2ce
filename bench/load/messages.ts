import { DOMAIN, PLATFORM, WEBHOOK } from '../../chaos/world/settings';
import { targetWorkflowId } from '../../src/contract/ids';

export const WEBHOOK_HEADERS = {
  'content-type': 'application/json',
  'user-agent': 'Docebo-Webhooks',
  authorization: `Basic ${Buffer.from(`${WEBHOOK.username}:${WEBHOOK.password}`).toString('base64')}`,
};
/** So many payloads Docebo puts into a message at most. */
export const MOST_PAYLOADS = 25;
const EVENT = 'ilt.session.external_calendar.changed';
const COURSE_ID = 101;

/** A message with a payload for each of the sessions, as the shipped profile names things. */
export function toMessage(messageId: string, sessionIds: readonly number[]): string {
  const payloads = sessionIds.map((sessionId) => ({
    fired_at: '2026-01-05 10:00:00',
    course_id: COURSE_ID,
    session_id: sessionId,
  }));
  const content = payloads.length === 1 ? { payload: payloads[0] } : { payloads };
  const head = { message_id: messageId, original_domain: DOMAIN, event: EVENT, fired_by_batch_action: false };
  return JSON.stringify({ ...head, ...content });
}

export function workflowIdOf(sessionId: number): string {
  return targetWorkflowId(PLATFORM, { kind: 'session', sessionId: String(sessionId) });
}
