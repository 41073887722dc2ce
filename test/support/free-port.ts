import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the ports that systems give to whoever asks for any (from 32768 on Linux, 49152 elsewhere), and a part for each of jest's workers:
 * what is free stays so until the program that is told of it has started.
 */
const FIRST = 15_000;
const PART = 1_000;
const PARTS = 16;

const part = FIRST + (Number(process.env.JEST_WORKER_ID ?? 0) % PARTS) * PART;
let next = Math.floor(Math.random() * PART);

export async function freePort(): Promise<number> {
  for (;;) {
    const port = part + (next++ % PART);
    if (await isFree(port)) return port;
  }
}

/** On all addresses: programs differ in which one they take. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port);
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
