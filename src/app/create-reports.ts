import type { Client } from '@temporalio/client';
import { createPlatformReports, type ClosablePlatformReports } from '../temporal/platform-reports';
import type { Logger } from './logger';
import { systemClock } from './systems/systems';

/** What this process tells the workflows `platform/<platform>`; what is late stands in its log. */
export function createReports(client: Client, logger: Logger): ClosablePlatformReports {
  return createPlatformReports({
    client,
    clock: systemClock,
    onProblem: ({ cause, ...problem }) => logger.warn({ err: cause, ...problem }, 'a report on a platform is late'),
  });
}
