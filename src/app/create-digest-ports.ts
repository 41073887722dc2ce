import { createNamesOf } from '../activities/failure-digest/collect-names';
import type { DigestPorts } from '../activities/failure-digest';
import type { Client } from '@temporalio/client';
import type { OtherProblem, WebhookHealth } from '../domain/failures/failure-reading';
import { judgeSilence } from '../domain/sweep/judge-silence';
import type { ConvokeSchedule } from '../temporal/convoke-schedules';
import { createFailureSources } from '../temporal/failure-sources';
import { createWebUiLinks } from '../temporal/web-ui-links';
import type { Config } from './config/config-types';
import type { SchedulesConfig } from './config/schedules';
import type { Logger } from './logger';
import { systemClock, type Systems } from './systems/systems';

/** What failure mails are made from. */
export function createDigestPorts(input: {
  readonly config: Config;
  readonly client: Client;
  readonly systems: Systems;
  readonly schedules: readonly ConvokeSchedule[];
  readonly logger: Logger;
}): Omit<DigestPorts, 'digest' | 'clock' | 'mailSender'> {
  const { config, client, systems, logger } = input;
  const { failureRecipients, names, templates, temporalUiUrl } = config.notifications;
  const startedAt = systemClock.now().toISOString();
  return {
    failureSources: createFailureSources({
      client,
      platforms: Object.keys(config.platforms),
      watched: config.changeNotifications.baseUrl === null ? [] : Object.keys(config.mailboxes),
      schedules: input.schedules
        .filter(({ platform, mailbox }) => platform !== null || mailbox !== null)
        .map(({ platform, mailbox, options }) => ({ scheduleId: options.scheduleId, platform, mailbox })),
      judge: (health) => judge(health, config.schedules, startedAt),
    }),
    digestSettings: { recipients: failureRecipients, names, templates },
    digestLinks: createWebUiLinks({ url: temporalUiUrl, namespace: config.temporal.namespace }),
    namesOf: createNamesOf(systems.trainingSourceOf),
    onDigestProblem: (problem) => logger.warn(problem, 'failures could not be told to everybody'),
  };
}

/** A platform that once sent webhooks and has gone silent; one that never sent any is watched since this process started. */
function judge(health: WebhookHealth, { silence, timeZone }: SchedulesConfig, startedAt: string): OtherProblem[] {
  const { limitMs, workingHours } = silence;
  const now = systemClock.now().toISOString();
  const { silent, since } = judgeSilence({
    lastWebhookAt: health.lastWebhookAt,
    watchedSince: startedAt,
    now,
    workingHours,
    zone: timeZone,
    limitMs,
  });
  if (!silent) return [];
  const message = `No webhook has come from ${health.platform} since ${since}.`;
  return [{ code: 'WEBHOOK_SILENCE', platform: health.platform, mailbox: null, since, message, workflowId: null }];
}
