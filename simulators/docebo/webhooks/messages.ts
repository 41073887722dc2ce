import { randomUUID } from 'node:crypto';
import { stamp } from '../academy/times';
import type { SenderSettings } from '../tenant-settings';
import type { Json } from '../wire/json';
import type { WebhookEvent } from './payloads';
import type { SeededRandom } from './random';
import type { Webhook } from './registry';

export interface Message {
  readonly messageId: string;
  readonly event: string;
  readonly body: Json;
}

export interface Batch {
  readonly events: readonly WebhookEvent[];
  readonly fromBatchAction: boolean;
  readonly at: Date;
  readonly domain: string;
}

/** The messages by which one webhook hears of a batch: one each, or grouped by event when the webhook allows it. */
export function toMessages(webhook: Webhook, batch: Batch, settings: SenderSettings, random: SeededRandom): Message[] {
  const wanted = batch.events.filter((event) => webhook.events.includes(event.name));
  const jobHash = batch.fromBatchAction ? randomUUID().replaceAll('-', '') : undefined;
  const groups = webhook.grouping ? group(wanted, settings, random) : wanted.map((event) => [event]);
  return groups.map((events) => {
    const messageId = `wh-${stamp(batch.at).replaceAll(/[-:]/g, '').replace(' ', '-')}-${randomUUID()}`;
    const event = events[0]?.name ?? '';
    const body: Json = {
      [settings.envelope.idKey]: messageId,
      ...(settings.envelope.webhookId ? { webhook_id: webhook.id } : {}),
      ...(settings.envelope.originalDomain ? { original_domain: batch.domain } : {}),
      event,
      fired_by_batch_action: batch.fromBatchAction,
      ...(jobHash === undefined ? {} : { fired_by_background_job_hash: jobHash }),
      ...payloadsOf(events, webhook, settings, random),
    };
    return { messageId, event, body };
  });
}

function payloadsOf(events: readonly WebhookEvent[], webhook: Webhook, settings: SenderSettings, random: SeededRandom) {
  const payloads = events.map((event) => event.payload);
  const { groupOfOne } = settings;
  const plural = groupOfOne === 'payloads' || (groupOfOne === 'random' && random.happens(0.5));
  if (payloads.length > 1 || (webhook.grouping && plural)) return { payloads };
  return { payload: payloads[0] };
}

/** Cuts events of one name into groups: how large they are is up to Docebo's buffers. */
function group(events: readonly WebhookEvent[], { split, maxGroup }: SenderSettings, random: SeededRandom) {
  const groups: WebhookEvent[][] = [];
  for (const name of new Set(events.map((event) => event.name))) {
    let left = events.filter((event) => event.name === name);
    while (left.length > 0) {
      const largest = Math.min(maxGroup, left.length);
      const size = { whole: largest, ones: 1, random: random.upTo(largest) }[split];
      groups.push(left.slice(0, size));
      left = left.slice(size);
    }
  }
  return groups;
}
