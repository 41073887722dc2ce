import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type Connection } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { SEARCH_ATTRIBUTES } from '../../src/contract/search-attributes';
import { connectTemporal, createNamespace } from '../support/temporal';

describe('the Temporal server of a test run', () => {
  let connection: Connection;

  beforeAll(async () => {
    connection = await connectTemporal();
  });

  afterAll(() => connection.close());

  it('stores a workflow and finds it by a search attribute, in a namespace that has just been created', async () => {
    const client = new Client({ connection, namespace: await createNamespace(connection, 'server-smoke') });

    await startIdle(client, 'session/acme/7');

    expect(await untilFound(client, 'DoceboSessionId = "session/acme/7"')).toEqual(['session/acme/7']);
  });

  it('keeps namespaces of the same name apart: both may hold the same workflow id', async () => {
    const names = [await createNamespace(connection, 'twin'), await createNamespace(connection, 'twin')];
    const clients = names.map((namespace) => new Client({ connection, namespace }));

    const handles = await Promise.all(clients.map((client) => startIdle(client, 'session/acme/8')));
    await handles[0]?.terminate('only this one');

    const statuses = await Promise.all(handles.map(async (handle) => (await handle.describe()).status.name));
    expect(statuses).toEqual(['TERMINATED', 'RUNNING']);
  });
});

/** Nobody serves its queue: it stays open and does nothing. */
async function startIdle(client: Client, workflowId: string) {
  return client.workflow.start('idle', {
    workflowId,
    taskQueue: 'nobody',
    typedSearchAttributes: new TypedSearchAttributes([{ key: SEARCH_ATTRIBUTES.session, value: workflowId }]),
  });
}

/** Visibility lags behind the store: asks until the query finds something. */
async function untilFound(client: Client, query: string): Promise<string[]> {
  for (;;) {
    const ids: string[] = [];
    for await (const { workflowId } of client.workflow.list({ query })) ids.push(workflowId);
    if (ids.length > 0) return ids;
    await sleep(50);
  }
}
