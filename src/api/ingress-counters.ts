import type { IngressMetrics } from './app-deps';

/** Counts since the start of this process, and a line in the log for what an operator should see. */
export function createIngressCounters(logger: {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}): IngressMetrics {
  const refused: Record<string, number> = {};
  let accepted = 0;
  let notified = 0;
  let forged = 0;
  return {
    webhookAccepted({ platform, hints, ignored, unknown, foreignDomain }) {
      accepted++;
      logger.info({ platform, hints, ignored, unknown, foreignDomain, accepted }, 'webhook accepted');
    },
    webhookRefused({ platform, code }) {
      refused[code] = (refused[code] ?? 0) + 1;
      if (code !== 'API_THROTTLED') logger.warn({ platform, code, count: refused[code] }, 'webhook refused');
    },
    notificationsReceived({ mailbox, changes, lifecycle, refused: wrong }) {
      notified += changes + lifecycle;
      forged += wrong;
      if (changes + lifecycle > 0) logger.info({ mailbox, changes, lifecycle, notified }, 'mailbox notified');
      if (wrong > 0) logger.warn({ mailbox, refused: wrong, forged }, 'notifications without the right secret');
    },
    notificationsRefused({ mailbox, code }) {
      refused[code] = (refused[code] ?? 0) + 1;
      logger.warn({ mailbox, code, count: refused[code] }, 'notification refused');
    },
  };
}
