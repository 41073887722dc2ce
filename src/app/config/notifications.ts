import type { SmtpSettings } from '../../adapters/mail/smtp';
import type { Env } from '../env';
import { readReferredFile } from './config-context';
import type { ConfigContext } from './config-context';
import type { NotificationsConfig } from './config-types';
import type { ConnectSettings } from './docebo-connect';
import { checkMailbox } from './routing';

const PORTS = { starttls: 587, tls: 465, never: 25 } as const;

/** Failure mails: who gets them, who sends them, and what stands in them. */
export function toNotifications(
  context: ConfigContext,
  connect: ConnectSettings,
  { variables }: Pick<Env, 'variables'>,
): NotificationsConfig {
  const { by = 'graph', smtp, names = 'never', temporalUiUrl } = context.file.notifications ?? {};
  const failureRecipients = toRecipients(context, connect);
  const smtpSettings = smtp === undefined ? null : toSmtp(context, smtp);
  if (by === 'graph' && smtp !== undefined) {
    context.notice('notifications.smtp is not used: notifications.by is graph.');
  }
  return {
    failureRecipients,
    sender:
      by === 'graph'
        ? toMailbox(context, failureRecipients.length > 0)
        : toSmtpSender(context, smtpSettings, variables.CONVOKE_SMTP_PASSWORD !== undefined),
    names,
    temporalUiUrl: temporalUiUrl === undefined ? null : toWebUi(context, temporalUiUrl),
    templates: { html: readTemplate(context, 'html'), text: readTemplate(context, 'txt') },
  };
}

function toRecipients(context: ConfigContext, { notificationMail: row }: ConnectSettings): readonly string[] {
  const own = context.file.notifications?.failureRecipients;
  if (row !== null && own !== undefined && !own.some((address) => address.toLowerCase() === row.value.toLowerCase())) {
    context.report(
      ['notifications', 'failureRecipients'],
      `lacks the address of ${row.place}; add it to the list or take one of the two out`,
    );
  }
  const given = own ?? (row === null ? [] : [row.value]);
  if (given.length === 0) {
    context.notice('Nobody is told of failures by mail: notifications.failureRecipients is empty.');
  }
  const isFirst = (address: string, i: number): boolean =>
    given.findIndex((other) => other.toLowerCase() === address.toLowerCase()) === i;
  return given.filter(isFirst);
}

/** A single mailbox needs no naming. */
function toMailbox(context: ConfigContext, isNeeded: boolean): NotificationsConfig['sender'] {
  const { mailboxKeys } = context;
  const own = context.file.notifications?.mailbox;
  const mailbox = own ?? (mailboxKeys.length === 1 ? mailboxKeys[0] : undefined);
  if (own !== undefined) checkMailbox(context, ['notifications', 'mailbox'], own);
  if (mailbox !== undefined) return { by: 'graph', mailbox };
  if (isNeeded) {
    context.report(
      ['notifications'],
      `mailbox is missing; write which of ${mailboxKeys.join(', ')} sends failure mails`,
    );
  }
  return null;
}

type SmtpSection = NonNullable<NonNullable<ConfigContext['file']['notifications']>['smtp']>;

function toSmtp(context: ConfigContext, section: SmtpSection): SmtpSettings {
  const { host, secure = 'starttls', port = PORTS[secure], user = null, from, caFile } = section;
  const at = ['notifications', 'smtp'] as const;
  if (secure === 'never' && user !== null) {
    context.report(
      [...at, 'secure'],
      'is never, so that the password would go over the wire unencrypted; write starttls or tls, or take user out',
    );
  }
  const ca =
    caFile === undefined ? null : readReferredFile(context, { path: caFile, base: 'settings', at: [...at, 'caFile'] });
  return { host, port, secure, user, from, ca };
}

function toSmtpSender(
  context: ConfigContext,
  smtp: SmtpSettings | null,
  hasPassword: boolean,
): NotificationsConfig['sender'] {
  if (smtp === null) {
    context.report(['notifications', 'by'], 'is smtp, but there is no notifications.smtp; write host and from there');
    return null;
  }
  if (smtp.user !== null && !hasPassword) {
    context.reportOther('CONVOKE_SMTP_PASSWORD: is missing; write the password of notifications.smtp.user');
  }
  if (smtp.secure === 'never') {
    context.notice('Failure mails go over the wire unencrypted: notifications.smtp.secure is never.');
  }
  return { by: 'smtp', smtp };
}

/** Only people follow it: it may well be their own machine's. */
function toWebUi(context: ConfigContext, address: string): string {
  const url = /^https?:\/\//i.test(address) && URL.canParse(address) ? new URL(address) : null;
  const at = ['notifications', 'temporalUiUrl'];
  if (url === null) context.report(at, `"${address}" is no web address; begin it with https:// or http://`);
  else if (url.username !== '' || url.password !== '')
    context.report(at, 'holds a name or password, which would stand in every mail; take them out');
  else if (url.search !== '' || url.hash !== '' || /\/namespaces(\/|$)/.test(url.pathname))
    context.report(
      at,
      `"${address}" goes on too far; leave out everything from ${url.search || url.hash || '/namespaces'}`,
    );
  return address.replace(/\/+$/, '');
}

function readTemplate(context: ConfigContext, extension: 'html' | 'txt'): string {
  const path = `templates/failure-digest.${extension}`;
  return readReferredFile(context, { path, base: 'package', at: ['notifications'] }) ?? '';
}
