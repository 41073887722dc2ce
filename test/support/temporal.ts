import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { NativeConnection } from '@temporalio/worker';
import { ensureSearchAttributes } from '../../src/temporal/ensure-search-attributes';
import { PATIENCE_MS } from './pace';

/** The bundled workflows, fresh in every run of the layers that the global setup serves. For `Worker.create`. */
export const WORKFLOW_BUNDLE_PATH = join(__dirname, '../../lib/workflow-bundle.js');

/** host:port of the Temporal server that the global setup has started for this run. */
export function temporalAddress(): string {
  const address = process.env.TEMPORAL_ADDRESS;
  if (!address) {
    throw new Error('No Temporal server for this layer: give its project in jest.config.js `needsTemporal`.');
  }
  return address;
}

/** For clients. Close it in `afterAll`. */
export async function connectTemporal(address = temporalAddress()): Promise<Connection> {
  return Connection.connect({ address });
}

/** For workers. Close it after the workers have stopped. */
export async function connectTemporalNative(): Promise<NativeConnection> {
  return NativeConnection.connect({ address: temporalAddress() });
}

/**
 * A namespace of a test file's own, with Convoke's search attributes, usable when this returns. `name` says whose it is,
 * e.g. `course-session`; the namespace's name, which is answered, also differs between two calls with the same name.
 */
export async function createNamespace(connection: Connection, name: string): Promise<string> {
  const namespace = `${name}-${randomBytes(4).toString('hex')}`;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  const client = new Client({ connection, namespace });
  await untilUsable(async () => {
    await ensureSearchAttributes(client, namespace);
    await client.workflow.count('SyncStatus = "none" AND SessionStartsAt IS NULL');
  });
  return namespace;
}

/** The server's parts learn of a new namespace one after the other; until then they answer "not found". */
async function untilUsable(attempt: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(20);
    }
  }
}
