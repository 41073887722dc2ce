import type { Metrics } from '../app/telemetry/metrics';
import type { IngressMetrics } from './app-deps';

/** What names none of our platforms or mailboxes counts under this word: what strangers send never becomes a label. */
const NONE = '(none)';

/** @param logger of notifications that are refused; what is taken has a line of its request's own. */
export function createIngressCounters(
  metrics: Metrics,
  logger: { warn(fields: object, message: string): void },
): IngressMetrics {
  return {
    webhookAccepted({ platform, hints, ignored, unknown, foreignDomain, seconds }) {
      metrics.observe('webhookSeconds', { platform, outcome: 'accepted' }, seconds);
      metrics.count('webhookPayloads', { platform, became: 'hint' }, hints);
      metrics.count('webhookPayloads', { platform, became: 'ignored' }, ignored);
      metrics.count('webhookPayloads', { platform, became: 'unknown' }, unknown);
      metrics.count('webhooksForeign', { platform }, foreignDomain ? 1 : 0);
      metrics.set('webhookLastAt', { platform }, Date.now() / 1_000);
    },
    webhookRefused({ platform, code, seconds }) {
      metrics.observe('webhookSeconds', { platform: platform ?? NONE, outcome: 'refused' }, seconds);
      metrics.count('webhooksRefused', { platform: platform ?? NONE, code });
    },
    notificationsReceived({ mailbox, changes, lifecycle, refused }) {
      const label = mailbox ?? NONE;
      metrics.count('notifications', { mailbox: label, kind: 'change' }, changes);
      metrics.count('notifications', { mailbox: label, kind: 'lifecycle' }, lifecycle);
      metrics.count('notifications', { mailbox: label, kind: 'forged' }, refused);
      if (refused > 0) logger.warn({ mailbox, refused }, 'notifications without the right secret');
    },
    notificationsRefused({ mailbox, code }) {
      metrics.count('notificationsRefused', { mailbox: mailbox ?? NONE, code });
      logger.warn({ mailbox, code }, 'notification refused');
    },
  };
}
