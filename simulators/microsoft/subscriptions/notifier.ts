import type { ChangeNotification, LifecycleEventType } from '@microsoft/microsoft-graph-types';
import { etagOf } from '../calendar/to-event';
import type { ItemChange } from '../state/item-store';
import type { StoredSubscription } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';

const answerWithinMs = 3_000;
const handshakeWithinMs = 10_000;

/** The published type says `id` is the resource's; Outlook sends these four. */
type Notification = Omit<ChangeNotification, 'resourceData' | 'encryptedContent'> & {
  resourceData?: { '@odata.type': string; '@odata.id': string; '@odata.etag': string; id: string };
};

/** Tells subscribers what changed: at least once, after the answer to the writer, with retries. */
export class Notifier {
  private timers = new Set<NodeJS.Timeout>();
  private underWay = new Set<Promise<void>>();
  private readonly end = new AbortController();

  constructor(private readonly state: SimulatorState) {
    state.onChange((change) => this.onChange(change));
  }

  /** POSTs the validation token; true when the other side echoed it in time, as plain text. */
  async handshake(url: string): Promise<boolean> {
    const token = `Validation: Testing client application reachability for subscription Request-Id: ${Date.now().toString(36)} <&>`;
    const target = `${url}${url.includes('?') ? '&' : '?'}validationToken=${encodeURIComponent(token)}`;
    try {
      const response = await fetch(target, {
        method: 'POST',
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        signal: AbortSignal.timeout(handshakeWithinMs),
      });
      const isText = response.headers.get('content-type')?.startsWith('text/plain') === true;
      return response.status === 200 && isText && (await response.text()) === token;
    } catch {
      return false;
    }
  }

  sendLifecycle(subscription: StoredSubscription, lifecycleEvent: LifecycleEventType): void {
    if (subscription.lifecycleNotificationUrl === null) return;
    this.post(subscription.lifecycleNotificationUrl, { ...base(subscription), lifecycleEvent }, 0);
  }

  /** Everything that is being delivered now has been, or has been given up until its next attempt. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  async close(): Promise<void> {
    this.end.abort();
    for (const timer of this.timers) clearTimeout(timer);
    await this.settled();
  }

  private onChange(change: ItemChange): void {
    const { knobs, subscriptions } = this.state.data;
    for (const subscription of Object.values(subscriptions)) {
      if (!this.concerns(subscription, change)) continue;
      if (knobs.notificationsToLose > 0) {
        knobs.notificationsToLose--;
        continue;
      }
      const notification = this.toNotification(subscription, change);
      for (let copy = 0; copy <= knobs.notificationDuplicates; copy++)
        this.post(subscription.notificationUrl, notification, 0);
    }
  }

  private concerns(subscription: StoredSubscription, change: ItemChange): boolean {
    const { watches } = subscription;
    if (subscription.mailboxId !== change.item.mailboxId || watches.kind !== change.kind) return false;
    if (subscription.expiresAt <= this.state.nowIso() || !subscription.changeTypes.includes(change.changeType))
      return false;
    if (watches.kind === 'message') return watches.folderId === null || watches.folderId === change.container;
    return this.state.mailbox(subscription.mailboxId).calendars.some((c) => c.id === change.container);
  }

  private toNotification(subscription: StoredSubscription, change: ItemChange): Notification {
    const { item, kind } = change;
    const id = subscription.immutableIds ? item.id : item.restId;
    const resource = `Users/${subscription.mailboxId}/${kind === 'event' ? 'Events' : 'Messages'}/${id}`;
    return {
      ...base(subscription),
      changeType: change.changeType,
      resource,
      resourceData: {
        '@odata.type': `#Microsoft.Graph.${kind === 'event' ? 'Event' : 'Message'}`,
        '@odata.id': resource,
        '@odata.etag': etagOf(item),
        id,
      },
    };
  }

  private post(url: string, notification: Notification, attempt: number): void {
    if (this.end.signal.aborted) return;
    const delivery = this.deliver(url, notification).then((done) => {
      this.underWay.delete(delivery);
      const waitMs = this.state.data.knobs.notificationRetryMs[attempt];
      if (done || waitMs === undefined || this.end.signal.aborted) return;
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        this.post(url, notification, attempt + 1);
      }, waitMs);
      this.timers.add(timer);
    });
    this.underWay.add(delivery);
  }

  private async deliver(url: string, notification: Notification): Promise<boolean> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ value: [notification] }),
        signal: AbortSignal.any([this.end.signal, AbortSignal.timeout(answerWithinMs)]),
      });
      return response.ok;
    } catch {
      return false;
    }
  }
}

function base(subscription: StoredSubscription): Notification {
  return {
    subscriptionId: subscription.id,
    subscriptionExpirationDateTime: subscription.expiresAt,
    clientState: subscription.clientState,
    tenantId: subscription.tenantId,
    resource: subscription.resource,
  };
}
