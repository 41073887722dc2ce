import type { Env } from '../env';
import type { ConfigContext } from './config-context';
import type { MetricsConfig } from './config-types';

/** Where Prometheus finds the processes: nowhere, unless a port is named. */
export function toMetrics(context: ConfigContext, env: Pick<Env, 'metrics'>): MetricsConfig {
  const section = context.file.metrics ?? {};
  const host = env.metrics.host ?? section.host ?? '127.0.0.1';
  const apiPort = env.metrics.apiPort ?? section.apiPort ?? null;
  const workerPort = env.metrics.workerPort ?? section.workerPort ?? null;
  if (apiPort !== null && apiPort === workerPort && apiPort !== 0) {
    const problem = `is ${apiPort} for the api and for the worker; write another port for one of them, for they may run on one machine`;
    if (section.workerPort === undefined) context.reportOther(`metrics.workerPort: ${problem}`);
    else context.report(['metrics', 'workerPort'], problem);
  }
  return { host, apiPort, workerPort };
}
