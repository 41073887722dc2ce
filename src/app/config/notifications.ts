import type { ConfigContext } from './config-context';
import type { NotificationsConfig } from './config-types';
import type { ConnectSettings } from './docebo-connect';

export function toNotifications(
  context: ConfigContext,
  { notificationMail: row }: ConnectSettings,
): NotificationsConfig {
  const own = context.file.notifications?.failureRecipients;
  if (row !== null && own !== undefined && !own.some((address) => address.toLowerCase() === row.value.toLowerCase())) {
    context.report(
      ['notifications', 'failureRecipients'],
      `lacks the address of ${row.place}; add it to the list or take one of the two out`,
    );
  }
  const failureRecipients = own ?? (row === null ? [] : [row.value]);
  if (failureRecipients.length === 0) {
    context.notice('Nobody is told of failures by mail: notifications.failureRecipients is empty.');
  }
  return { failureRecipients };
}
