import { createServer } from 'node:net';

/** So many numbers above a taken port are tried. */
const NEIGHBOURS = 50;

/** Free ports of this machine, all different: from `base` on, or any when it is 0. A taken one is passed over. */
export async function freePorts(base: number, count: number): Promise<number[]> {
  const ports: number[] = [];
  for (let next = base; ports.length < count; next++) {
    if (base > 0 && next > base + NEIGHBOURS)
      throw new Error(`no free ports from ${base} on: give another --port-base`);
    const port = await probe(base === 0 ? 0 : next);
    if (port !== null && !ports.includes(port)) ports.push(port);
  }
  return ports;
}

function probe(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}
