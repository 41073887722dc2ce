import { Runtime } from '@temporalio/worker';
import { toTemporalLogger, type Logger } from '../logger';
import { coreMetrics } from './core-metrics';
import type { Telemetry } from './telemetry';

/** Of Temporal's SDK: its lines, those of its core too, go into this process's log, and its numbers to this process's address. */
export async function installRuntime({ metrics, isServed }: Telemetry, logger: Logger): Promise<void> {
  const core = isServed ? await coreMetrics() : null;
  if (core !== null) metrics.append(core.source);
  Runtime.install({
    logger: toTemporalLogger(logger),
    telemetryOptions: { logging: { forward: {} }, ...(core !== null && { metrics: core.options }) },
  });
}
