import type { Clock } from '../../kit/clock';
import type { Change } from '../academy/academy';
import { CommandError } from '../academy/command-error';
import type { Profile } from '../profile';
import type { SenderSettings } from '../tenant-settings';
import { post, toDelivery, type Attempt, type Delivery } from './delivery';
import { toMessages } from './messages';
import { Outbox, type SavedOutbox } from './outbox';
import { toWebhookEvent } from './payloads';
import { SeededRandom } from './random';
import type { WebhookRegistry } from './registry';

const HOUR_MS = 3_600_000;
/** setTimeout cannot wait longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface SenderOptions {
  readonly clock: Clock;
  readonly registry: WebhookRegistry;
  readonly profile: Profile;
  readonly domain: string;
  readonly settings: () => SenderSettings;
}

/** Messages to one host leave one after the other, as fast as the settings allow; each host has a lane of its own. */
interface Lane {
  busy: number;
  freeAt: number;
}

export type ReleaseOrder = 'queued' | 'reversed' | 'shuffled' | readonly string[];

/** Queues messages for the webhooks that want them and delivers each until it is acknowledged or 60 hours old. */
export class WebhookSender {
  private readonly outbox = new Outbox();
  private readonly lanes = new Map<string, Lane>();
  private readonly closing = new AbortController();
  private random: SeededRandom;
  private seed: number;
  private timer: NodeJS.Timeout | undefined;
  private underWay = 0;
  private waitingForIdle: (() => void)[] = [];

  constructor(private readonly options: SenderOptions) {
    this.seed = options.settings().seed;
    this.random = new SeededRandom(this.seed);
  }

  /** Queues a change's messages; returns nothing, because in Docebo nobody waits for them. */
  publish(change: Change): void {
    const { clock, registry, profile, domain } = this.options;
    const settings = this.options.settings();
    const events = change.facts.map((fact) => toWebhookEvent(fact, profile, change.at));
    const now = clock.now();
    for (const webhook of registry.list()) {
      if (!webhook.active) continue;
      const batch = { events, fromBatchAction: change.batch, at: change.at, domain };
      for (const message of toMessages(webhook, batch, settings, this.random)) {
        const copies = this.random.happens(settings.duplicates) ? 2 : 1;
        const lost = this.random.happens(settings.losses);
        for (let copy = 0; copy < copies; copy++) {
          const lateBy = this.random.happens(settings.delayed) ? this.random.upTo(settings.delayMs) : 0;
          const at = { seq: this.outbox.nextSeq(), now, dueAt: now.getTime() + lateBy };
          const delivery = toDelivery(message, webhook, at);
          this.outbox.put(lost ? { ...delivery, status: 'lost' } : delivery);
        }
      }
    }
    this.pump();
  }

  get lastSeq(): number {
    return this.outbox.lastSeq;
  }

  /** Ids of the messages queued after `seq`, each once. */
  messageIdsSince(seq: number): string[] {
    return [...new Set(this.outbox.since(seq).map((delivery) => delivery.messageId))];
  }

  deliveries(): Delivery[] {
    return this.outbox.all();
  }

  deliveriesSince(seq: number): Delivery[] {
    return this.outbox.since(seq);
  }

  /** Sends a message once more, with its old id, URL and credentials. */
  redeliver(messageId: string): Delivery {
    const old = this.outbox.find(messageId);
    if (old === undefined) throw new CommandError(404, `there is no message ${messageId}`);
    const now = this.options.clock.now();
    const seq = this.outbox.nextSeq();
    const again = { ...old, seq, rank: seq, status: 'queued', attempts: [], dueAt: now.getTime() } as const;
    this.outbox.put({ ...again, queuedAt: now.toISOString() });
    this.pump();
    return this.outbox.get(seq);
  }

  /** Makes every waiting message due at once, in the wanted order; messages that are not named come last. */
  reorder(order: ReleaseOrder): void {
    const waiting = [...this.outbox.queue()].sort((a, b) => a.rank - b.rank);
    const dueAt = this.options.clock.now().getTime();
    for (const delivery of this.inOrder(waiting, order))
      this.outbox.put({ ...delivery, dueAt, rank: this.outbox.nextSeq() });
    this.pump();
  }

  settingsChanged(): void {
    const { seed } = this.options.settings();
    if (seed !== this.seed) this.random = new SeededRandom(seed);
    this.seed = seed;
    this.pump();
  }

  /** Looks for messages that are due; to be called when the clock has moved. */
  pump(): void {
    clearTimeout(this.timer);
    const settings = this.options.settings();
    if (settings.held || this.closing.signal.aborted) return;
    const now = this.options.clock.now().getTime();
    let next = Infinity;
    for (const host of this.outbox.hosts()) {
      const lane = this.laneOf(host);
      for (const delivery of this.outbox.queueOf(host).slice(0, Math.max(0, settings.parallelPerHost - lane.busy))) {
        const readyAt = Math.max(delivery.dueAt, lane.freeAt);
        if (readyAt <= now) this.start(delivery, lane, settings, now);
        else next = Math.min(next, readyAt);
      }
    }
    if (next < Infinity) this.timer = setTimeout(() => this.pump(), Math.min(next - now, LONGEST_TIMER_MS));
  }

  /** Waits until nothing is queued or under way, at most `timeoutMs`; tells whether that is so. */
  async whenIdle(timeoutMs: number): Promise<boolean> {
    if (this.isIdle()) return true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, timeoutMs)));
    await Promise.race([late, new Promise<void>((resolve) => this.waitingForIdle.push(resolve))]);
    clearTimeout(timer);
    return this.isIdle();
  }

  save(): SavedOutbox {
    return this.outbox.save();
  }

  load(saved: SavedOutbox): void {
    this.outbox.load(saved);
    this.lanes.clear();
    this.pump();
  }

  close(): void {
    clearTimeout(this.timer);
    this.closing.abort();
  }

  private start(delivery: Delivery, lane: Lane, settings: SenderSettings, now: number): void {
    const { messagesPerSecondPerHost: pace, timeoutMs } = settings;
    lane.busy++;
    if (pace > 0) lane.freeAt = now + 1000 / pace;
    this.underWay++;
    this.outbox.put({ ...delivery, status: 'sending' });
    const signal = AbortSignal.any([this.closing.signal, AbortSignal.timeout(timeoutMs)]);
    void post(delivery, signal).then((answer) => {
      lane.busy--;
      this.underWay--;
      if (this.closing.signal.aborted) return;
      this.settle(delivery, { at: this.options.clock.now().toISOString(), ...answer });
      this.pump();
      if (this.isIdle()) for (const wake of this.waitingForIdle.splice(0)) wake();
    });
  }

  /** Files the outcome: done, tried again later, or given up together with its webhook. */
  private settle(delivery: Delivery, attempt: Attempt): void {
    const attempts = [...delivery.attempts, attempt];
    if (!this.outbox.has(delivery.seq)) return;
    if (attempt.error === null) {
      this.outbox.put({ ...delivery, attempts, status: 'delivered' });
      return;
    }
    const { backoff, deactivateAfterHours } = this.options.settings();
    const now = this.options.clock.now().getTime();
    this.options.registry.noteError(delivery.webhookId, attempt.error);
    if (now - Date.parse(delivery.queuedAt) >= deactivateAfterHours * HOUR_MS) {
      this.options.registry.deactivateBySystem(delivery.webhookId);
      this.outbox.put({ ...delivery, attempts, status: 'expired' });
      return;
    }
    const wait = Math.min(backoff.baseMs * backoff.factor ** (attempts.length - 1), backoff.capMs);
    this.outbox.put({ ...delivery, attempts, status: 'queued', dueAt: now + wait });
  }

  private inOrder(waiting: Delivery[], order: ReleaseOrder): Delivery[] {
    if (order === 'queued') return waiting;
    if (order === 'reversed') return waiting.reverse();
    if (order === 'shuffled') return this.random.shuffled(waiting);
    const place = (d: Delivery) => (order.includes(d.messageId) ? order.indexOf(d.messageId) : order.length);
    return waiting.sort((a, b) => place(a) - place(b));
  }

  private isIdle(): boolean {
    return this.underWay === 0 && !this.outbox.hasQueue();
  }

  private laneOf(host: string): Lane {
    const lane = this.lanes.get(host) ?? { busy: 0, freeAt: 0 };
    this.lanes.set(host, lane);
    return lane;
  }
}
