import { loadEnvFile } from '../app/env';
import { loadConfig } from '../app/load-config';
import { createIngress } from '../app/create-ingress';
import { createLogger, type Logger } from '../app/logger';
import { runProcess, type RunningProcess } from '../app/run-process';
import type { CodecAccess } from './app-deps';
import { buildApp } from './build-app';
import { createIngressCounters } from './ingress-counters';

let logger: Logger = createLogger('info', 'api');

async function start(): Promise<RunningProcess> {
  loadEnvFile();
  const { config, secrets } = loadConfig();
  logger = createLogger(config.logLevel, 'api');
  for (const notice of config.notices) logger.info(notice);
  const ingress = await createIngress({ config, secrets, logger });
  const { api } = config;
  const app = buildApp({
    ...ingress,
    codec: codecOf(api.codec.access, secrets.codecToken, ingress.codec, api.codec.allowedOrigins),
    metrics: createIngressCounters(logger),
    logger: { level: config.logLevel, base: { process: 'api' } },
    limits: { bodyBytes: api.bodyLimitBytes, ackDeadlineMs: api.ackDeadlineMs },
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

function codecOf(
  kind: 'off' | CodecAccess['kind'],
  token: string | null,
  codec: Awaited<ReturnType<typeof createIngress>>['codec'],
  allowedOrigins: readonly string[],
): Parameters<typeof buildApp>[0]['codec'] {
  switch (kind) {
    case 'off':
      return null;
    case 'bearer':
      return { codec, access: { kind, token: token ?? '' }, allowedOrigins };
    case 'loopback':
    case 'network':
      return { codec, access: { kind }, allowedOrigins };
  }
}

void runProcess(() => logger, start);
