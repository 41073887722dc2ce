import type { MailboxKey } from '../../domain/model';
import type { Pace } from '../../domain/settings';
import type { ConfigContext } from './config-context';
import type { ApiConfig } from './config-types';
import { toMilliseconds } from './durations';
import { refuseUnderASecond } from './floors';

/** Whether Graph tells the api of changes in the mailboxes, and how often a poll may follow. */
export interface ChangeNotificationsConfig {
  /** Where the api is for Graph, without a slash at the end; null: change notifications are off. */
  readonly baseUrl: string | null;
  /** Least time between two polls of a mailbox that notifications cause. */
  readonly pollEveryMs: number;
  /** Waits after a failed attempt to subscribe. */
  readonly retryMs: readonly number[];
}

const DEFAULTS = { mode: 'off', pollAtMostEvery: '5s' } as const;

export function toChangeNotifications(
  context: ConfigContext,
  { publicUrl }: Pick<ApiConfig, 'publicUrl'>,
  { retryMs }: Pick<Pace, 'retryMs'>,
): ChangeNotificationsConfig {
  const { mode, pollAtMostEvery } = { ...DEFAULTS, ...context.file.changeNotifications };
  refuseUnderASecond(
    context,
    ['changeNotifications', 'pollAtMostEvery'],
    pollAtMostEvery,
    ', since every poll costs calls',
  );
  if (mode === 'on' && context.file.api?.publicUrl === undefined) {
    context.report(
      ['changeNotifications', 'mode'],
      'is on, but api.publicUrl is missing; write the https address under which Microsoft reaches the api, or set mode: off',
    );
  }
  return { baseUrl: mode === 'on' ? publicUrl : null, pollEveryMs: toMilliseconds(pollAtMostEvery), retryMs };
}

/** Where notifications of a mailbox arrive. It tells Convoke's subscriptions from others, so it has no second spelling. */
export function notificationUrls(
  baseUrl: string,
  mailbox: MailboxKey,
): { readonly notificationUrl: string; readonly lifecycleUrl: string } {
  const notificationUrl = `${baseUrl}/webhooks/graph/${mailbox}`;
  return { notificationUrl, lifecycleUrl: `${notificationUrl}/lifecycle` };
}
