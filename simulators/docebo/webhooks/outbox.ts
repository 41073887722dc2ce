import type { Delivery } from './delivery';

/** How many finished deliveries the log remembers. */
const LOG_LENGTH = 5000;

export interface SavedOutbox {
  readonly deliveries: readonly Delivery[];
  readonly lastSeq: number;
}

/** Every message by sequence number: those that wait, in the order in which they leave, and a log of those that are done. */
export class Outbox {
  private readonly bySeq = new Map<number, Delivery>();
  private readonly lanes = new Map<string, Delivery[]>();
  private done: number[] = [];
  private last = 0;

  get lastSeq(): number {
    return this.last;
  }

  nextSeq(): number {
    return ++this.last;
  }

  put(delivery: Delivery): Delivery {
    const old = this.bySeq.get(delivery.seq);
    if (old?.status === 'queued') this.queueOf(old.host).splice(this.queueOf(old.host).indexOf(old), 1);
    this.bySeq.set(delivery.seq, delivery);
    if (delivery.status === 'queued') this.insert(delivery);
    else if (delivery.status !== 'sending') this.finish(delivery);
    return delivery;
  }

  get(seq: number): Delivery {
    return this.bySeq.get(seq) as Delivery;
  }

  has(seq: number): boolean {
    return this.bySeq.has(seq);
  }

  hosts(): string[] {
    return [...this.lanes.keys()];
  }

  /** What waits for one host, in the order in which it leaves. */
  queueOf(host: string): Delivery[] {
    const lane = this.lanes.get(host) ?? [];
    this.lanes.set(host, lane);
    return lane;
  }

  queue(): Delivery[] {
    return [...this.lanes.values()].flat();
  }

  hasQueue(): boolean {
    return [...this.lanes.values()].some((lane) => lane.length > 0);
  }

  /** Oldest first. */
  all(): Delivery[] {
    return [...this.bySeq.values()].sort((a, b) => a.seq - b.seq);
  }

  since(seq: number): Delivery[] {
    const found: Delivery[] = [];
    for (let at = seq + 1; at <= this.last; at++) {
      const delivery = this.bySeq.get(at);
      if (delivery !== undefined) found.push(delivery);
    }
    return found;
  }

  find(messageId: string): Delivery | undefined {
    return this.all().findLast((d) => d.messageId === messageId);
  }

  save(): SavedOutbox {
    return { deliveries: this.all(), lastSeq: this.last };
  }

  load(saved: SavedOutbox): void {
    this.bySeq.clear();
    this.lanes.clear();
    this.done = [];
    // Never counts back: a message still under way must not be taken for a new one.
    this.last = Math.max(this.last, saved.lastSeq);
    // What was under way when the state was saved may or may not have arrived: it is sent again, as the real one would.
    for (const d of saved.deliveries) this.put(d.status === 'sending' ? { ...d, status: 'queued' } : d);
  }

  private insert(delivery: Delivery): void {
    const before = (d: Delivery) => d.dueAt < delivery.dueAt || (d.dueAt === delivery.dueAt && d.rank < delivery.rank);
    const lane = this.queueOf(delivery.host);
    let at = lane.length;
    while (at > 0 && !before(lane[at - 1] as Delivery)) at--;
    lane.splice(at, 0, delivery);
  }

  private finish(delivery: Delivery): void {
    this.done.push(delivery.seq);
    while (this.done.length > LOG_LENGTH) this.bySeq.delete(this.done.shift() as number);
  }
}
