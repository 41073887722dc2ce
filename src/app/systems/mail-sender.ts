import type { GraphMailbox } from '../../adapters/graph/client';
import { createGraphMailSender } from '../../adapters/graph/send-mail';
import { createSmtpMailSender, verifySmtp, type SmtpSettings } from '../../adapters/mail/smtp';
import { MAIL_PROPERTY_ID } from '../../contract/calendar-keys';
import { InvariantError } from '../../domain/errors';
import type { MailboxKey } from '../../domain/model';
import type { MailSender } from '../../domain/ports';
import type { NotificationsConfig } from '../config/config-types';

/** For each step of a conversation that somebody waits for. */
const TRY_MS = 10_000;

/** Of failure mails. */
export function createMailSender(
  sender: NotificationsConfig['sender'],
  {
    smtpPassword,
    graphOf,
  }: { readonly smtpPassword: string | null; readonly graphOf: (key: MailboxKey) => GraphMailbox },
): MailSender {
  switch (sender?.by) {
    case 'graph':
      return createGraphMailSender({ graph: graphOf(sender.mailbox), keyPropertyId: MAIL_PROPERTY_ID });
    case 'smtp':
      return createSmtpMailSender({ smtp: sender.smtp, password: smtpPassword });
    case undefined:
      // Only where nobody is named to be mailed: the digest then sends nothing.
      return {
        send: () => Promise.reject(new InvariantError('No sender of mails is set', { code: 'BUG_UNKNOWN_KEY' })),
      };
  }
}

/** Whether the mail server lets Convoke in; nothing is sent. Errors: `MAIL_*`. */
export function tryMailServer(smtp: SmtpSettings, password: string | null): Promise<void> {
  return verifySmtp({ smtp, password, timeoutMs: TRY_MS });
}
