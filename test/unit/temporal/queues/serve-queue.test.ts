import type { ApplicationFailure } from '@temporalio/common';
import type { Lease } from '../../../../src/temporal/queues/lease';
import {
  QueueServer,
  type OpenQueue,
  type QueueServerOptions,
  type Turn,
} from '../../../../src/temporal/queues/serve-queue';

jest.mock('node:timers/promises', () => jest.requireActual<object>('../../../support/fake-sleep'));

const QUEUES = ['docebo/academy', 'graph/a', 'graph/b', 'graph/c', 'graph/d', 'graph/e'];
const TAKE_OVER_MS = 10_000;

interface Opened extends OpenQueue {
  readonly lease: Lease;
  shutDown: boolean;
  end(error?: Error): void;
}

function aServer(over: Partial<QueueServerOptions> = {}) {
  const opened = new Map<string, Opened>();
  const events: string[] = [];
  const server = new QueueServer({
    queues: QUEUES,
    takeOverMs: TAKE_OVER_MS,
    log: (event) => void events.push(event),
    open: (queue, lease) => {
      let settle: (error?: Error) => void = () => undefined;
      const done = new Promise<void>((resolve, reject) => {
        settle = (error) => (error === undefined ? resolve() : reject(error));
      });
      const it: Opened = { lease, done, shutDown: false, shutdown: () => (it.shutDown = true), end: (e) => settle(e) };
      opened.set(queue, it);
      return Promise.resolve(it);
    },
    ...over,
  });
  return { server, opened, events };
}

function aTurn(over: Partial<Turn> = {}): Turn & { beats: number } {
  const turn = {
    attempt: 1,
    heartbeatTimeoutMs: TAKE_OVER_MS,
    progress: null,
    beats: 0,
    beat: () => {
      turn.beats++;
      return Promise.resolve('go on' as const);
    },
    ...over,
  };
  return turn;
}

/** By a clock that waits for this process, however long the machine keeps it waiting. */
const tick = (ms = 0) => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

async function outcome(serving: Promise<unknown>): Promise<unknown> {
  return serving.catch((error: ApplicationFailure) => ({ why: error.message.split(': ')[1], error }));
}

describe('serving a queue', () => {
  it('holds it while heartbeats are answered, longer than the time to be silent', async () => {
    const { server, opened } = aServer();
    const turn = aTurn();
    const serving = outcome(server.serve('graph/a', turn));
    await tick(TAKE_OVER_MS * 2);

    expect(server.held()).toEqual(['graph/a']);
    expect(turn.beats).toBeGreaterThanOrEqual(4);
    server.stop();
    opened.get('graph/a')!.end();
    await serving;
  });

  it('opens nothing before the first heartbeat is answered', async () => {
    const { server, opened } = aServer();
    const answer = await outcome(
      server.serve('graph/a', aTurn({ beat: () => Promise.reject(new Error('unreachable')) })),
    );

    expect(opened.size).toBe(0);
    expect(answer).toMatchObject({ why: 'lost' });
  });

  it('stops by itself, before the time is up, when no heartbeat is answered any more', async () => {
    const { server, opened, events } = aServer();
    let reachable = true;
    const beat = () => (reachable ? Promise.resolve('go on' as const) : Promise.reject(new Error('unreachable')));
    const serving = outcome(server.serve('graph/a', aTurn({ beat })));
    await tick();
    reachable = false;
    const lost = opened.get('graph/a')!.lease.lost;
    await tick(TAKE_OVER_MS * 0.7);
    expect(lost.aborted).toBe(false);
    await tick(TAKE_OVER_MS * 0.1);

    expect(lost.aborted).toBe(true);
    expect(() => server.enter('graph/a')).toThrow(expect.objectContaining({ code: 'QUEUE_LOST' }) as Error);
    await tick();
    expect(opened.get('graph/a')!.shutDown).toBe(true);
    expect(events).toContain('lost');
    opened.get('graph/a')!.end();
    expect(await serving).toMatchObject({ why: 'lost' });
  });

  it('stops when Temporal has given the turn to another', async () => {
    const { server, opened } = aServer();
    let answer: 'go on' | 'not yours' = 'go on';
    const serving = outcome(server.serve('graph/a', aTurn({ beat: () => Promise.resolve(answer) })));
    await tick();
    answer = 'not yours';
    await tick(TAKE_OVER_MS / 2);

    expect(server.held()).toEqual([]);
    expect(opened.get('graph/a')!.shutDown).toBe(true);
    opened.get('graph/a')!.end();
    expect(await serving).toMatchObject({ why: 'lost' });
  });

  it('on a stop, keeps the queue until what is under way is done, then lets go at once, and takes no other', async () => {
    const { server, opened } = aServer();
    const turn = aTurn();
    let over = false;
    const serving = outcome(server.serve('graph/a', turn)).finally(() => (over = true));
    await tick();
    server.stop();
    const beats = turn.beats;
    await tick(TAKE_OVER_MS);

    expect(opened.get('graph/a')!.shutDown).toBe(true);
    expect(over).toBe(false);
    expect(turn.beats).toBeGreaterThan(beats);
    expect(server.enter('graph/a').aborted).toBe(false);
    opened.get('graph/a')!.end();
    expect(await serving).toMatchObject({ why: 'stopping', error: { nextRetryDelay: 50 } });
    expect(await outcome(server.serve('graph/b', aTurn()))).toMatchObject({ why: 'stopping' });
  });

  it('ends the turn when the workflow asks for it', async () => {
    const { server, opened } = aServer();
    let answer: 'go on' | 'let go' = 'go on';
    const serving = server.serve('graph/a', aTurn({ beat: () => Promise.resolve(answer) }));
    await tick();
    answer = 'let go';
    await tick(TAKE_OVER_MS / 2);
    opened.get('graph/a')!.end();

    expect(await serving).toEqual({ end: 'asked', takeOverMs: TAKE_OVER_MS });
  });

  it('gives a broken queue away, and one that is unfit', async () => {
    const { server, opened, events } = aServer();
    const serving = outcome(server.serve('graph/a', aTurn()));
    await tick();
    opened.get('graph/a')!.end(new Error('broken'));
    expect(await serving).toMatchObject({ why: 'broken', error: { nextRetryDelay: 5_000 } });

    const unfit = aServer({ open: () => Promise.reject(new Error('wrong calendar')) });
    expect(await outcome(unfit.server.serve('graph/a', aTurn()))).toMatchObject({ why: 'unfit' });
    expect(events).toEqual(['took', 'broke down', 'lets go', 'let go']);
    expect(unfit.events).toEqual(['unfit']);
  });
});

describe('declining a queue', () => {
  it('lets others take it first, the more so the more it holds, but not for ever', async () => {
    const { server, opened } = aServer();
    const servings = [
      outcome(server.serve('graph/a', aTurn())),
      outcome(server.serve('graph/b', aTurn({ attempt: 2 }))),
    ];
    await tick();
    expect(server.held()).toEqual(['graph/a', 'graph/b']);

    expect(await outcome(server.serve('graph/c', aTurn({ attempt: 2 })))).toMatchObject({ why: 'enough' });
    // The third attempt since somebody held it.
    servings.push(outcome(server.serve('graph/c', aTurn({ attempt: 13, progress: { heldBy: 10 } }))));
    await tick();
    expect(server.held()).toContain('graph/c');
    for (const queue of ['graph/d', 'graph/e', 'docebo/academy'])
      servings.push(outcome(server.serve(queue, aTurn({ attempt: 5 }))));
    await tick();
    expect(server.held()).toHaveLength(6);
    server.stop();
    for (const it of opened.values()) it.end();
    await Promise.all(servings);
  });

  it('leaves a queue that its configuration lacks to others, and forgets it when nobody knows it', async () => {
    const { server } = aServer();

    expect(await outcome(server.serve('graph/new', aTurn()))).toMatchObject({
      why: 'unknown',
      error: { nextRetryDelay: 1_000, nonRetryable: false },
    });
    expect(await server.serve('graph/new', aTurn({ attempt: 171 }))).toEqual({
      end: 'forgotten',
      takeOverMs: TAKE_OVER_MS,
    });
    // Somebody held it not long ago.
    expect(await outcome(server.serve('graph/new', aTurn({ attempt: 171, progress: { heldBy: 100 } })))).toMatchObject({
      why: 'unknown',
    });
  });

  it('does not take a queue twice', async () => {
    const { server, opened } = aServer();
    const first = outcome(server.serve('graph/a', aTurn()));
    await tick();

    expect(await outcome(server.serve('graph/a', aTurn({ attempt: 9 })))).toMatchObject({ why: 'draining' });
    server.stop();
    opened.get('graph/a')!.end();
    await first;
  });

  it('asks for a turn of its own time to be silent', async () => {
    const { server } = aServer();

    expect(await server.serve('graph/a', aTurn({ heartbeatTimeoutMs: 30_000 }))).toEqual({
      end: 'renew',
      takeOverMs: TAKE_OVER_MS,
    });
  });

  it('lets no call through for a queue that it never held', () => {
    expect(() => aServer().server.enter('graph/a')).toThrow(expect.objectContaining({ code: 'QUEUE_LOST' }) as Error);
  });
});
