import type { WatchState } from '../contract/mailbox-watch';

/** Markdown for Temporal's Web UI: whether Graph notifies, and what came of it. */
export function describeWatch(state: WatchState): string {
  const { subscription, failure, counts, mailbox } = state;
  return [
    `**Change notifications of mailbox \`${mailbox}\`**`,
    '',
    subscription === null
      ? '- **no subscription**: answers come with the next regular poll'
      : `- subscription \`${subscription.id}\` until ${subscription.expiresAt}, to be renewed at ${subscription.renewAt}`,
    `- ${counts.notifications} notifications, the last at ${state.lastNotifiedAt ?? 'never'}; ${counts.polls} polls because of them, the last at ${state.lastPollAt ?? 'never'}`,
    `- ${counts.created} subscriptions made, ${counts.renewed} renewals, ${counts.pruned} surplus ones removed, ${counts.lifecycle} notices of Graph about them`,
    ...(failure === null
      ? []
      : [
          '',
          `**Problem** since ${failure.since}, ${failure.attempts} attempts, next at ${state.checkAt}`,
          '',
          `- \`${failure.code}\`: ${failure.message}`,
        ]),
  ].join('\n');
}
