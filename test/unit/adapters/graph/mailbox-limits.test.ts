import { MailboxLimits } from '../../../../src/adapters/graph/mailbox-limits';
import type { ThrottledError } from '../../../../src/domain/errors';
import { ManualClock, rejection } from './stub-server';

const served = (): Promise<string> => Promise.resolve('served');

function limitsWith(requestsPerWindow = 10_000) {
  const clock = new ManualClock();
  return {
    clock,
    limits: new MailboxLimits('training', clock, { maxInFlight: 4, requestsPerWindow, windowMs: 600_000 }),
  };
}

describe('limits of a mailbox', () => {
  it('lets four requests run at a time, and the next ones in order', async () => {
    const { limits } = limitsWith();
    const running: number[] = [];
    const ends: (() => void)[] = [];
    const all = [0, 1, 2, 3, 4, 5].map((n) =>
      limits.run(() => {
        running.push(n);
        return new Promise<void>((end) => ends.push(end));
      }),
    );
    await new Promise(setImmediate);
    expect(running).toEqual([0, 1, 2, 3]);

    ends[1]?.();
    await new Promise(setImmediate);
    expect(running).toEqual([0, 1, 2, 3, 4]);

    ends[0]?.();
    await new Promise(setImmediate);
    for (const end of ends) end();
    await Promise.all(all);
    expect(running).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('frees the slot of a request that failed', async () => {
    const { limits } = limitsWith();
    for (let n = 0; n < 5; n++) await rejection(limits.run(() => Promise.reject(new Error('failed'))));

    await expect(limits.run(served)).resolves.toBe('served');
  });

  it('refuses at once while Graph asked to wait, and says for how long', async () => {
    const { limits, clock } = limitsWith();
    const request = jest.fn(served);
    limits.pause(30_000);
    clock.advance(10_000);

    const error = await rejection<ThrottledError>(limits.run(request));

    expect(error).toMatchObject({ code: 'GRAPH_THROTTLED', retryAfterMs: 20_000 });
    expect(error.message).toBe('Graph asked to leave mailbox training alone for another 20000 ms');
    expect(request).not.toHaveBeenCalled();
    clock.advance(20_000);
    await expect(limits.run(request)).resolves.toBe('served');
  });

  it('refuses those that stood in line when Graph asked to wait', async () => {
    const { limits } = limitsWith();
    const ends: (() => void)[] = [];
    const running = [1, 2, 3, 4].map(() => limits.run(() => new Promise<void>((end) => ends.push(end))));
    const waiting = rejection<ThrottledError>(limits.run(served));
    await new Promise(setImmediate);

    limits.pause(30_000);
    for (const end of ends) end();
    await Promise.all(running);

    await expect(waiting).resolves.toMatchObject({ code: 'GRAPH_THROTTLED' });
  });

  it('waits longer each time that Graph names no time, until a request is served', () => {
    const { limits } = limitsWith();

    expect([limits.pause(null), limits.pause(null), limits.pause(null)]).toEqual([2_000, 5_000, 15_000]);
    limits.served();
    expect(limits.pause(null)).toBe(2_000);
  });

  it('refuses, with the time to wait, what would be over the quota in any window', async () => {
    const { limits } = limitsWith(8);
    await limits.run(served);
    await limits.run(served);

    const error = await rejection<ThrottledError>(limits.run(served));

    expect(error).toMatchObject({ code: 'GRAPH_QUOTA' });
    expect(error.message).toBe('The calls to mailbox training are used up: Graph allows 8 in 10 min');
    expect(error.retryAfterMs).toBeGreaterThan(0);
    expect(error.retryAfterMs).toBeLessThanOrEqual(100_000);
  });
});
