import { loadConfiguration } from './app/load-configuration';
import { createLogger, type Logger } from './app/logger';
import { runProcess } from './app/run-process';
import { runWorker } from './app/run-worker';

let logger: Logger = createLogger('info', 'worker');

void runProcess(
  () => logger,
  () => {
    const { config, secrets } = loadConfiguration();
    logger = createLogger(config.logLevel, 'worker');
    for (const notice of config.notices) logger.info(notice);
    return runWorker({ config, secrets, logger });
  },
);
