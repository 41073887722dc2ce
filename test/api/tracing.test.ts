import { context, trace } from '@opentelemetry/api';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-node';
import { startTracing } from '../../src/app/telemetry/spans/start-tracing';
import type { Tracing } from '../../src/app/telemetry/tracing';
import { anApp, closeApps, send } from './an-app';

const exporter = new InMemorySpanExporter();
let tracing: Tracing;
beforeEach(() => {
  exporter.reset();
  const settings = {
    url: 'http://unused',
    timeoutMs: 100,
    serviceName: null,
    attributes: {},
    sampler: { ratio: 1, followsParent: true },
  };
  tracing = startTracing(
    { settings, headers: {}, process: 'api', logger: { warn: jest.fn() } },
    {
      export: (spans, done) => exporter.export(spans, done),
      shutdown: () => Promise.resolve(),
    },
  );
});
afterEach(async () => {
  await closeApps();
  await tracing.close();
});

async function spans() {
  await tracing.close();
  return exporter.getFinishedSpans().map((span) => ({
    name: span.name,
    traceId: span.spanContext().traceId,
    parentId: span.parentSpanContext?.spanId,
    attributes: span.attributes,
  }));
}

const CALLER = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };

describe('a traced request', () => {
  it('is what its hints are sent in, though the body came in between', async () => {
    const { app, hints } = anApp({ tracing: tracing.requests });
    const seen: (string | undefined)[] = [];
    hints.behave(async () => void seen.push(trace.getSpanContext(context.active())?.traceId));
    // Over a socket: injected bodies come in at once.
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    const answer = await fetch(`${address}/webhooks/docebo/acme`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('docebo:new secret').toString('base64')}` },
      body: JSON.stringify({ sessions: ['1'], padding: 'x'.repeat(500_000) }),
    });

    expect(answer.status).toBe(200);
    const [span, ...others] = await spans();
    expect(others).toEqual([]);
    expect(span).toMatchObject({
      name: 'POST /webhooks/docebo/:platform',
      attributes: { 'http.response.status_code': 200, 'http.route': '/webhooks/docebo/:platform' },
    });
    expect(seen).toEqual([span?.traceId]);
  });

  it('names route and code, never what stands in the path, the query or the body', async () => {
    const { app } = anApp({ tracing: tracing.requests });
    const secret = 'ada.lovelace';
    await send(app, { platform: secret, body: { [secret]: secret }, headers: { 'user-agent': secret } });
    await app.inject({
      method: 'POST',
      url: `/webhooks/docebo/acme?who=${secret}`,
      headers: { authorization: secret },
    });

    const made = await spans();
    expect(made.map(({ attributes }) => attributes['error.type'])).toEqual([
      'INGRESS_PLATFORM_UNKNOWN',
      'INGRESS_UNAUTHORIZED',
    ]);
    expect(JSON.stringify(made)).not.toContain(secret);
  });

  it('is none for what does not exist, and for what machines ask all the time', async () => {
    const { app } = anApp({ tracing: tracing.requests });
    for (const url of ['/nothing/here', '/healthz', '/readyz', '/openapi.json']) await app.inject({ url });

    expect(await spans()).toEqual([]);
  });

  it('goes on with its caller’s trace only where a proxy in front is known', async () => {
    await send(anApp({ tracing: tracing.requests }).app, { body: {}, headers: CALLER });
    await send(anApp({ tracing: tracing.requests, trustProxy: [] }).app, { body: {}, headers: CALLER });
    await send(anApp({ tracing: tracing.requests, trustProxy: ['127.0.0.1'] }).app, { body: {}, headers: CALLER });

    const made = await spans();
    expect(made.map(({ traceId }) => traceId === 'a'.repeat(32))).toEqual([false, false, true]);
    expect(made[2]?.parentId).toBe('b'.repeat(16));
  });

  it('is named on the lines of its log', async () => {
    const lines: string[] = [];
    const logger = { level: 'info', stream: { write: (line: string) => void lines.push(line) } };
    const { app } = anApp({ tracing: tracing.requests, logger });
    await send(app, { body: { sessions: ['1'] } });
    await send(app, { body: 'no JSON' });

    const made = await spans();
    const said = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(said.map(({ msg }) => msg)).toEqual(['webhook accepted', 'request refused', 'request completed']);
    expect(said.map(({ traceId }) => traceId)).toEqual([0, 1, 1].map((i) => made[i]?.traceId));
  });
});
