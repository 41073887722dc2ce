import type { Config } from '../config/config-types';
import { readBuildInfo } from './build-info';
import type { MetricProcess } from './metric-list';
import { Metrics } from './metrics';
import { serveMetrics } from './metrics-server';

export interface Telemetry {
  readonly metrics: Metrics;
  /** Whether anybody may scrape: what costs something to count is counted only then. */
  readonly isServed: boolean;
  close(): Promise<void>;
}

/**
 * What this process counts, served where the settings say; nowhere by default.
 *
 * @throws ConfigError `CONFIG_METRICS` the address cannot be listened on.
 */
export async function openTelemetry(config: Pick<Config, 'metrics'>, process: MetricProcess): Promise<Telemetry> {
  const { host, apiPort, workerPort } = config.metrics;
  const port = process === 'api' ? apiPort : workerPort;
  const metrics = new Metrics(process);
  if (port === null) return { metrics, isServed: false, close: () => Promise.resolve() };
  metrics.set('buildInfo', { process, ...readBuildInfo() }, 1);
  const setting = process === 'api' ? 'metrics.apiPort' : 'metrics.workerPort';
  const server = await serveMetrics(metrics.withProcessDefaults(), { host, port, setting });
  return { metrics, isServed: true, close: () => server.close() };
}
