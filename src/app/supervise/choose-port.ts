import { createServer } from 'node:net';

/** So many numbers above a taken port are tried before any free one is taken. */
const NEIGHBOURS = 20;

/**
 * The wanted port when it is free, else the next free one above it, else any. 0 asks for any free port.
 *
 * @param options.avoid ports that are spoken for although nobody listens there yet.
 */
export async function choosePort(
  wanted: number,
  { host = '127.0.0.1', avoid = [] }: { readonly host?: string; readonly avoid?: readonly number[] } = {},
): Promise<number> {
  const candidates = wanted === 0 ? [] : Array.from({ length: NEIGHBOURS + 1 }, (_, i) => wanted + i);
  for (const port of candidates.filter((p) => p <= 65_535 && !avoid.includes(p))) {
    if ((await tryPort(port, host)) !== null) return port;
  }
  for (;;) {
    const port = await tryPort(0, host);
    if (port === null) throw new Error(`no port can be opened on ${host}`);
    if (!avoid.includes(port)) return port;
  }
}

/** Listens for a moment; null when the port is taken. Other errors (a host that is not ours, a port for root only) go up. */
function tryPort(port: number, host: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(new Error(`port ${port} of ${host}: ${error.message}`)),
    );
    probe.listen({ port, host, exclusive: true }, () => {
      const address = probe.address();
      const chosen = typeof address === 'object' && address !== null ? address.port : port;
      probe.close(() => resolve(chosen));
    });
  });
}
