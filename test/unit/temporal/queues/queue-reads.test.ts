import type { Client } from '@temporalio/client';
import { createQueueReads } from '../../../../src/temporal/queues/queue-reads';

/** A server whose clock is so far ahead of ours, with workers on every queue or none. */
function clientAhead(aheadMs: number, hasWorkers = true): Client {
  const seconds = Math.floor(Date.now() / 1_000);
  const pollers = hasWorkers ? [{ identity: '1@a', lastAccessTime: { seconds } }] : [];
  const begun = new Map<string, Date>();
  return {
    options: { namespace: 'convoke' },
    withDeadline: <T>(_at: number, work: () => Promise<T>) => work(),
    workflowService: { describeTaskQueue: async () => ({ pollers }) },
    workflow: {
      start: async (_type: string, { workflowId }: { workflowId: string }) => {
        begun.set(workflowId, new Date(Date.now() + aheadMs));
        return { result: async () => 'read' };
      },
      getHandle: (workflowId: string) => ({ describe: async () => ({ startTime: begun.get(workflowId) }) }),
    },
  } as unknown as Client;
}

function readsOf(client: Client | null, takenWithinMs = 60_000) {
  let n = 0;
  const here = { inspectPlatform: async () => 'here' } as never;
  return createQueueReads({ client, verb: 'doctor', here, uniqueId: () => String(++n), takenWithinMs });
}

const read = (reads: ReturnType<typeof readsOf>) =>
  reads.read('docebo/academy', 'inspectPlatform', { platform: 'academy' });

test.each([0, 60_000, -45_000])(
  'tells how far the server is from our clock, by the last read: %i ms',
  async (aheadMs) => {
    const reads = readsOf(clientAhead(aheadMs));

    expect(await read(reads)).toEqual({ result: 'read', via: 'worker' });

    const skewMs = await reads.serverSkewMs();
    expect(Math.abs(skewMs! - aheadMs)).toBeLessThan(15_000);
  },
);

test('cannot tell it before a worker has read something, and without a server', async () => {
  const idle = readsOf(clientAhead(60_000, false));
  expect(await read(idle)).toMatchObject({ via: 'here' });

  expect(await idle.serverSkewMs()).toBeNull();
  expect(await readsOf(null).serverSkewMs()).toBeNull();
});

test.each([
  ['a worker that has just stopped is still listed: what nobody takes is read here, and so is the rest', 1, 'here', 1],
  ['a read that a worker has taken may take its time', 2, 'worker', 0],
])('%s', async (_what, state, via, terminated) => {
  const client = clientAhead(0);
  let asked = 0;
  let ended = 0;
  let bring = (): void => undefined;
  const handle = {
    result: () => new Promise((resolve) => (bring = () => resolve('read'))),
    describe: async () => {
      // Only now: after the time within which a worker must have taken it.
      if (via === 'worker') setImmediate(bring);
      return { raw: { pendingWorkflowTask: { state } } };
    },
    terminate: async () => void ended++,
  };
  Object.assign(client.workflow, { start: async () => (asked++, handle) });
  const reads = readsOf(client, 20);

  expect(await read(reads)).toMatchObject({ via });
  expect(await read(reads)).toMatchObject({ via });

  expect(ended).toBe(terminated);
  expect(asked).toBe(via === 'here' ? 1 : 2);
});
