import type { IngressMetrics } from '../../src/api/app-deps';

type Accepted = Parameters<IngressMetrics['webhookAccepted']>[0];
type Refused = Parameters<IngressMetrics['webhookRefused']>[0];

export class FakeIngressMetrics implements IngressMetrics {
  readonly accepted: Omit<Accepted, 'seconds'>[] = [];
  readonly refused: Omit<Refused, 'seconds'>[] = [];
  readonly notified: Parameters<IngressMetrics['notificationsReceived']>[0][] = [];
  readonly notNotified: Parameters<IngressMetrics['notificationsRefused']>[0][] = [];
  /** Of every message, in order. */
  readonly seconds: number[] = [];

  webhookAccepted({ seconds, ...message }: Accepted): void {
    this.accepted.push(message);
    this.seconds.push(seconds);
  }

  webhookRefused({ seconds, ...message }: Refused): void {
    this.refused.push(message);
    this.seconds.push(seconds);
  }

  notificationsReceived(message: Parameters<IngressMetrics['notificationsReceived']>[0]): void {
    this.notified.push(message);
  }

  notificationsRefused(message: Parameters<IngressMetrics['notificationsRefused']>[0]): void {
    this.notNotified.push(message);
  }
}
