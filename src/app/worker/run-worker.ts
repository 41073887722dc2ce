import { activityInfo } from '@temporalio/activity';
import type { WorkerDeploymentOptions } from '@temporalio/worker';
import { createActivities } from '../../activities/create-activities';
import { toApplicationFailure } from '../../activities/to-application-failure';
import { connectClient, connectWorker } from '../../temporal/connection';
import { createDataConverter } from '../../temporal/data-converter';
import { ensureSearchAttributes } from '../../temporal/ensure-search-attributes';
import { convokeSchedules } from '../../temporal/convoke-schedules';
import { limitedQueues } from '../../temporal/queues/limited-queues';
import { tellWatchSettings } from '../../temporal/mailbox-watch';
import { createPollTrigger } from '../../temporal/poll-trigger';
import { createSessionHints } from '../../temporal/session-hints';
import { createSessionRegistry } from '../../temporal/session-registry';
import { createSessionSignals } from '../../temporal/session-signals';
import { upsertSchedule } from '../../temporal/upsert-schedule';
import { DEFAULT_SWEEP } from '../../domain/sweep/sweep-settings';
import { activityProgress, keepAlive, throwIfCancelled } from './activity-life';
import { checkMailboxes } from './check-mailboxes';
import type { Config } from '../config/config-types';
import { createDigestPorts } from '../create-digest-ports';
import { createReports } from '../create-reports';
import { createAddressKeys, digest } from '../keys';
import { createLiveTemplates } from './live-templates';
import type { Logger } from '../logger';
import { NO_SESSIONS_MS, STOP_GRACE_MS } from '../limits';
import { openQueues, type QueueGuard } from './open-queues';
import type { RunningProcess } from '../run-process';
import type { Secrets } from '../secrets';
import { createSystems, systemClock } from '../systems/systems';
import { countSessionsAtScrapes } from '../telemetry/count-sessions';
import { currentActivity, traceOf } from '../telemetry/current-activity';
import { installRuntime } from '../telemetry/install-runtime';
import { observedActivities } from '../telemetry/observe-activities';
import { createCallObservers } from '../telemetry/observe-calls';
import { observeLoad } from '../telemetry/observe-load';
import { openTelemetry } from '../telemetry/telemetry';
import { openTracing } from '../telemetry/tracing';
import { watchSettings } from './watch-settings';
import { workflowBundlePath } from '../workflow-bundle';

/** Everything that a worker process is made of, running. */
export async function runWorker(input: {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly logger: Logger;
}): Promise<RunningProcess> {
  const { config, secrets, logger } = input;
  const { schedules, notifications } = config;
  const { sender, failureRecipients } = notifications;
  const telemetry = await openTelemetry(config, 'worker');
  const { metrics } = telemetry;
  const tracing = await openTracing({
    settings: config.tracing,
    headers: secrets.tracingHeaders,
    process: 'worker',
    logger,
  });
  const observerOf = createCallObservers(metrics, logger, tracing?.traceId);
  await installRuntime(telemetry, logger);
  let guard: QueueGuard = { enter: () => null };
  const systems = createSystems({
    config,
    secrets,
    telemetry: { metrics, observerOf: tracing === null ? observerOf : tracing.observed(observerOf) },
    enter: (queue) => guard.enter(queue),
    onSignInProblem: (account, err) => logger.warn({ err, account }, 'a refreshed sign-in could not be kept'),
  });
  observeLoad(metrics, systems);
  const { replicas, versioning } = config.worker;
  if (replicas === 'one') await checkMailboxes(config, systems.storeOf, logger);

  const temporal = { ...config.temporal, ...secrets.temporal };
  const dataConverter = createDataConverter(secrets.codecKeys, (code) => metrics.count('codecFailures', { code }));
  const { client, close: closeClient } = await connectClient(temporal, dataConverter, tracing?.client);
  const connection = await connectWorker(temporal);
  await ensureSearchAttributes(client, temporal.namespace);

  const paceOf = (platform: string) => systems.settingsOf(platform).pace;
  const wanted = convokeSchedules({
    mailboxes: Object.keys(config.mailboxes),
    platforms: Object.keys(config.platforms).filter((platform) => config.platforms[platform]?.mayBeSwept),
    mailsFrom: sender?.by === 'graph' && failureRecipients.length > 0 ? sender.mailbox : null,
    times: schedules,
  });
  const reports = createReports(client, logger);
  const platforms = Object.keys(config.platforms);
  countSessionsAtScrapes({ metrics, client, platforms, clock: systemClock });
  const activities = createActivities({
    ...systems,
    ...createDigestPorts({ config, client, systems, schedules: wanted, logger }),
    renderSettingsOf: createLiveTemplates({
      platforms: config.platforms,
      onChange({ problem, ...news }) {
        if (problem === null) logger.info(news, 'the template file has changed: the new text counts from now on');
        else logger.warn({ ...news, problem }, 'the template file cannot be read: its last text stays in use');
      },
    }),
    reports,
    registry: createSessionRegistry(client),
    sessionSignals: createSessionSignals(client),
    pollTrigger: createPollTrigger(client),
    sweepSettingsOf: () => ({
      ...DEFAULT_SWEEP,
      fullAt: schedules.sweepAllAt,
      zone: schedules.timeZone,
      maxCalls: schedules.sweepCalls,
      nearMs: schedules.sweepNearMs,
    }),
    sweepProgress: activityProgress(),
    onProgress: throwIfCancelled,
    hints: createSessionHints({ client, paceOf, noSessionsMs: NO_SESSIONS_MS }),
    keyOf: createAddressKeys(secrets.addressKey),
    digest,
    clock: systemClock,
    attempt: () => activityInfo().attempt,
    keepAlive,
    onError: (activity, err) => {
      const code = toApplicationFailure(err).type ?? 'UNKNOWN';
      metrics.count('activityFailures', { activity, code });
      logger.warn({ err, code, ...currentActivity(), ...traceOf(tracing?.traceId) }, 'an activity failed');
    },
  });
  for (const { options } of wanted) {
    const did = await upsertSchedule(client, options);
    logger.info({ schedule: options.scheduleId, did }, 'schedule in place');
  }
  for (const mailbox of Object.keys(config.mailboxes)) await tellWatchSettings(client, mailbox, watchSettings(config));
  const limited = limitedQueues({
    platforms: Object.keys(config.platforms),
    mailboxes: Object.keys(config.mailboxes),
  });
  const queues = await openQueues({
    config: config.worker,
    client,
    limited,
    workers: {
      connection,
      namespace: temporal.namespace,
      dataConverter,
      workflowBundlePath: workflowBundlePath(),
      activities: { ...observedActivities(activities, metrics, systemClock) },
      graceMs: STOP_GRACE_MS,
      deployment: toDeployment(versioning),
      ...(tracing !== null && { interceptors: [tracing.activities] }),
    },
    check: async ({ mailbox }) => {
      if (mailbox !== null) await checkMailboxes(config, systems.storeOf, logger, [mailbox]);
    },
    logger,
  });
  guard = queues.guard;
  logger.info(
    { address: temporal.address, namespace: temporal.namespace, queues: limited.length, replicas, versioning },
    'worker runs',
  );

  return {
    done: queues.done,
    async stop() {
      queues.shutdown();
      await queues.done;
      await reports.close();
      await connection.close();
      await closeClient();
      await tracing?.close();
      await telemetry.close();
    },
  };
}

function toDeployment(versioning: Config['worker']['versioning']): WorkerDeploymentOptions | null {
  if (versioning === null) return null;
  return {
    useWorkerVersioning: true,
    version: { deploymentName: versioning.deployment, buildId: versioning.buildId },
    defaultVersioningBehavior: 'AUTO_UPGRADE',
  };
}
