import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { google } from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../../contract/search-attributes';
import { ConfigError } from '../../domain/errors';
import { ensureSearchAttributes } from '../../temporal/ensure-search-attributes';

export interface EmbeddedTemporal {
  readonly namespace: string;
  readonly port: number;
  readonly uiPort: number;
  /** SQLite file; its folder exists. */
  readonly databaseFile: string;
  /** Where the Web UI has payloads decoded; null: nowhere. */
  readonly codecEndpoint: string | null;
}

/** How long the history of an ended workflow stays readable; the server's own default is a day. */
export const RETENTION_DAYS = 30;
const RETENTION_SECONDS = RETENTION_DAYS * 86_400;

const LOOK_EVERY_MS = 100;

/** @throws ConfigError `CONFIG_TEMPORAL_CLI` when the program does not run. */
export async function checkCli(cli: string): Promise<void> {
  try {
    await promisify(execFile)(cli, ['--version'], { timeout: 30_000 });
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const problem =
      `TEMPORAL_CLI_PATH: the Temporal CLI "${cli}" does not run (${why}); name the program there, start with "npm start", ` +
      'which finds or fetches it, or name a server of your own in TEMPORAL_ADDRESS';
    throw new ConfigError([problem], 'CONFIG_TEMPORAL_CLI');
  }
}

/** Arguments for the Temporal CLI. WAL with `synchronous=FULL`: an acknowledged webhook survives power loss. */
export function startDevArgs({ namespace, port, uiPort, databaseFile, codecEndpoint }: EmbeddedTemporal): string[] {
  const attributes = Object.values(SEARCH_ATTRIBUTES).flatMap(({ name, type }) => [
    '--search-attribute',
    `${name}=${type.charAt(0)}${type.slice(1).toLowerCase()}`,
  ]);
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error'],
    ...['--db-filename', databaseFile, '--namespace', namespace, ...attributes],
    ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=FULL'],
    // The default of 100 fails the workflow task of a session that a burst of hints hits while it works.
    ...['--dynamic-config-value', 'history.maximumBufferedEventsBatch=1000'],
    ...['--ui-ip', '127.0.0.1', '--ui-port', String(uiPort), '--ui-disable-news-fetch'],
    ...(codecEndpoint === null ? [] : ['--ui-codec-endpoint', codecEndpoint]),
  ];
}

/**
 * Waits until the server serves the namespace, and sees to it that the namespace keeps histories for 30 days and has the search attributes,
 * also one that an earlier version made.
 *
 * @throws the last error when that has not come about within the time; when `signal` is aborted, its reason.
 */
export async function prepareNamespace(input: {
  readonly port: number;
  readonly namespace: string;
  readonly limitMs: number;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { port, namespace, signal } = input;
  const giveUpAt = Date.now() + input.limitMs;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await setUp(port, namespace);
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}

async function setUp(port: number, namespace: string): Promise<void> {
  // A channel that finds nobody waits a second and more before it looks again: it is opened when somebody listens.
  await touch(port);
  const connection = await Connection.connect({ address: `127.0.0.1:${port}`, connectTimeout: '5s' });
  try {
    const client = new Client({ connection, namespace });
    await setRetention(client, namespace);
    await ensureSearchAttributes(client, namespace);
  } finally {
    await connection.close();
  }
}

async function setRetention({ workflowService }: Client, namespace: string): Promise<void> {
  const { config } = await workflowService.describeNamespace({ namespace });
  if (Number(config?.workflowExecutionRetentionTtl?.seconds) === RETENTION_SECONDS) return;
  const workflowExecutionRetentionTtl = google.protobuf.Duration.fromObject({ seconds: RETENTION_SECONDS });
  await workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl } });
}

function touch(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
  });
}
