import type { Readiness } from '../../src/api/app-deps';
import { anApp, closeApps, someText } from './an-app';

afterEach(closeApps);

describe('GET /healthz', () => {
  it('answers 200 whatever Temporal does', async () => {
    const { app } = anApp({ readiness: async () => ({ ready: false, reason: 'temporal-unreachable' }) });

    const answer = await app.inject('/healthz');

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ status: 'alive' });
  });
});

describe('GET /readyz', () => {
  it('answers 200 when Temporal is within reach', async () => {
    const { app } = anApp();

    const answer = await app.inject('/readyz');

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ status: 'ready' });
  });

  it.each<[string, () => Promise<Readiness>, string]>([
    ['it is not', async () => ({ ready: false, reason: 'temporal-unreachable' }), 'temporal-unreachable'],
    ['the check fails', async () => Promise.reject(new Error('host 10.0.0.7')), 'check-failed'],
    [
      'the check throws',
      () => {
        throw new Error('host 10.0.0.7');
      },
      'check-failed',
    ],
    ['the check never ends', () => new Promise(() => {}), 'check-timed-out'],
  ])('answers 503 with the reason when %s', async (_, readiness, reason) => {
    const { app } = anApp({ readiness, limits: { readinessMs: 30 } });

    const answer = await app.inject('/readyz');

    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('30');
    expect(answer.json()).toEqual({
      code: 'API_NOT_READY',
      message: `Not ready: ${reason}.`,
      reason,
      occurrenceId: someText,
    });
    expect(answer.body).not.toContain('10.0.0.7');
  });

  describe('by a clock that the test moves', () => {
    beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] }));
    afterEach(() => jest.useRealTimers());

    it('asks Temporal once, however many ask at the same moment or right after', async () => {
      let asked = 0;
      const { app } = anApp({ readiness: async () => ({ ready: ++asked > 0 }) as Readiness });

      await Promise.all(Array.from({ length: 20 }, () => app.inject('/readyz')));
      jest.advanceTimersByTime(999);
      await app.inject('/readyz');

      expect(asked).toBe(1);
    });

    it('asks again after a second', async () => {
      const states: Readiness[] = [{ ready: false, reason: 'temporal-unreachable' }, { ready: true }];
      const { app } = anApp({ readiness: async () => states.shift() ?? { ready: true } });

      const before = await app.inject('/readyz');
      jest.advanceTimersByTime(1_000);

      expect([before.statusCode, (await app.inject('/readyz')).statusCode]).toEqual([503, 200]);
    });
  });
});
