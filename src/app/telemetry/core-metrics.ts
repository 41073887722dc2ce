import { createServer, type AddressInfo } from 'node:net';
import type { TelemetryOptions } from '@temporalio/worker';
import type { MetricSource } from './metrics';

const TIMEOUT_MS = 2_000;

/**
 * The numbers of Temporal's SDK core. It serves them by itself alone, on a port of this machine that nobody needs to know; the process's
 * own address hands them on, so that there is one to scrape.
 */
export async function coreMetrics(): Promise<{
  readonly options: NonNullable<TelemetryOptions['metrics']>;
  readonly source: MetricSource;
}> {
  const bindAddress = `127.0.0.1:${await freePort()}`;
  return {
    options: {
      // The service's name would say the same on every line.
      attachServiceName: false,
      prometheus: { bindAddress, countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true },
    },
    async source() {
      const answer = await fetch(`http://${bindAddress}/metrics`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      return answer.ok ? answer.text() : '';
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
