import type { Json } from '../wire/json';
import type { Credentials, Webhook } from './registry';
import type { Message } from './messages';

export interface Attempt {
  readonly at: string;
  /** Null when no answer came. */
  readonly status: number | null;
  readonly error: string | null;
}

/**
 * One message on its way. It keeps the URL and the credentials it was queued with, whatever happens to its webhook afterwards.
 *
 * `lost`: never sent, on purpose. `expired`: given up after 60 hours.
 */
export interface Delivery {
  readonly seq: number;
  /** Order among messages that are due at the same time. */
  readonly rank: number;
  readonly messageId: string;
  readonly webhookId: number;
  readonly event: string;
  readonly url: string;
  /** Host and port: messages to one host share a lane. */
  readonly host: string;
  readonly credentials: Credentials | null;
  readonly body: Json;
  readonly queuedAt: string;
  readonly status: 'queued' | 'sending' | 'delivered' | 'lost' | 'expired';
  readonly attempts: readonly Attempt[];
  /** Milliseconds since the epoch, by the simulator's clock. */
  readonly dueAt: number;
}

export function toDelivery(
  message: Message,
  webhook: Webhook,
  at: { seq: number; now: Date; dueAt: number },
): Delivery {
  return {
    seq: at.seq,
    rank: at.seq,
    messageId: message.messageId,
    webhookId: webhook.id,
    event: message.event,
    url: webhook.url,
    host: new URL(webhook.url).host,
    credentials: webhook.credentials,
    body: message.body,
    queuedAt: at.now.toISOString(),
    status: 'queued',
    attempts: [],
    dueAt: at.dueAt,
  };
}

/** Posts the message once. Any 2xx or 3xx is an acknowledgement; redirects are not followed. */
export async function post(delivery: Delivery, signal: AbortSignal): Promise<Omit<Attempt, 'at'>> {
  const { url, credentials, body } = delivery;
  const headers: Record<string, string> = { 'content-type': 'application/json', 'user-agent': 'Docebo-Webhooks' };
  if (credentials !== null) {
    const pair = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
    headers.authorization = `Basic ${pair}`;
  }
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      redirect: 'manual',
      signal,
    });
    await answer.body?.cancel();
    const failed = answer.status >= 400;
    return { status: answer.status, error: failed ? `answered ${answer.status}` : null };
  } catch (error) {
    return { status: null, error: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const { name, message, cause } = error as { name?: string; message?: string; cause?: { message?: string } };
  if (name === 'TimeoutError') return 'no answer in time';
  return cause?.message || message || String(error);
}
