import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FakeOperator } from '../fakes/fake-operator';
import { FakeMailboxWatch } from '../fakes/fake-mailbox-watch';
import { anApp, closeApps } from './an-app';

const COPY = join(__dirname, '../../docs/openapi.json');

interface OpenApi {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, { responses: Record<string, unknown>; operationId: string }>>;
}

async function served(): Promise<OpenApi> {
  const codec = { encode: async <T>(p: T) => p, decode: async <T>(p: T) => p };
  const notifications = { clientStates: {}, watch: new FakeMailboxWatch() };
  const { app } = anApp({
    notifications,
    operator: new FakeOperator(),
    codec: { codec, access: { kind: 'loopback' }, allowedOrigins: [] },
  });
  return (await app.inject('/openapi.json')).json<OpenApi>();
}

describe('the OpenAPI document', () => {
  afterEach(closeApps);

  it('is the same in docs/openapi.json; UPDATE_OPENAPI=1 writes it anew, for Prettier to format', async () => {
    const document = await served();

    if (process.env['UPDATE_OPENAPI'] === '1') {
      await writeFile(COPY, `${JSON.stringify(document, null, 2)}\n`);
    }

    expect(JSON.parse(await readFile(COPY, 'utf8'))).toEqual(document);
  });

  it('names every route of the app', async () => {
    const document = await served();

    expect(document.openapi).toBe('3.1.0');
    const routes = Object.entries(document.paths).flatMap(([path, verbs]) =>
      Object.keys(verbs).map((verb) => `${verb} ${path}`),
    );
    expect(routes.sort()).toEqual([
      'get /api/v1/coverage',
      'get /api/v1/platforms/{platform}/health',
      'get /api/v1/sessions',
      'get /api/v1/sessions/{platform}/{sessionId}',
      'get /api/v1/sessions/{platform}/{sessionId}/events',
      'get /api/v1/sessions/{platform}/{sessionId}/why',
      'get /healthz',
      'get /openapi.json',
      'get /readyz',
      'post /api/v1/sessions/{platform}/{sessionId}/hold',
      'post /api/v1/sessions/{platform}/{sessionId}/plan',
      'post /api/v1/sessions/{platform}/{sessionId}/release',
      'post /api/v1/sessions/{platform}/{sessionId}/resync',
      'post /api/v1/sessions/{platform}/{sessionId}/terminate',
      'post /codec/decode',
      'post /codec/encode',
      'post /webhooks/docebo/{platform}',
      'post /webhooks/graph/{mailbox}',
      'post /webhooks/graph/{mailbox}/lifecycle',
    ]);
  });

  it('resolves every reference inside itself', async () => {
    const document = await served();

    const references = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? [];
    expect(references.length).toBeGreaterThan(5);
    for (const reference of references) {
      const path = reference.slice('"$ref":"#/'.length, -1).split('/');
      const target = path.reduce<unknown>(
        (node, key) => (node as Record<string, unknown> | undefined)?.[key],
        document,
      );
      expect({ reference, found: target !== undefined }).toEqual({ reference, found: true });
    }
  });
});
