/**
 * Runs one Temporal server in an empty folder and prints its address once it serves. It lives as long as its stdin is
 * open: however the test run ends, the server and its data go with it.
 *
 *   node temporal-keeper.mjs <Temporal CLI> [arguments for start-dev]
 */
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const START_LIMIT_MS = 90_000;
const STOP_LIMIT_MS = 20_000;

const [cli, ...extraArgs] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'convoke-temporal-'));
const address = `127.0.0.1:${await freePort()}`;
const server = startServer();
const ended = new Promise((resolve) => server.once('close', resolve));
let stopping = false;
let lastWords = '';

server.stderr.on('data', (text) => (lastWords = (lastWords + text).slice(-4_000)));
server.on('error', (error) => (lastWords = error.message));
process.stdin.resume().on('end', stop).on('error', stop);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

if (await serves()) process.stdout.write(`${address}\n`);
else if (!stopping) server.kill('SIGKILL');
await ended;
await rm(folder, { recursive: true, force: true });
if (!stopping) console.error(`The Temporal server for the tests has ended. Its last words:\n${lastWords}`);
process.exit(stopping ? 0 : 1);

function startServer() {
  const [ip, port] = address.split(':');
  const args = ['server', 'start-dev', '--headless', '--ip', ip, '--port', port, '--log-level', 'error'];
  args.push('--db-filename', join(folder, 'temporal.db'));
  // Nobody reads the data after the run: no write has to reach the disk.
  args.push('--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=OFF');
  // A search attribute that a test has just registered counts at once.
  args.push('--dynamic-config-value', 'system.forceSearchAttributesCacheRefreshOnRead=true');
  return spawn(cli, [...args, ...extraArgs], { stdio: ['ignore', 'ignore', 'pipe'] });
}

async function serves() {
  const health = () => promisify(execFile)(cli, ['operator', 'cluster', 'health', '--address', address]);
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline && server.exitCode === null && server.pid !== undefined && !stopping) {
    const answer = await health().catch(() => undefined);
    if (answer?.stdout.includes('SERVING')) return true;
    await sleep(50);
  }
  return false;
}

async function stop() {
  if (stopping) return;
  stopping = true;
  server.kill('SIGTERM');
  await sleep(STOP_LIMIT_MS, undefined, { ref: false });
  server.kill('SIGKILL');
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
