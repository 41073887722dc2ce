import { performance } from 'node:perf_hooks';
import type { HintCall } from '../fakes/fake-session-hints';
import { anApp, closeApps, send, someText, textLike } from './an-app';

// The deadline counts from the arrival: however long the machine keeps this process waiting in between, none of it is used up.
beforeEach(() => void jest.spyOn(performance, 'now').mockReturnValue(1_000));
afterEach(() => jest.restoreAllMocks());
afterEach(closeApps);

const body = { sessions: ['1', '2', '3'] };

describe('delivery of a webhook to Temporal', () => {
  it('starts all batches at once, with the time that is left', async () => {
    const { app, hints } = anApp({ limits: { ackDeadlineMs: 3_500 } });
    let store = (): void => {};
    const allStarted = new Promise<void>((resolve) => (store = resolve));
    hints.behave(async () => {
      if (hints.calls.length === 3) store();
      await allStarted;
    });

    const answer = await send(app, { body });

    expect(answer.statusCode).toBe(200);
    expect(hints.calls.map(({ deadlineMs }) => deadlineMs)).toEqual([3_500, 3_500, 3_500]);
  });

  it('answers 503 when one of several batches is not stored; the others stay, and the redelivery stores all', async () => {
    const { app, hints, reports, metrics } = anApp();
    hints.failFor(['session/acme/2']);

    const first = await send(app, { body });
    hints.failFor([]);
    const second = await send(app, { body });

    expect(first.statusCode).toBe(503);
    expect(first.json()).toMatchObject({ code: 'INGRESS_TEMPORAL_UNAVAILABLE' });
    expect(first.headers['retry-after']).toBe('30');
    expect(second.statusCode).toBe(200);
    expect(hints.stored.map((c) => c.workflowId).sort()).toEqual([
      'session/acme/1',
      'session/acme/1',
      'session/acme/2',
      'session/acme/3',
      'session/acme/3',
    ]);
    expect(reports.webhooks).toHaveLength(1);
    expect(metrics.refused).toEqual([{ platform: 'acme', code: 'INGRESS_TEMPORAL_UNAVAILABLE' }]);
    expect(metrics.accepted).toHaveLength(1);
  });

  it('answers 503 by the deadline when Temporal never answers', async () => {
    const { app, hints, reports, metrics } = anApp({ limits: { ackDeadlineMs: 30 } });
    hints.hang();

    const answer = await send(app, { body });

    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ code: 'INGRESS_TEMPORAL_UNAVAILABLE' });
    expect(hints.calls).toHaveLength(3);
    expect(reports.webhooks).toEqual([]);
    expect(metrics.refused).toHaveLength(1);
  });

  it('survives a batch that fails after the answer', async () => {
    const { app, hints } = anApp({ limits: { ackDeadlineMs: 30 } });
    const fail: (() => void)[] = [];
    hints.behave(() => new Promise((_, reject) => fail.push(() => reject(new Error('late')))));
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);

    const answer = await send(app, { body });
    fail.forEach((reject) => reject());
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    process.off('unhandledRejection', unhandled);

    expect(answer.statusCode).toBe(503);
    expect(fail).toHaveLength(3);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('names the wall of 10,000 signals, also beside other failures, and asks for a longer wait', async () => {
    const { app, hints, metrics } = anApp();
    const temporalError = (call: HintCall) => (call.workflowId === 'session/acme/2' ? 'SIGNAL_LIMIT' : 'UNAVAILABLE');
    hints.behave(async (call) => {
      hints.failFor(undefined, `TEMPORAL_${temporalError(call)}`);
      await hints.hint(call);
    });
    hints.failFor(['session/acme/2'], 'TEMPORAL_SIGNAL_LIMIT');

    const answer = await send(app, { body });

    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ code: 'INGRESS_SIGNAL_LIMIT' });
    expect(answer.headers['retry-after']).toBe('120');
    expect(metrics.refused).toEqual([{ platform: 'acme', code: 'INGRESS_SIGNAL_LIMIT' }]);
  });

  it.each([
    ['a rejection', async () => Promise.reject(new TypeError('secret detail'))],
    [
      'a plain throw',
      () => {
        throw new TypeError('secret detail');
      },
    ],
  ])('takes %s of the client as "not stored", and logs where it came from, not its words', async (_, behaviour) => {
    const lines: string[] = [];
    const { app, hints } = anApp({ logger: { stream: { write: (line) => lines.push(line) } } });
    hints.behave(behaviour);

    const answer = await send(app, { body });

    expect(answer.statusCode).toBe(503);
    expect(answer.body).not.toMatch(/secret detail|stack|\.ts/);
    const { occurrenceId } = answer.json<{ occurrenceId: string }>();
    const failed = lines.filter((line) => line.includes('request failed'));
    expect(failed).toHaveLength(1);
    expect(failed[0]).toContain(occurrenceId);
    expect(failed[0]).toMatch(/TypeError.*webhook-delivery/);
    expect(failed[0]).not.toContain('secret detail');
  });

  it('answers 500 to a bug in the reader without a word of it, and the next message is served', async () => {
    const lines: string[] = [];
    let broken = true;
    const { app } = anApp({
      logger: { stream: { write: (line) => lines.push(line) } },
      platforms: {
        acme: {
          readWebhook: () => {
            if (broken) throw new TypeError("cannot read properties of undefined (reading 'secret')");
            return { event: 'e', originalDomain: null, hints: [], ignored: {}, unknown: [] };
          },
          credentials: [{ user: 'docebo', password: 'new secret' }],
          originalDomain: null,
        },
      },
    });

    const answer = await send(app, { body });
    broken = false;
    const next = await send(app, { body });

    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toEqual({
      code: 'BUG_UNEXPECTED',
      message: textLike(/^Something went wrong here/),
      occurrenceId: someText,
    });
    expect(lines.some((line) => (JSON.parse(line) as { level: number }).level === 50)).toBe(true);
    expect(next.statusCode).toBe(200);
  });
});
