import type { MailboxKey } from '../../domain/model';
import type { RsvpPollSettings } from '../../domain/settings';
import type { ConfigContext } from './config-context';
import { DEFAULT_ACCOUNT } from './account-credentials';
import type { AccountConfig, AccountKey, MailboxConfig } from './config-types';
import { toMailboxAccount } from './mailbox-account';
import type { ConnectSettings } from './docebo-connect';
import type { MailboxSection } from './settings-file';

/** Events are watched for more than a year ahead, in a window that is opened anew every month. */
const RSVP_POLL: RsvpPollSettings = {
  windowDays: 400,
  rollBelowDays: 370,
  overlapMs: 3_600_000,
  inbox: { read: false, after: 'leave', folder: 'Meeting responses' },
};

export function toMailboxes(
  context: ConfigContext,
  {
    connect,
    accounts,
  }: { readonly connect: ConnectSettings; readonly accounts: Readonly<Record<AccountKey, AccountConfig>> },
): Record<MailboxKey, MailboxConfig> {
  const mailboxes: Record<MailboxKey, MailboxConfig> = {};
  const users = new Map<string, MailboxKey>();
  for (const [key, section] of Object.entries(context.file.mailboxes)) {
    const account = toMailboxAccount(context, { key, section, accounts });
    // "me" is somebody else's mailbox in each account.
    const user = section.user === 'me' ? `me ${account ?? key}` : section.user.toLowerCase();
    const twin = users.get(user);
    if (twin !== undefined) {
      context.report(
        ['mailboxes', key, 'user'],
        `is the same mailbox as ${twin}; together they would exceed what Graph allows one mailbox, so keep one of the two`,
      );
    }
    users.set(user, key);
    mailboxes[key] = {
      account: account ?? DEFAULT_ACCOUNT,
      user: section.user === 'me' ? null : section.user,
      calendarName: toCalendarName(context, { key, section, connect }),
      rsvp: { ...RSVP_POLL, inbox: { ...RSVP_POLL.inbox, ...section.inbox } },
    };
  }
  return mailboxes;
}

function toCalendarName(
  context: ConfigContext,
  {
    key,
    section: { calendarName },
    connect,
  }: { readonly key: MailboxKey; readonly section: MailboxSection; readonly connect: ConnectSettings },
): string | null {
  const row = connect.calendarName;
  if (row !== null && calendarName !== undefined && row.value !== calendarName) {
    context.report(
      ['mailboxes', key, 'calendarName'],
      `is "${calendarName}", but ${row.place} is "${row.value}"; make them the same or take one out`,
    );
  }
  return calendarName ?? row?.value ?? null;
}
