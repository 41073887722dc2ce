import { createServer, type Server } from 'node:http';
import { ConfigError } from '../../domain/errors';
import type { Metrics } from './metrics';

export interface MetricsAddress {
  readonly host: string;
  readonly port: number;
  /** Of the setting, for messages: `metrics.workerPort`. */
  readonly setting: string;
}

/** A former process may still be ending. */
const RETRIES = 6;
const RETRY_MS = 500;

/**
 * `GET /metrics` and nothing else, on an address of its own: a proxy in front of the api never leads here.
 *
 * @throws ConfigError `CONFIG_METRICS` the address cannot be listened on.
 */
export async function serveMetrics(
  metrics: Metrics,
  { host, port, setting }: MetricsAddress,
  { retries = RETRIES, retryMs = RETRY_MS }: { readonly retries?: number; readonly retryMs?: number } = {},
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.url?.split('?')[0] !== '/metrics' || request.method !== 'GET') {
      response.writeHead(404).end('GET /metrics\n');
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  for (let left = retries; ; left--) {
    try {
      await listen(server, host, port);
      break;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EADDRINUSE' || left === 0) throw refused({ host, port, setting }, code);
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function refused({ host, port, setting }: MetricsAddress, code = 'unknown'): ConfigError {
  const why =
    code === 'EADDRINUSE'
      ? `another program listens on ${host}:${port}; end it, or choose another port`
      : code === 'EADDRNOTAVAIL'
        ? `${host} is no address of this machine; write 127.0.0.1, 0.0.0.0 or one of its own in metrics.host`
        : `${host}:${port} cannot be listened on (${code}); choose another port or host`;
  return new ConfigError([`${setting}: ${why}`], 'CONFIG_METRICS');
}
