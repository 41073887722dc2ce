import type { AccountKey, Config } from '../config/config-types';

/**
 * The permissions that somebody is asked for when signing in: what the mailboxes of this account need by the settings, and nothing else. `.Shared`
 * where a mailbox is not their own.
 */
export function accountPermissions({ mailboxes, notifications }: Config, account: AccountKey): string[] {
  const { sender, failureRecipients } = notifications;
  const mailingKey = sender?.by === 'graph' && failureRecipients.length > 0 ? sender.mailbox : null;
  const permissions = Object.entries(mailboxes)
    .filter(([, mailbox]) => mailbox.account === account)
    .flatMap(([key, { user, rsvp }]) => {
      const mail = !rsvp.inbox.read ? [] : [rsvp.inbox.after === 'leave' ? 'Mail.Read' : 'Mail.ReadWrite'];
      const needed = ['Calendars.ReadWrite', ...mail, ...(key === mailingKey ? ['Mail.Send'] : [])];
      return needed.map((permission) => (user === null ? permission : `${permission}.Shared`));
    });
  return [...new Set(permissions)].sort();
}
