import { context, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace-node';
import {
  ApplicationFailure,
  ApplicationFailureCategory,
  CancelledFailure,
  WorkflowNotFoundError,
  type Payload,
} from '@temporalio/common';
import { TRACE_HEADER } from '../../../../src/contract/trace-header';
import { startTracing } from '../../../../src/app/telemetry/spans/start-tracing';
import { toldExporter } from '../../../../src/app/telemetry/spans/told-exporter';
import type { Tracing } from '../../../../src/app/telemetry/tracing';

type Headers = Record<string, Payload>;

const exporter = new InMemorySpanExporter();
const SETTINGS = { url: 'http://unused', timeoutMs: 100, serviceName: null, attributes: {} };
let tracing: Tracing;
/** The sampler's share. */
function start(ratio = 1, followsParent = true): void {
  const settings = { ...SETTINGS, sampler: { ratio, followsParent } };
  exporter.reset();
  tracing = startTracing(
    { settings, headers: {}, process: 'api', logger: { warn: jest.fn() } },
    {
      export: (spans, done) => exporter.export(spans, done),
      // Else what was made would be gone with the end.
      shutdown: () => Promise.resolve(),
    },
  );
}
afterEach(() => tracing.close());

/** What was made, once everything has been sent. */
async function spans(): Promise<ReadableSpan[]> {
  await tracing.close();
  return exporter.getFinishedSpans();
}
const byName = (made: readonly ReadableSpan[], name: string): ReadableSpan => {
  const found = made.find((span) => span.name === name);
  if (found === undefined) throw new Error(`no ${name} among ${made.map((s) => s.name).join(', ')}`);
  return found;
};
const traceIdOf = (span: ReadableSpan): string => span.spanContext().traceId;

const POST = { method: 'POST', route: '/webhooks/docebo/:platform', id: 'r-1', headers: null };

/** A signal as Temporal's client sends it; answers the headers that go with it. */
async function signal(workflowId = 'session/academy/1'): Promise<Headers> {
  const [interceptor] = tracing.client.workflow as { signalWithStart: (...args: unknown[]) => Promise<unknown> }[];
  let sent: Headers = {};
  await interceptor!.signalWithStart(
    { workflowType: 'courseSession', signalName: 'hint', headers: {}, options: { workflowId } },
    async (input: { readonly headers: Headers }) => void (sent = input.headers),
  );
  return sent;
}

/** An attempt of an activity. */
async function attempt(headers: Headers, work: () => Promise<unknown>): Promise<unknown> {
  const info = {
    workflowExecution: { workflowId: 'session/academy/1', runId: 'run-1' },
    activityType: 'planSession',
    activityId: '7',
    attempt: 2,
    taskQueue: 'docebo/academy',
  };
  const { inbound } = tracing.activities({ info } as never);
  return inbound!.execute!({ args: [], headers }, work);
}

const CALL = {
  kind: 'attendees',
  method: 'PATCH',
  path: '/users/training/events/AAMk-an-id',
  status: 200,
  durationMs: 50,
  clientRequestId: 'c-1',
  requestId: 'g-1',
};
function call(over: Partial<typeof CALL> = {}): void {
  const observer = tracing.observed(() => ({ called: () => undefined, nextCallId: () => 'c-1' }))('graph', 'training');
  observer.called({ ...CALL, ...over });
}

describe('one trace', () => {
  beforeEach(() => start());

  it('leads from the request over the signal and the activity to the call', async () => {
    const request = tracing.requests.begin(POST);
    let headers: Headers = {};
    await new Promise<void>((resolve) => request.run(() => void signal().then((h) => ((headers = h), resolve()))));
    request.end({ status: 200, code: null });
    await attempt(headers, async () => call());

    const made = await spans();
    const chain = ['POST /webhooks/docebo/:platform', 'signal hint', 'activity planSession', 'graph attendees'].map(
      (name) => byName(made, name),
    );
    expect(new Set(chain.map(traceIdOf))).toEqual(new Set([request.traceId]));
    expect(chain.map((span) => span.parentSpanContext?.spanId)).toEqual([
      undefined,
      ...chain.slice(0, 3).map((span) => span.spanContext().spanId),
    ]);
  });

  it('says of each part what it was, and nothing of paths and people', async () => {
    const request = tracing.requests.begin(POST);
    await new Promise<void>((resolve) => request.run(() => void signal().then(() => resolve())));
    request.end({ status: 401, code: 'INGRESS_UNAUTHORIZED' });
    await attempt({}, async () => call());

    const made = await spans();
    expect(byName(made, 'POST /webhooks/docebo/:platform').attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/webhooks/docebo/:platform',
      'http.response.status_code': 401,
      'convoke.request_id': 'r-1',
      'error.type': 'INGRESS_UNAUTHORIZED',
    });
    expect(byName(made, 'signal hint').attributes).toEqual({ temporalWorkflowId: 'session/academy/1' });
    expect(byName(made, 'activity planSession').attributes).toEqual({
      temporalWorkflowId: 'session/academy/1',
      temporalRunId: 'run-1',
      temporalActivityId: '7',
      'convoke.activity': 'planSession',
      'convoke.attempt': 2,
      'convoke.queue': 'docebo/academy',
    });
    expect(byName(made, 'graph attendees').attributes).toEqual({
      'peer.service': 'graph',
      'convoke.system': 'graph',
      'convoke.target': 'training',
      'convoke.call': 'attendees',
      'http.request.method': 'PATCH',
      'http.response.status_code': 200,
      'convoke.client_request_id': 'c-1',
      'convoke.upstream_request_id': 'g-1',
    });
    expect(made[0]?.resource.attributes).toMatchObject({ 'service.name': 'convoke-api', 'convoke.process': 'api' });
  });

  it('shows a call as long as it was', async () => {
    await attempt({}, async () => call({ durationMs: 1_500 }));

    const { duration } = byName(await spans(), 'graph attendees');
    expect(duration[0] * 1_000 + duration[1] / 1e6).toBeCloseTo(1_500, 0);
  });

  it('is not joined by what happens outside of requests and activities', async () => {
    call();
    const headers = await signal();

    expect(headers).toEqual({});
    expect(await spans()).toEqual([]);
  });

  it('is known to log lines', async () => {
    const seen: (string | null)[] = [tracing.traceId()];
    await attempt({}, async () => void seen.push(tracing.traceId()));

    expect(seen).toEqual([null, traceIdOf((await spans())[0]!)]);
  });

  it.each([
    { [TRACE_HEADER]: { data: Buffer.from('{') } },
    { [TRACE_HEADER]: { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('{"traceparent":7}') } },
    { [TRACE_HEADER]: { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('{') } },
    { [TRACE_HEADER]: { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('null') } },
  ])('begins anew where a header cannot be read', async (headers) => {
    await expect(attempt(headers as unknown as Headers, async () => 'done')).resolves.toBe('done');

    expect((await spans())[0]?.parentSpanContext).toBeUndefined();
  });
});

describe('what a schedule began', () => {
  beforeEach(() => start());

  it('tells each session in a trace of its own, linked: a sweep may tell thousands', async () => {
    await attempt({}, async () => {
      await signal('session/academy/1');
      await signal('session/academy/2');
    });

    const made = await spans();
    const sweep = byName(made, 'activity planSession');
    const signals = made.filter(({ name }) => name === 'signal hint');
    expect(new Set([sweep, ...signals].map(traceIdOf)).size).toBe(3);
    expect(signals.map(({ links }) => links.map((link) => link.context.traceId))).toEqual([
      [traceIdOf(sweep)],
      [traceIdOf(sweep)],
    ]);
  });

  it('is otherwise where a message led to it: a course tells its sessions in the trace of its webhook', async () => {
    const request = tracing.requests.begin(POST);
    let headers: Headers = {};
    await new Promise<void>((resolve) => request.run(() => void signal().then((h) => ((headers = h), resolve()))));
    await attempt(headers, () => signal('session/academy/2'));

    const made = await spans();
    expect(new Set(made.map(traceIdOf))).toEqual(new Set([request.traceId]));
  });
});

describe('failures', () => {
  beforeEach(() => start());

  const benign = { category: ApplicationFailureCategory.BENIGN };
  test.each([
    [ApplicationFailure.create({ type: 'GRAPH_ACCESS', message: 'of ada@people.example' }), 'GRAPH_ACCESS', 2],
    [ApplicationFailure.create({ type: 'GRAPH_THROTTLED', ...benign }), 'GRAPH_THROTTLED', 0],
    [new CancelledFailure('stop'), 'CANCELLED', 0],
    [new TypeError('of ada@people.example'), 'UNKNOWN', 2],
  ])('of an activity are told by code: %s', async (error, code, status) => {
    await expect(attempt({}, () => Promise.reject(error))).rejects.toBe(error);

    const [span] = await spans();
    expect(span?.attributes['error.type']).toBe(code);
    expect(span?.status).toEqual({ code: status });
    expect(span?.events).toEqual([]);
  });

  test.each([
    [200, 0, undefined],
    [404, 2, 'not-found'],
    [0, 2, 'unavailable'],
  ])('of a call with status %s are told by what came of it', async (status, spanStatus, outcome) => {
    await attempt({}, async () => call({ status }));

    const span = byName(await spans(), 'graph attendees');
    expect([span.status.code, span.attributes['error.type']]).toEqual([spanStatus, outcome]);
  });

  test.each([
    [503, 'INGRESS_TEMPORAL_UNAVAILABLE', 2],
    [400, 'INPUT_BODY_NOT_JSON', 0],
  ])('of a request are ours from 500 on: %s', async (status, code, spanStatus) => {
    tracing.requests.begin(POST).end({ status, code });

    const [span] = await spans();
    expect([span?.status.code, span?.attributes['error.type']]).toEqual([spanStatus, code]);
  });

  it('of a signal do not keep it from failing', async () => {
    const [interceptor] = tracing.client.workflow as { signal: (...args: unknown[]) => Promise<unknown> }[];
    const input = { signalName: 'hint', headers: {}, workflowExecution: { workflowId: 'w' } };
    const failing = () =>
      attempt({}, () => interceptor!.signal(input, () => Promise.reject(new Error('of ada@people.example'))));

    await expect(failing()).rejects.toThrow('of ada');
    expect(JSON.stringify((await spans()).map(({ attributes, status }) => [attributes, status]))).not.toContain('ada');
  });

  test.each([
    [new WorkflowNotFoundError('gone', 'w', undefined), 'TEMPORAL_NO_WORKFLOW', 0],
    [new Error('no'), 'TEMPORAL_UNAVAILABLE', 2],
  ])('of a signal are failures unless its workflow has ended: %s', async (error, code, status) => {
    const [interceptor] = tracing.client.workflow as { signal: (...args: unknown[]) => Promise<unknown> }[];
    const input = { signalName: 'hint', headers: {}, workflowExecution: { workflowId: 'w' } };

    await expect(attempt({}, () => interceptor!.signal(input, () => Promise.reject(error)))).rejects.toBe(error);

    const span = byName(await spans(), 'signal hint');
    expect([span.attributes['error.type'], span.status.code]).toEqual([code, status]);
  });
});

describe('the share of traces', () => {
  it('is none with 0, and the caller’s decision before it', async () => {
    start(0);
    const parent = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };
    tracing.requests.begin(POST).end({ status: 200, code: null });
    const followed = tracing.requests.begin({ ...POST, headers: parent });
    followed.end({ status: 200, code: null });

    expect((await spans()).map(traceIdOf)).toEqual(['a'.repeat(32)]);
    expect(followed.traceId).toBe('a'.repeat(32));
  });

  it('is this process’s own where callers are not followed', async () => {
    start(0, false);
    const parent = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };
    tracing.requests.begin({ ...POST, headers: parent }).end({ status: 200, code: null });

    expect(await spans()).toEqual([]);
  });

  it('is decided once a trace: what was not taken sends no activity either', async () => {
    start(0);
    const request = tracing.requests.begin(POST);
    let headers: Headers = {};
    await new Promise<void>((resolve) => request.run(() => void signal().then((h) => ((headers = h), resolve()))));
    await tracing.close();
    start(1);
    await attempt(headers, async () => undefined);

    expect(Object.keys(headers)).toEqual([TRACE_HEADER]);
    expect(await spans()).toEqual([]);
  });

  it('carries no baggage of a caller’s on', async () => {
    start();
    const request = tracing.requests.begin({ ...POST, headers: { baggage: 'who=ada' } });
    let headers: Headers = {};
    await new Promise<void>((resolve) => request.run(() => void signal().then((h) => ((headers = h), resolve()))));

    const carried = Buffer.from(headers[TRACE_HEADER]!.data!).toString();
    expect(Object.keys(JSON.parse(carried) as object)).toEqual(['traceparent']);
  });
});

describe('a collector that does not answer', () => {
  beforeEach(() => start());

  it('is told in the log at once, then in sums every ten minutes', () => {
    const warn = jest.fn();
    let nowMs = 0;
    const failing = { export: (_spans: unknown, done: (result: { code: number }) => void) => done({ code: 1 }) };
    const told = toldExporter({ ...failing, shutdown: () => Promise.resolve() }, { warn }, () => nowMs);
    const lose = (spans: number): void => told.export(Array(spans).fill({}) as ReadableSpan[], () => undefined);

    lose(3);
    lose(4);
    nowMs = 600_000;
    lose(1);

    expect(warn.mock.calls.map(([fields]) => fields as unknown)).toEqual([{ spans: 3 }, { spans: 5 }]);
  });

  it('holds the stop up for three seconds at most', async () => {
    await tracing.close();
    const settings = { ...SETTINGS, sampler: { ratio: 1, followsParent: true } };
    let release = (): void => undefined;
    const hangs = {
      export: (_spans: unknown, done: (result: { code: number }) => void) => (release = () => done({ code: 1 })),
      shutdown: () => Promise.resolve(),
    };
    tracing = startTracing({ settings, headers: {}, process: 'worker', logger: { warn: jest.fn() } }, hangs);
    tracing.requests.begin(POST).end({ status: 200, code: null });
    jest.useFakeTimers();
    const closed = jest.fn();

    const closing = tracing.close().then(closed);
    await jest.advanceTimersByTimeAsync(2_999);
    expect(closed).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    await closing;
    jest.useRealTimers();

    expect(trace.getSpan(context.active())).toBeUndefined();
    release();
  });
});
