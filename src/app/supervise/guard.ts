import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * A process of its own beside the supervisor, for the two things that a killed supervisor can no longer do: it ends the programs that are
 * left, and it keeps a second supervisor out of the data folder until they are gone. It lives as long as its stdin is open, and until
 * nothing is left to end.
 *
 *   node guard.js <data folder>
 *
 * It says `holding` or `taken` on stdout; it reads `+ <pid> <rank>` and `- <pid>` for programs that started (each leads its group) and ended.
 * The higher ranks are ended first: the store last.
 */
const GRACE_MS = 15_000;
const LOOK_EVERY_MS = 50;
const LAST_LOOK_MS = 2_000;

async function main(folder: string): Promise<void> {
  const programs = new Map<number, number>();
  // Ctrl-C and a closed terminal are the supervisor's to handle.
  for (const name of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(name, () => undefined);
  process.stdout.on('error', () => undefined);
  const lock = await takeLock(lockPath(folder));
  if (lock === null) {
    process.stdout.write('taken\n');
    return;
  }
  process.stdout.write('holding\n');
  const orders = createInterface({ input: process.stdin });
  orders.on('line', (line) => {
    const [sign, pid, rank] = line.split(' ');
    if (sign === '+') programs.set(Number(pid), Number(rank));
    if (sign === '-') programs.delete(Number(pid));
  });
  orders.on('close', () => {
    void endAll(programs).then(() => lock.close());
  });
}

async function endAll(programs: ReadonlyMap<number, number>): Promise<void> {
  const ranks = [...new Set(programs.values())].sort((a, b) => b - a);
  for (const rank of ranks) await end([...programs.keys()].filter((pid) => programs.get(pid) === rank));
}

async function end(pids: readonly number[]): Promise<void> {
  for (const pid of pids) signalGroup(pid, 'SIGTERM');
  const patienceEnds = Date.now() + GRACE_MS;
  while (pids.some((pid) => signalGroup(pid, 0))) {
    if (Date.now() > patienceEnds) for (const pid of pids) signalGroup(pid, 'SIGKILL');
    // The dead whom nobody buries (a container without an init process) count as alive.
    if (Date.now() > patienceEnds + LAST_LOOK_MS) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** Whether anybody of the group was there to get it. */
function signalGroup(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, name);
    return true;
  } catch {
    return false;
  }
}

/** A socket that somebody listens on is a lock that ends with its holder, however that ends. Null: taken. */
async function takeLock(path: string): Promise<Server | null> {
  for (;;) {
    const server = await listen(path);
    if (server !== null) return server;
    if (await answers(path)) return null;
    // Left by a guard that was killed.
    rmSync(path, { force: true });
  }
}

function listen(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(path, () => resolve(server));
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/** Of the 108 bytes that a socket's path may have; macOS has 104. */
const LONGEST_SOCKET_PATH = 100;

/** In the temporary folder, since the path of a socket has little room; one whose own path is too long gives way to /tmp. */
function lockPath(folder: string): string {
  const name = `convoke-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  const path = join(tmpdir(), `${name}.sock`);
  return path.length <= LONGEST_SOCKET_PATH ? path : join('/tmp', `${name}.sock`);
}

main(process.argv[2] ?? '.').catch((error: unknown) => {
  process.stderr.write(`guard: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
