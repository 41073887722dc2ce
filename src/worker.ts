import { loadEnvFile } from './app/env';
import { loadConfig } from './app/load-config';
import { createLogger, type Logger } from './app/logger';
import { runProcess } from './app/run-process';
import { runWorker } from './app/worker/run-worker';

let logger: Logger = createLogger({ level: 'info' }, 'worker');

void runProcess(
  () => logger,
  () => {
    loadEnvFile();
    const { config, secrets } = loadConfig();
    logger = createLogger({ level: config.logLevel, format: config.logFormat }, 'worker');
    for (const notice of config.notices) logger.info(notice);
    return runWorker({ config, secrets, logger });
  },
);
