import type { WatchSettings } from '../../contract/mailbox-watch';
import type { MailboxKey } from '../../domain/model';
import { notificationUrls } from '../config/change-notifications';
import type { Config } from '../config/config-types';
import { createClientStates } from '../keys';
import type { Secrets } from '../secrets';

/** Graph may drop a subscription without a word. */
const CHECK_MS = 86_400_000;

export function watchSettings({ changeNotifications }: Pick<Config, 'changeNotifications'>): WatchSettings {
  const { baseUrl, pollEveryMs, retryMs } = changeNotifications;
  return { on: baseUrl !== null, pollEveryMs, retryMs, checkMs: CHECK_MS };
}

/** Address and secret of a mailbox's notifications: the same in the worker, which subscribes, and in the api, which is told. */
export function notificationTargetOf(
  { changeNotifications: { baseUrl } }: Pick<Config, 'changeNotifications'>,
  { addressKey }: Pick<Secrets, 'addressKey'>,
  mailbox: MailboxKey,
): { readonly notificationUrl: string; readonly lifecycleUrl: string; readonly clientState: string } | null {
  if (baseUrl === null) return null;
  const urls = notificationUrls(baseUrl, mailbox);
  return { ...urls, clientState: createClientStates(addressKey)(urls.notificationUrl) };
}
