import type { Payload } from '@temporalio/common';
import { TRACE_HEADER } from '../../../src/contract/trace-header';
import { interceptors } from '../../../src/workflows/carry-trace';

type Headers = Record<string, Payload>;
const trace = (id: string): Headers => ({ [TRACE_HEADER]: { data: Buffer.from(id) } });

/** One workflow's interceptors, and what its activities are given. */
function aWorkflow() {
  const { inbound: [inbound] = [], outbound: [outbound] = [] } = interceptors();
  return {
    started: (headers: Headers) => void inbound!.execute!({ args: [], headers }, async () => undefined),
    signalled: (headers: Headers) =>
      void inbound!.handleSignal!({ signalName: 'hint', args: [], headers }, async () => undefined),
    updated: (headers: Headers) =>
      void inbound!.handleUpdate!({ updateId: 'u', name: 'resync', args: [], headers }, async () => undefined),
    activity: (headers: Headers = {}) => seen((next) => outbound!.scheduleActivity!({ headers } as never, next)),
    nextRun: () => seen((next) => outbound!.continueAsNew!({ headers: {} } as never, next as never)),
  };
}

function seen(call: (next: (input: { readonly headers: Headers }) => Promise<unknown>) => unknown): string | undefined {
  let found: Headers = {};
  void call(async (input) => void (found = input.headers));
  const data = found[TRACE_HEADER]?.data;
  return data == null ? undefined : Buffer.from(data).toString();
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('a trace', () => {
  it('is handed on from the start of a run, from signals and from updates: the newest counts', () => {
    const workflow = aWorkflow();
    workflow.started(trace('start'));
    const first = workflow.activity();
    workflow.signalled(trace('signal'));
    const second = workflow.activity();
    workflow.updated(trace('update'));

    expect([first, second, workflow.activity(), workflow.nextRun()]).toEqual(['start', 'signal', 'update', 'update']);
  });

  it('ends with a message that has none: what follows is not that trace’s', () => {
    const workflow = aWorkflow();
    workflow.started(trace('start'));
    workflow.signalled({});

    expect(workflow.activity()).toBeUndefined();
  });

  it('ends a quarter of an hour after its message: a timer days later is nobody’s', () => {
    const workflow = aWorkflow();
    workflow.started(trace('start'));
    jest.advanceTimersByTime(15 * 60_000);
    const inTime = workflow.activity();
    jest.advanceTimersByTime(1);

    expect(inTime).toBe('start');
    expect(workflow.activity()).toBeUndefined();
    expect(workflow.nextRun()).toBeUndefined();
  });

  it('is one workflow’s own', () => {
    const [one, other] = [aWorkflow(), aWorkflow()];
    one.started(trace('one'));

    expect(other.activity()).toBeUndefined();
  });

  it('leaves other headers, and the call’s own time, as they are', async () => {
    const { outbound: [outbound] = [] } = interceptors();
    const input = { headers: { other: { data: Buffer.from('kept') } } };
    const next = jest.fn().mockReturnValue('at once');

    // Not a promise of its own: another wait would change the order in which a workflow goes on.
    expect(outbound!.scheduleActivity!(input as never, next)).toBe('at once');
    expect(next).toHaveBeenCalledWith(input);
  });
});
