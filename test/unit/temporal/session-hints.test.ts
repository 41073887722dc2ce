import type { HintSignal } from '../../../src/contract/messages';
import { createSessionHints, type SessionHintsOptions } from '../../../src/temporal/session-hints';
import { QUICK_PACE } from '../../support/pace';

interface Call {
  readonly workflowId: string;
  readonly keys: readonly string[];
  readonly leftMs: number;
}

/** Temporal that takes a call and answers it when it is told to. */
class HangingTemporal {
  readonly calls: Call[] = [];
  private readonly waiting: ((error?: Error) => void)[] = [];

  asClient(): SessionHintsOptions['client'] {
    let leftMs = 0;
    return {
      withDeadline: async (deadline, call) => {
        leftMs = Number(deadline) - Date.now();
        return call();
      },
      workflow: {
        signalWithStart: async (_type: unknown, options: Record<string, unknown>): Promise<never> => {
          const [signal] = options['signalArgs'] as [HintSignal];
          await this.take({ workflowId: String(options['workflowId']), keys: keysOf(signal), leftMs });
          return undefined as never;
        },
        getHandle: (workflowId) => ({
          signal: async (_name: unknown, ...args: unknown[]) =>
            this.take({ workflowId, keys: keysOf(args[0] as HintSignal), leftMs }),
        }),
      },
    };
  }

  private async take(call: Call): Promise<void> {
    this.calls.push(call);
    await new Promise<void>((resolve, reject) =>
      this.waiting.push((error) => (error === undefined ? resolve() : reject(error))),
    );
  }

  answer(error?: Error): void {
    for (const end of this.waiting.splice(0)) end(error);
  }
}

function keysOf({ hints }: HintSignal): readonly string[] {
  return hints.map(({ key }) => key);
}

function open() {
  const temporal = new HangingTemporal();
  const hints = createSessionHints({ client: temporal.asClient(), paceOf: () => QUICK_PACE, noSessionsMs: 1_000 });
  const hint = (sessionId: string, key: string, deadlineMs = 3_500): Promise<string> =>
    hints
      .hint({
        platform: 'academy',
        batch: {
          target: { kind: 'session', sessionId },
          receivedAt: '2026-05-04T09:00:00.000Z',
          hints: [{ key, kind: 'session-changed', courseId: null, eventId: null, userId: null }],
        },
        deadlineMs,
      })
      .then(
        () => 'stored',
        (error: { code: string }) => error.code,
      );
  return { temporal, hint };
}

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const settled = () => pass(0);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('while Temporal hangs, a few hundred calls hang with it, and not all that come', async () => {
  const { temporal, hint } = open();
  const asked = Array.from({ length: 2_000 }, (_, i) => hint(String(i), 'k', 20));
  await settled();

  expect(temporal.calls).toHaveLength(200);
  await pass(30);
  temporal.answer(new Error('4 DEADLINE_EXCEEDED'));

  expect(new Set(await Promise.all(asked))).toEqual(new Set(['TEMPORAL_UNAVAILABLE']));
  expect(temporal.calls).toHaveLength(200);
});

test('once it answers again, those whose time is not over go out with what is left of it', async () => {
  const { temporal, hint } = open();
  const asked = Array.from({ length: 201 }, (_, i) => hint(String(i), 'k', 1_000));
  await settled();
  await pass(100);
  temporal.answer();
  await settled();

  expect(temporal.calls).toHaveLength(201);
  expect([temporal.calls[0]!.leftMs, temporal.calls[200]!.leftMs]).toEqual([1_000, 900]);
  temporal.answer();
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['stored']));
});

test('what comes for a session while a call for it is under way goes out in one more call, and nothing is said before', async () => {
  const { temporal, hint } = open();
  const first = hint('1', 'a');
  const others = Promise.all([hint('1', 'b'), hint('1', 'c')]);
  await settled();
  expect(temporal.calls.map(({ keys }) => keys)).toEqual([['a']]);

  temporal.answer();
  expect(await first).toBe('stored');
  await settled();
  expect(temporal.calls.map(({ keys }) => keys)).toEqual([['a'], ['b', 'c']]);
  temporal.answer();

  expect(await others).toEqual(['stored', 'stored']);
});

test('one that has given up is still taken along by those who have not: nobody is told of what was left out', async () => {
  const { temporal, hint } = open();
  const first = hint('1', 'a');
  const hurried = hint('1', 'b', 10);
  const patient = hint('1', 'c');
  await settled();
  await pass(20);
  temporal.answer();
  await first;
  await settled();

  expect(temporal.calls[1]!.keys).toEqual(['b', 'c']);
  temporal.answer();
  expect(await Promise.all([hurried, patient])).toEqual(['stored', 'stored']);
});

test('a call that goes on after its deadline, as the client pauses before it tries again, holds up nobody', async () => {
  const { temporal, hint } = open();
  const first = hint('1', 'a', 1_000);
  const others = Array.from({ length: 199 }, (_, i) => hint(String(100 + i), 'k', 1_000));
  await pass(500);
  const next = hint('1', 'b', 1_000);
  const elsewhere = hint('2', 'c', 1_000);
  await settled();
  expect(temporal.calls).toHaveLength(200);

  await pass(500);

  expect(new Set(await Promise.all([first, ...others]))).toEqual(new Set(['TEMPORAL_UNAVAILABLE']));
  expect(temporal.calls.slice(200).map(({ keys }) => keys)).toEqual([['c'], ['b']]);
  temporal.answer();
  expect(await Promise.all([next, elsewhere])).toEqual(['stored', 'stored']);
});
