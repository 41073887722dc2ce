import { join } from 'node:path';
import { ConfigError } from '../../domain/errors';
import { loadEnvFile, readEnv, type Env } from '../env';
import { loadConfig } from '../load-config';
import type { Config } from '../config/config-types';
import { supervise, type Print, type SupervisorSettings } from './supervise';

/**
 * `npm start`: everything from `.env` and convoke.yaml. Wrong or missing settings are told all at once, and nothing is started.
 * A signal stops it in order, Ctrl-C once more at once; started by another program over an IPC channel, it also ends when that program is
 * gone.
 */
export async function runSupervisor(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  onSecondInterrupt(() => process.exit(130));
  process.once('disconnect', () => stop.abort());
  // Whoever read the output may be gone; that is no reason to break off.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

  try {
    loadEnvFile();
    const env = readEnv();
    const { config } = loadConfig(env);
    for (const notice of config.notices) printLine('convoke', notice);
    await supervise(toSettings(config, env), printLine, stop.signal);
  } catch (error) {
    process.stderr.write(`${error instanceof ConfigError ? error.message : describe(error)}\n`);
    process.exitCode = 1;
  }
  if (process.connected) process.disconnect();
}

/** The guard ends the programs then. What comes within a moment of the first is its echo: a shell and npm pass signals on. */
function onSecondInterrupt(act: () => void): void {
  let first: number | null = null;
  process.on('SIGINT', () => {
    first ??= Date.now();
    if (Date.now() - first > ECHO_MS) act();
  });
}

const ECHO_MS = 1_000;

function toSettings({ temporal, api }: Config, { embedded, all }: Env): SupervisorSettings {
  const { dataFolder, cli, port, uiPort } = embedded;
  const lib = join(__dirname, '../..');
  return {
    dataFolder,
    namespace: temporal.namespace,
    temporal: temporal.isExternal
      ? { kind: 'external', address: temporal.address }
      : { kind: 'embedded', cli, port, uiPort },
    api: {
      host: api.host,
      port: api.port,
      codec: api.codec.access !== 'off',
      codecOrigins: api.codec.allowedOrigins,
    },
    scripts: {
      api: join(lib, 'api/main.js'),
      worker: join(lib, 'worker.js'),
      guard: join(__dirname, 'guard.js'),
    },
    env: all,
  };
}

const NAME_WIDTH = 8;

const printLine: Print = (name, line) => void process.stdout.write(`${name.padEnd(NAME_WIDTH)} | ${line}\n`);

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `\n  because of: ${error.cause.message}` : '';
  return `${error.message}${cause}`;
}
