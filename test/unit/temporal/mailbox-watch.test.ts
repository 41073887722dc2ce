import type { NotifiedSignal } from '../../../src/domain/rsvp/notifications';
import { createMailboxWatch, type MailboxWatchOptions } from '../../../src/temporal/mailbox-watch';

jest.mock('node:timers/promises', () => jest.requireActual<object>('../../support/fake-sleep'));

const settings = { on: true, pollEveryMs: 5_000, retryMs: [1_000], checkMs: 1_000 };

class FakeClient {
  readonly sent: { readonly id: string; readonly signal: NotifiedSignal; readonly at: number }[] = [];
  failing = false;
  hanging = false;

  asClient(): MailboxWatchOptions['client'] {
    return {
      withDeadline: async (_deadline, call) => call(),
      workflow: {
        signalWithStart: async (_type: unknown, options: Record<string, unknown>): Promise<never> => {
          if (this.hanging) return new Promise<never>(() => undefined);
          if (this.failing) throw new Error('14 UNAVAILABLE');
          const [signal] = options['signalArgs'] as [NotifiedSignal];
          this.sent.push({ id: options['workflowId'] as string, signal, at: Date.now() });
          return undefined as never;
        },
      },
    };
  }
}

let client: FakeClient;
let notify: (mailbox: string, over?: Partial<NotifiedSignal>) => Promise<void>;
beforeEach(() => {
  jest.useFakeTimers();
  client = new FakeClient();
  const watch = createMailboxWatch({ client: client.asClient(), settings, betweenMs: 100 });
  notify = (mailbox, over = {}) => {
    const signal = { at: '2026-05-04T09:00:00.000Z', changes: 1, lifecycle: [], ...over };
    return watch.notified({ mailbox, signal, deadlineMs: 1_000 });
  };
});
afterEach(() => jest.useRealTimers());

async function passing<T>(work: Promise<T>): Promise<T> {
  await jest.advanceTimersByTimeAsync(1_000);
  return work;
}

test('a storm of notifications is a few signals, and each is answered after the one that carries it', async () => {
  for (let burst = 0; burst < 3; burst++) {
    await passing(Promise.all(Array.from({ length: 500 }, () => notify('training'))));
  }

  expect(client.sent.reduce((sum, { signal }) => sum + signal.changes, 0)).toBe(1_500);
  expect(client.sent.length).toBeLessThanOrEqual(6);
  const gaps = client.sent.slice(1).map(({ at }, i) => at - client.sent[i]!.at);
  expect(Math.min(...gaps)).toBe(100);
});

test('mailboxes do not wait for each other, and what Graph says of a subscription is kept once', async () => {
  const all = Promise.all([
    notify('training'),
    notify('training', { changes: 0, lifecycle: ['missed'] }),
    notify('training', { changes: 0, lifecycle: ['missed', 'subscriptionRemoved'], at: '2026-05-04T09:00:01.000Z' }),
    notify('milan'),
  ]);
  await passing(all);

  expect(client.sent.map(({ id, signal }) => [id, signal.changes, signal.lifecycle])).toEqual([
    ['subscription/training', 1, []],
    ['subscription/milan', 1, []],
    ['subscription/training', 0, ['missed', 'subscriptionRemoved']],
  ]);
  expect(client.sent[2]?.signal.at).toBe('2026-05-04T09:00:01.000Z');
});

test('what Temporal does not take is an error of its own code', async () => {
  client.failing = true;

  await expect(notify('training')).rejects.toMatchObject({ code: 'TEMPORAL_UNAVAILABLE' });
});

test('a signal that goes on after its deadline holds up nobody', async () => {
  client.hanging = true;
  const first = notify('training').catch((error: { code: string }) => error.code);
  const next = notify('training', { changes: 2 });
  client.hanging = false;

  expect(await passing(first)).toBe('TEMPORAL_UNAVAILABLE');
  await passing(next);
  expect(client.sent.map(({ signal }) => signal.changes)).toEqual([2]);
});
