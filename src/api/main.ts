import { loadEnvFile } from '../app/env';
import { loadConfig } from '../app/load-config';
import { createIngress } from '../app/create-ingress';
import { createLogger, toLogOptions, type Logger } from '../app/logger';
import { runProcess, type RunningProcess } from '../app/run-process';
import { hasOperators, toAccess } from './auth/to-access';
import { buildApp } from './build-app';
import { createIngressCounters } from './ingress-counters';

let logger: Logger = createLogger({ level: 'info' }, 'api');

async function start(): Promise<RunningProcess> {
  loadEnvFile();
  const { config, secrets } = loadConfig();
  const logSettings = { level: config.logLevel, format: config.logFormat };
  logger = createLogger(logSettings, 'api');
  for (const notice of config.notices) logger.info(notice);
  const ingress = await createIngress({ config, secrets, logger });
  const { api } = config;
  const app = buildApp({
    ...ingress,
    access: toAccess({ config, secrets }),
    operator: hasOperators({ config, secrets }) ? ingress.operator : null,
    codec:
      api.codec.access === 'off'
        ? null
        : { codec: ingress.codec, access: { kind: api.codec.access }, allowedOrigins: api.codec.allowedOrigins },
    tracing: ingress.tracing?.requests ?? null,
    metrics: createIngressCounters(ingress.telemetry.metrics, logger),
    logger: toLogOptions(logSettings, 'api'),
    limits: {
      bodyBytes: api.bodyLimitBytes,
      ackDeadlineMs: api.ackDeadlineMs,
      callsPerMinute: api.rateLimits.perCaller,
      failuresPerMinute: api.rateLimits.failures,
    },
    trustProxy: api.trustProxy,
  });
  await app.listen({ host: api.host, port: api.port });

  let finish: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (finish = resolve));
  return {
    done,
    async stop() {
      await app.close();
      await ingress.close();
      finish();
    },
  };
}

void runProcess(() => logger, start);
