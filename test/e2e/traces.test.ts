import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { OtlpCollector, type ReceivedSpan } from '../support/otlp-collector';
import { eventually, seedSession, Stack } from '../support/stack';

/** Traces of the processes as they run in production, at a collector that takes OTLP. That they name nobody: privacy.test.ts. */

let collector: OtlpCollector;
let stack: Stack;
let seed: Awaited<ReturnType<typeof seedSession>>;

beforeAll(async () => {
  collector = await OtlpCollector.open();
  stack = await Stack.open({ name: 'traces', logLevel: 'debug' });
  seed = await seedSession(stack);
});
afterAll(async () => {
  await stack.close();
  await collector.close();
});

const linesOf = (program: 'api' | 'worker') =>
  stack
    .log(program)
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('whoever does not trace loads nothing for it', () => {
  const main = join(__dirname, '../../lib/src');
  const loaded = `
    for (const file of ['app/worker/run-worker.js', 'app/create-ingress.js', 'api/build-app.js']) require('${main}/' + file);
    process.stdout.write(JSON.stringify(Object.keys(require.cache)));
  `;
  const files = JSON.parse(execFileSync(process.execPath, ['-e', loaded]).toString()) as string[];

  expect(files.length).toBeGreaterThan(500);
  // The interfaces alone come with prom-client.
  const ofTraces = files.filter((file) => /@opentelemetry\/(?!api\/)|telemetry\/spans\//.test(file));
  expect(ofTraces).toEqual([]);
});

test('without a collector nothing is carried, and no line names a trace', async () => {
  await stack.start();
  await stack.control.run('update-session', { sessionId: seed.session.id, name: 'Untraced' });
  await stack.settled(seed.session.id, (s) => s.lastChangeAt !== null);

  for (const program of ['api', 'worker'] as const)
    expect(linesOf(program).filter((line) => 'traceId' in line)).toEqual([]);
  const { events } = await stack.handle(seed.session.id).fetchHistory();
  expect(JSON.stringify(events)).not.toContain('_tracer-data');
  await stack.stop('api');
  await stack.stop('worker');
});

test('one trace leads from the webhook to Graph, and what is left is sent at the stop', async () => {
  // So rare that only the stop sends anything.
  Object.assign(stack.moreEnvironment, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'api-key=of%20the%20collector',
    OTEL_BSP_SCHEDULE_DELAY: '600000',
  });
  await stack.start();
  await stack.control.run('update-session', { sessionId: seed.session.id, name: 'Traced' });
  await stack.settled(seed.session.id, (s) => s.journal.filter((j) => j.what === 'updateContent').length >= 2);
  expect(collector.bodies).toEqual([]);
  const lines = { api: linesOf('api'), worker: linesOf('worker') };

  expect([await stack.stop('api'), await stack.stop('worker')]).toEqual([0, 0]);

  const spans = collector.spans();
  expect(new Set(collector.headers.map((headers) => `${String(headers.method)} ${String(headers.url)}`))).toEqual(
    new Set(['POST /v1/traces']),
  );
  expect(collector.headers[0]).toMatchObject({
    'api-key': 'of the collector',
    'content-type': 'application/x-protobuf',
  });
  const written = spans.filter(({ name }) => name === 'graph update');
  expect(written).toHaveLength(2);
  const chain = upwards(written[0]!, spans);
  expect(chain.map(({ name, service }) => [service, name])).toEqual([
    ['convoke-worker', 'graph update'],
    ['convoke-worker', 'activity updateCalendarEvent'],
    ['convoke-api', 'signal hint'],
    ['convoke-api', 'POST /webhooks/docebo/:platform'],
  ]);
  expect(new Set(chain.map(({ traceId }) => traceId)).size).toBe(1);

  // The same ids stand in the logs of both processes.
  const [{ traceId }] = chain as [ReceivedSpan];
  const line = lines.worker.find((l) => l.msg === 'written' && l.traceId === traceId);
  expect(spans.map(({ attributes }) => attributes['convoke.client_request_id'])).toContain(line?.clientRequestId);
  expect(line?.clientRequestId).toEqual(expect.any(String));
  expect(lines.api.find((l) => l.msg === 'webhook accepted' && l.traceId === traceId)).toMatchObject({
    workflowIds: [`session/academy/${seed.session.id}`],
  });
  // Docebo is read in it, too.
  expect(spans.filter((s) => s.traceId === traceId && s.name.startsWith('docebo ')).length).toBeGreaterThan(2);
});

test('a collector that is gone costs a line in the log, and no work', async () => {
  await collector.close();
  Object.assign(stack.moreEnvironment, { OTEL_BSP_SCHEDULE_DELAY: '200', OTEL_EXPORTER_OTLP_TIMEOUT: '500' });
  await stack.start();
  await stack.control.run('update-session', { sessionId: seed.session.id, name: 'Lost' });
  await stack.settled(seed.session.id, (s) => s.journal.filter((j) => j.what === 'updateContent').length >= 4);

  await eventually(
    async () => linesOf('worker').some(({ msg }) => String(msg).startsWith('traces could not be delivered')) || null,
    'the line',
  );
  const from = Date.now();
  expect([await stack.stop('api'), await stack.stop('worker')]).toEqual([0, 0]);
  expect(Date.now() - from).toBeLessThan(30_000);
  collector = await OtlpCollector.open();
});

/** A span, its parent, and so on. */
function upwards(span: ReceivedSpan, all: readonly ReceivedSpan[]): ReceivedSpan[] {
  const parent = all.find(({ spanId }) => spanId === span.parentId);
  return parent === undefined ? [span] : [span, ...upwards(parent, all)];
}
