import { defaultPayloadConverter } from '@temporalio/common';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { TRACE_HEADER } from '../../src/contract/trace-header';
import { replay } from '../support/replay';
import { aLearner, anEvent, someFacts } from '../support/builders';
import { atRest, SessionBench } from '../support/session-workers';

/** Messages and activities carry a trace; workflows know nothing of it. */

let trace = 'first';
const carried = () => ({ [TRACE_HEADER]: defaultPayloadConverter.toPayload({ traceparent: trace }) });
let bench: SessionBench;

beforeAll(async () => {
  bench = await SessionBench.open('traces', {
    plain: true,
    interceptors: {
      workflow: [
        {
          signal: (input, next) => next({ ...input, headers: { ...input.headers, ...carried() } }),
          signalWithStart: (input, next) => next({ ...input, headers: { ...input.headers, ...carried() } }),
        },
      ],
    },
  });
  bench.world.facts = facts();
  await bench.startWorkers();
});
afterAll(() => bench.close());

function facts(enrolled = ['1']) {
  const day = new Date(Date.now() + 86_400_000).toISOString();
  const event = anEvent({ eventId: '101', startsAt: day, endsAt: new Date(Date.parse(day) + 3_600_000).toISOString() });
  return someFacts({ events: [event], enrolments: enrolled.map((id) => aLearner(id)) });
}

/** Activities of the session's history, each with the trace that it was given. */
async function activities(): Promise<[string, string | null][]> {
  const { events } = await bench.handle('54').fetchHistory();
  return (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => {
    if (scheduled == null) return [];
    const payload = scheduled.header?.fields?.[TRACE_HEADER];
    const traceparent =
      payload == null ? null : defaultPayloadConverter.fromPayload<{ traceparent: string }>(payload).traceparent;
    return [[scheduled.activityType?.name ?? '', traceparent] as [string, string | null]];
  });
}

test('each activity has the trace of the message that led to it', async () => {
  await bench.hint('54');
  await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);
  const first = await activities();
  trace = 'second';
  bench.world.facts = facts(['1', '2']);
  await bench.hint('54');
  await bench.until('54', (s) => atRest(s) && s.journal.some((j) => j.what === 'updateAttendees'));

  const all = await activities();
  expect(first.map(([name]) => name)).toContain('createCalendarEvent');
  expect(new Set(first.map(([, of]) => of))).toEqual(new Set(['first']));
  const later = all.slice(first.length);
  expect(later.map(([name]) => name)).toContain('updateAttendees');
  expect(new Set(later.map(([, of]) => of))).toEqual(new Set(['second']));
});

test('its history replays with the interceptor and without: tracing changes nothing that a workflow does', async () => {
  const history = await bench.handle('54').fetchHistory();
  const { code } = await bundleWorkflowCode({
    workflowsPath: require.resolve('../../src/workflows'),
    logger: new DefaultLogger('ERROR'),
    failureConverterPath: require.resolve('../../src/temporal/failure-converter'),
  });
  expect(code).not.toContain('carry-trace');

  expect(await replay({ traced: history })).toEqual([]);
  expect(await replay({ traced: history }, { code })).toEqual([]);
});
