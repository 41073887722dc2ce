import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Client, type Connection } from '@temporalio/client';
import { createDataConverter } from '../../src/temporal/data-converter';
import { createPayloadCodec } from '../../src/temporal/payload-codec';
import { anApp, closeApps } from '../api/an-app';
import { connectTemporal, createNamespace, temporalAddress } from '../support/temporal';

const run = promisify(execFile);
const keys = [{ id: 'k1', key: new Uint8Array(32).fill(7) }];

let connection: Connection;
let namespace: string;

beforeAll(async () => {
  connection = await connectTemporal();
  namespace = await createNamespace(connection, 'codec-endpoint');
});
afterEach(closeApps);
afterAll(() => connection.close());

test("Temporal's own CLI reads stored payloads through the codec endpoint", async () => {
  const client = new Client({ connection, namespace, dataConverter: createDataConverter(keys) });
  await client.workflow.start('idle', { workflowId: 'w', taskQueue: 'nobody', args: [{ secret: 'plainmark' }] });
  const { app } = anApp({
    access: { tokens: [{ name: 'cli', roles: ['decode'], token: 'sesame' }], oidc: null, fetch },
    codec: { codec: createPayloadCodec(keys), access: { kind: 'bearer' }, allowedOrigins: [] },
  });
  const endpoint = `${await app.listen({ port: 0, host: '127.0.0.1' })}/codec`;

  const stored = await show([]);
  const read = await show(['--codec-endpoint', endpoint, '--codec-auth', 'Bearer sesame']);

  expect(stored).toContain('WorkflowExecutionStarted');
  expect(stored).not.toContain('plainmark');
  expect(read).toContain('plainmark');
});

async function show(options: readonly string[]): Promise<string> {
  const command = ['workflow', 'show', '-w', 'w', '-n', namespace, '--address', temporalAddress()];
  const { stdout } = await run(process.env['TEMPORAL_CLI_PATH'] ?? 'temporal', [...command, '--detailed', ...options]);
  return stdout;
}
