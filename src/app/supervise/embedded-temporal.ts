import { temporal } from '@temporalio/proto';
import type { Client } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../../contract/search-attributes';
import { ensureSearchAttributes } from '../../temporal/ensure-search-attributes';

export interface EmbeddedTemporal {
  readonly namespace: string;
  readonly port: number;
  readonly uiPort: number;
  /** SQLite file; its folder exists. */
  readonly databaseFile: string;
  /** Where the Web UI has payloads decoded. */
  readonly codecEndpoint: string;
}

/** How long the history of an ended workflow stays readable; the server's own default is a day. */
export const RETENTION_DAYS = 30;
const RETENTION_SECONDS = RETENTION_DAYS * 86_400;

/** The namespace's parts learn of it one after the other. */
const PREPARE_RETRY_MS = 100;

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
    ...['--ui-ip', '127.0.0.1', '--ui-port', String(uiPort), '--ui-codec-endpoint', codecEndpoint],
    '--ui-disable-news-fetch',
  ];
}

/**
 * Sees to it that the namespace keeps histories for 30 days and has the search attributes, also one that an earlier version made.
 *
 * @throws the last error when the server has not got there by the deadline (epoch ms).
 */
export async function prepareNamespace(client: Client, namespace: string, deadline: number): Promise<void> {
  for (;;) {
    try {
      await setRetention(client, namespace);
      await ensureSearchAttributes(client, namespace);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, PREPARE_RETRY_MS));
    }
  }
}

async function setRetention({ workflowService }: Client, namespace: string): Promise<void> {
  const { config } = await workflowService.describeNamespace({ namespace });
  if (Number(config?.workflowExecutionRetentionTtl?.seconds) === RETENTION_SECONDS) return;
  const workflowExecutionRetentionTtl = temporal.api.namespace.v1.NamespaceConfig.create({
    workflowExecutionRetentionTtl: { seconds: RETENTION_SECONDS } as never,
  });
  await workflowService.updateNamespace({ namespace, config: workflowExecutionRetentionTtl });
}
