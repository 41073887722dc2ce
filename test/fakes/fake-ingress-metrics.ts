import type { IngressMetrics } from '../../src/api/app-deps';

export class FakeIngressMetrics implements IngressMetrics {
  readonly accepted: Parameters<IngressMetrics['webhookAccepted']>[0][] = [];
  readonly notified: Parameters<IngressMetrics['notificationsReceived']>[0][] = [];
  readonly notNotified: Parameters<IngressMetrics['notificationsRefused']>[0][] = [];
  readonly refused: Parameters<IngressMetrics['webhookRefused']>[0][] = [];

  webhookAccepted(message: Parameters<IngressMetrics['webhookAccepted']>[0]): void {
    this.accepted.push(message);
  }

  webhookRefused(message: Parameters<IngressMetrics['webhookRefused']>[0]): void {
    this.refused.push(message);
  }

  notificationsReceived(message: Parameters<IngressMetrics['notificationsReceived']>[0]): void {
    this.notified.push(message);
  }

  notificationsRefused(message: Parameters<IngressMetrics['notificationsRefused']>[0]): void {
    this.notNotified.push(message);
  }
}
