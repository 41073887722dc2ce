import { InputError } from '../../../../src/domain/errors';
import { toCallOutcome } from '../../../../src/domain/call-observer';
import { observedFetch } from '../../../../src/adapters/http/observed-fetch';
import type { ObservedCall } from '../../../../src/domain/call-observer';
import { callId, currentActivity, nextCallId } from '../../../../src/app/telemetry/current-activity';
import { Metrics } from '../../../../src/app/telemetry/metrics';
import { createCallObservers } from '../../../../src/app/telemetry/observe-calls';
import { observeLoad } from '../../../../src/app/telemetry/observe-load';
import { observedStore } from '../../../../src/app/telemetry/observe-store';
import { countSessionsAtScrapes } from '../../../../src/app/telemetry/count-sessions';
import type { CalendarStore } from '../../../../src/domain/ports';

const CALL: ObservedCall = {
  kind: 'create',
  method: 'POST',
  path: '/users/training/events',
  status: 201,
  durationMs: 120.4,
  clientRequestId: 'c-1',
  requestId: 'r-1',
};

describe('calls to other systems', () => {
  function observed() {
    const lines: [string, Record<string, unknown>, string][] = [];
    const log = (level: string) => (fields: object, message: string) =>
      void lines.push([level, fields as Record<string, unknown>, message]);
    const metrics = new Metrics('worker');
    const observerOf = createCallObservers(metrics, { info: log('info'), debug: log('debug') } as never);
    return { lines, metrics, observerOf };
  }

  it('are counted by what came of them, and timed', async () => {
    const { metrics, observerOf } = observed();
    const graph = observerOf('graph', 'training');

    graph.called(CALL);
    graph.called({ ...CALL, status: 429 });

    const text = await metrics.text();
    const labels = 'system="graph",target="training",kind="create"';
    expect(text).toContain(`convoke_calls_total{${labels},outcome="ok"} 1`);
    expect(text).toContain(`convoke_calls_total{${labels},outcome="throttled"} 1`);
    expect(text).toContain('convoke_call_duration_seconds_count{system="graph",target="training"} 2');
  });

  it('stand in the log with both ids: what changes something at info, reads and tokens at debug', () => {
    const { lines, observerOf } = observed();

    observerOf('graph', 'training').called(CALL);
    observerOf('docebo', 'academy').called({ ...CALL, method: 'GET', kind: 'session' });
    observerOf('entra', '').called({ ...CALL, kind: 'token', clientRequestId: null, requestId: null });

    expect(lines.map(([level, , message]) => [level, message])).toEqual([
      ['info', 'written'],
      ['debug', 'called'],
      ['debug', 'called'],
    ]);
    expect(lines[0]?.[1]).toEqual({
      system: 'graph',
      target: 'training',
      kind: 'create',
      method: 'POST',
      path: '/users/training/events',
      status: 201,
      durationMs: 120,
      clientRequestId: 'c-1',
      requestId: 'r-1',
    });
    expect(Object.keys(lines[2]?.[1] ?? {})).not.toContain('clientRequestId');
  });

  test.each([
    [200, 'ok'],
    [304, 'ok'],
    [401, 'access'],
    [403, 'access'],
    [404, 'not-found'],
    [410, 'not-found'],
    [409, 'conflict'],
    [412, 'conflict'],
    [400, 'refused'],
    [408, 'unavailable'],
    [423, 'unavailable'],
    [429, 'throttled'],
    [503, 'unavailable'],
    [0, 'unavailable'],
  ] as const)('status %i is called %s', (status, outcome) => {
    expect(toCallOutcome(status)).toBe(outcome);
  });
});

describe('a fetch that is observed', () => {
  const what = { kind: 'token', method: 'POST', path: '/token' };
  const told: ObservedCall[] = [];
  const observer = { called: (call: ObservedCall) => void told.push(call), nextCallId: () => 'id' };
  beforeEach(() => void told.splice(0));

  it('tells status and the other side’s request id', async () => {
    const answer = new Response('{}', { status: 401, headers: { 'x-ms-request-id': 'r-9' } });

    expect(await observedFetch(() => Promise.resolve(answer), observer, what)('http://x')).toBe(answer);

    expect(told).toEqual([expect.objectContaining({ ...what, status: 401, requestId: 'r-9' })]);
  });

  it('tells that there was no answer, and throws what fetch threw', async () => {
    const error = new TypeError('fetch failed');

    await expect(observedFetch(() => Promise.reject(error), observer, what)('http://x')).rejects.toBe(error);

    expect(told).toEqual([expect.objectContaining({ status: 0, requestId: null })]);
  });
});

describe('ids of calls', () => {
  const of = { runId: 'run', activityId: '5', attempt: 1, number: 1 };

  it('follow from run, activity, attempt and number', () => {
    expect(callId(of)).toBe(callId({ ...of }));
    const others = [
      { ...of, runId: 'other' },
      { ...of, activityId: '6' },
      { ...of, attempt: 2 },
      { ...of, number: 2 },
    ];
    expect(new Set([of, ...others].map(callId)).size).toBe(5);
    expect(callId(of)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('are there outside of activities, too', () => {
    expect(currentActivity()).toBeNull();
    expect(nextCallId()).not.toBe(nextCallId());
  });
});

describe('people whom a write makes Graph mail', () => {
  const person = (address: string) => ({ address, name: '' });
  const event = { attendees: [person('ada@x.example'), person('Ben@x.example')] } as never;
  const after = [person('ben@x.example'), person('cleo@x.example'), person('dora@x.example')] as never;

  async function mailed(store: Partial<CalendarStore>, act: (store: CalendarStore) => Promise<unknown>) {
    const metrics = new Metrics('worker');
    await act(observedStore({ mailbox: 'training', ...store } as CalendarStore, metrics)).catch(() => undefined);
    const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith('convoke_people_mailed_total{'));
    return Object.fromEntries(
      lines.map((line) => [/mail="(\w+)"/.exec(line)?.[1] ?? '', Number(line.split(' ').at(-1))] as const),
    );
  }
  const done = () => Promise.resolve({} as never);

  it.each<[string, Partial<CalendarStore>, (store: CalendarStore) => Promise<unknown>, object]>([
    [
      'a created event',
      { create: () => Promise.resolve({ kind: 'created', event }) },
      (s) => s.create({ attendees: after } as never),
      { invitation: 3 },
    ],
    [
      'a create that was one already',
      { create: () => Promise.resolve({ kind: 'duplicate', existingId: null }) },
      (s) => s.create({ attendees: after } as never),
      {},
    ],
    ['a changed event', { updateContent: done }, (s) => s.updateContent(event, {}), { update: 2 }],
    [
      'changed attendees',
      { replaceAttendees: done },
      (s) => s.replaceAttendees(event, after),
      { invitation: 2, cancellation: 1 },
    ],
    ['a cancelled event', { cancel: done }, (s) => s.cancel(event, ''), { cancellation: 2 }],
    [
      'a cancel that was refused',
      { cancel: () => Promise.reject(new InputError('no', { code: 'GRAPH_REFUSED' })) },
      (s) => s.cancel(event, ''),
      {},
    ],
  ])('%s', async (_what, store, act, expected) => {
    expect(await mailed(store, act)).toEqual(expected);
  });
});

describe('what is looked at by a scrape', () => {
  it('shows what is left of the limits', async () => {
    const metrics = new Metrics('worker');
    observeLoad(metrics, {
      load: () => ({
        docebo: { academy: { callsLeft: 190, blockedMs: 1_500 } },
        graph: { training: { inFlight: 4, waiting: 2, requestsLeft: 2_000, pausedMs: 0 } },
      }),
    });

    const text = await metrics.text();

    expect(text).toContain('convoke_docebo_calls_left{platform="academy"} 190');
    expect(text).toContain('convoke_docebo_blocked_seconds{platform="academy"} 1.5');
    expect(text).toContain('convoke_graph_in_flight{mailbox="training"} 4');
    expect(text).toContain('convoke_graph_waiting{mailbox="training"} 2');
    expect(text).toContain('convoke_graph_requests_left{mailbox="training"} 2000');
    expect(text).toContain('convoke_graph_paused_seconds{mailbox="training"} 0');
  });

  it('asks Temporal for the sessions once a minute, and keeps the numbers while it is away', async () => {
    const metrics = new Metrics('worker');
    const queries: string[] = [];
    let now = 0;
    let away = false;
    countSessionsAtScrapes({
      metrics,
      platforms: ['academy'],
      clock: { now: () => new Date(now) },
      client: {
        withDeadline: (_at: number, act: () => Promise<unknown>) => act(),
        workflow: {
          count: (query: string) => {
            queries.push(query);
            return away
              ? Promise.reject(new Error('away'))
              : Promise.resolve({ count: query.includes('error') ? 3 : 1 });
          },
        },
      } as never,
    });

    await metrics.text();
    now = 59_000;
    expect(await metrics.text()).toContain('convoke_sessions{platform="academy",status="error"} 3');
    expect(queries).toHaveLength(6);
    now = 61_000;
    away = true;

    expect(await metrics.text()).toContain('convoke_sessions{platform="academy",status="error"} 3');
    expect(queries).toHaveLength(12);
    expect(queries[0]).toContain('ConvokePlatform="academy" AND SyncStatus="pending"');
  });
});
