import { createReadWebhook } from '../adapters/docebo/webhook/webhook';
import { createPayloadCodec } from '../temporal/payload-codec';
import { connectClient } from '../temporal/connection';
import { createDataConverter } from '../temporal/data-converter';
import { createOperator } from '../temporal/operator/create-operator';
import type { Operator } from '../temporal/operator/operator';
import type { SessionRef } from '../domain/model';
import { createMailboxWatch } from '../temporal/mailbox-watch';
import { createSessionHints } from '../temporal/session-hints';
import type { Config } from './config/config-types';
import { createReports } from './create-reports';
import { digest } from './keys';
import type { DryRunReport } from './dry-run';
import { NO_SESSIONS_MS } from './limits';
import type { Logger } from './logger';
import { createPlanForApi } from './plan-for-api';
import type { Secrets } from './secrets';
import { systemClock } from './systems/systems';
import { openTelemetry, type Telemetry } from './telemetry/telemetry';
import { openTracing, type Tracing } from './telemetry/tracing';
import { notificationTargetOf, watchSettings } from './worker/watch-settings';

/** Longer than anybody who asks waits; without it, calls would pile up while Temporal hangs. */
const READINESS_MS = 5_000;

/** What the HTTP server needs of the rest of the application. */
export interface Ingress {
  readonly platforms: Readonly<Record<string, PlatformParts>>;
  readonly hints: ReturnType<typeof createSessionHints>;
  readonly operator: Operator & { plan(ref: SessionRef): Promise<DryRunReport> };
  readonly reports: ReturnType<typeof createReports>;
  /** null: change notifications are off. */
  readonly notifications: NotificationParts | null;
  readonly codec: ReturnType<typeof createPayloadCodec>;
  readonly readiness: () => Promise<{ readonly ready: true } | { readonly ready: false; readonly reason: string }>;
  readonly clock: typeof systemClock;
  readonly telemetry: Telemetry;
  /** null: nothing is traced. */
  readonly tracing: Tracing | null;
  close(): Promise<void>;
}

interface NotificationParts {
  readonly clientStates: Readonly<Record<string, string>>;
  readonly watch: ReturnType<typeof createMailboxWatch>;
}

interface PlatformParts {
  readonly readWebhook: ReturnType<typeof createReadWebhook>;
  readonly credentials: readonly { readonly user: string; readonly password: string }[];
  readonly originalDomain: string | null;
}

export async function createIngress(input: {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly logger: Logger;
}): Promise<Ingress> {
  const { config, secrets, logger } = input;
  const temporal = { ...config.temporal, ...secrets.temporal };
  const telemetry = await openTelemetry(config, 'api');
  const tracing = await openTracing({
    settings: config.tracing,
    headers: secrets.tracingHeaders,
    process: 'api',
    logger,
  });
  const onUnreadable = (code: string): void => telemetry.metrics.count('codecFailures', { code });
  const dataConverter = createDataConverter(secrets.codecKeys, onUnreadable);
  const { client, close } = await connectClient(temporal, dataConverter, tracing?.client);
  const reports = createReports(client, logger);
  const platforms = Object.entries(config.platforms).map(([platform, { docebo }]): [string, PlatformParts] => [
    platform,
    {
      readWebhook: createReadWebhook(docebo.profile, { digest }),
      credentials: secrets.webhooks[platform] ?? [],
      originalDomain: docebo.originalDomain,
    },
  ]);
  const paceOf = (platform: string) => config.platforms[platform]?.settings.pace ?? config.pace;
  const hints = createSessionHints({ client, paceOf, noSessionsMs: NO_SESSIONS_MS });
  const operator = createOperator({ client, hints });
  const known = Object.keys(config.platforms);

  return {
    platforms: Object.fromEntries(platforms),
    hints,
    operator: { ...operator, plan: createPlanForApi({ client, operator, platforms: known, clock: systemClock }) },
    reports,
    notifications: toNotifications(config, secrets, client),
    codec: createPayloadCodec(secrets.codecKeys, onUnreadable),
    async readiness() {
      try {
        await client.withDeadline(Date.now() + READINESS_MS, () =>
          client.workflowService.describeNamespace({ namespace: temporal.namespace }),
        );
        return { ready: true };
      } catch {
        return { ready: false, reason: 'temporal-unreachable' };
      }
    },
    clock: systemClock,
    telemetry,
    tracing,
    async close() {
      await reports.close();
      await close();
      await tracing?.close();
      await telemetry.close();
    },
  };
}

function toNotifications(
  config: Config,
  secrets: Secrets,
  client: Parameters<typeof createMailboxWatch>[0]['client'],
): NotificationParts | null {
  const states = Object.keys(config.mailboxes).map((mailbox) => {
    const target = notificationTargetOf(config, secrets, mailbox);
    return target === null ? [] : [[mailbox, target.clientState] as const];
  });
  const clientStates = Object.fromEntries(states.flat());
  if (Object.keys(clientStates).length === 0) return null;
  return { clientStates, watch: createMailboxWatch({ client, settings: watchSettings(config) }) };
}
