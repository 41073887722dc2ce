import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AccessError, InputError } from '../../../domain/errors';

export interface RedirectListener {
  /** What Entra is asked to lead back to. */
  readonly redirectUri: string;
  /**
   * The first answer that is ours, redeemed; the browser shows how it went. Others are turned away.
   *
   * @throws AccessError `GRAPH_SIGN_IN` when none comes in time, and what `redeem` throws.
   */
  next<T>(options: {
    readonly isOurs: (answer: URLSearchParams) => boolean;
    readonly redeem: (answer: URLSearchParams) => Promise<T>;
    readonly timeoutMs: number;
  }): Promise<T>;
  close(): void;
}

/**
 * Waits on this machine alone for a browser that comes back from Entra. Entra knows the address as http://localhost and does not look at its port.
 *
 * @throws InputError `INPUT_PORT` when the port is taken.
 */
export async function listenForRedirect(port: number): Promise<RedirectListener> {
  let handle: RequestListener = (_request, response) => page(response, 404, 'There is nothing here.');
  const serve: RequestListener = (request, response) => handle(request, response);
  const first = await listen(createServer(serve), port, '127.0.0.1');
  const bound = (first.address() as AddressInfo).port;
  // Browsers may take localhost for either; a machine without IPv6 has only one.
  const second = await listen(createServer(serve), bound, '::1').catch(() => null);

  return {
    redirectUri: `http://localhost:${bound}`,
    next: ({ isOurs, redeem, timeoutMs }) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(late(timeoutMs)), timeoutMs);
        let isRedeemed = false;
        handle = (request, response) => {
          const url = new URL(request.url ?? '/', 'http://localhost');
          if (request.method !== 'GET' || url.pathname !== '/') return page(response, 404, 'There is nothing here.');
          if (isRedeemed || !isOurs(url.searchParams))
            return page(response, 400, 'This is no answer to the sign-in that is under way.');
          isRedeemed = true;
          clearTimeout(timer);
          redeem(url.searchParams).then(
            (result) => {
              response.once('close', () => resolve(result));
              page(response, 200, 'You have signed in. You may close this window.');
            },
            (error: Error) => {
              response.once('close', () => reject(error));
              page(response, 400, 'The sign-in did not work. The terminal says why.');
            },
          );
        };
      }),
    close() {
      for (const server of [first, second]) {
        server?.close();
        server?.closeAllConnections();
      }
    },
  };
}

function late(timeoutMs: number): AccessError {
  const minutes = Math.round(timeoutMs / 60_000);
  return new AccessError(`Nobody signed in within ${minutes} minutes: start it again`, { code: 'GRAPH_SIGN_IN' });
}

function listen(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new InputError(`Port ${port} cannot be used (${cause.code}): name another one, or 0 for any free one`, {
          code: 'INPUT_PORT',
          cause,
        }),
      ),
    );
    server.listen({ port, host }, () => resolve(server));
  });
}

function page(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(`<!doctype html><html lang="en"><title>Convoke</title><p>${text}</p></html>`);
}
