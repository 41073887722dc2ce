import type { Client } from '@temporalio/client';
import { OWNERS_QUEUE } from '../../contract/queues';
import {
  createLimitedWorker,
  createOwnersWorker,
  createSessionsWorker,
  openWorker,
  type WorkersOptions,
} from '../../temporal/create-workers';
import { ensureOwners } from '../../temporal/queues/ensure-owners';
import type { LimitedQueue } from '../../temporal/queues/limited-queues';
import { readPollers } from '../../temporal/queues/queue-shares';
import { createOwnershipActivities } from '../../temporal/queues/queue-turn';
import { QueueServer, type OpenQueue, type QueueEvent } from '../../temporal/queues/serve-queue';
import type { WorkerConfig } from '../config/worker';
import type { Logger } from '../logger';
import { QueueWatch } from './watch-queues';

/** Slots beyond those of the turns, for declining. */
const SPARE_SLOTS = 5;

export interface OpenQueuesOptions {
  readonly config: WorkerConfig;
  readonly client: Client;
  readonly workers: WorkersOptions;
  readonly limited: readonly LimitedQueue[];
  /** Before this process serves a queue that it shares with others. @throws what makes the queue unfit. */
  readonly check: (queue: LimitedQueue) => Promise<void>;
  readonly logger: Logger;
}

/** What guards calls to the systems behind limited queues. */
export interface QueueGuard {
  /** @throws UpstreamError `QUEUE_LOST` when another process serves the queue. null: no other can. */
  enter(queue: string): AbortSignal | null;
}

/**
 * Opens the queues of this process. Alone it serves them all; where several share, it serves those of which it is the owner
 * (docs/scaling.md).
 */
export async function openQueues(options: OpenQueuesOptions): Promise<OpenQueue & { readonly guard: QueueGuard }> {
  const { config, client, workers, limited, logger } = options;
  const sessions = await createSessionsWorker(workers);
  const { identity } = sessions.options;
  const looking = new AbortController();
  const watch = { identity, readPollers: (queue: string) => readPollers(client, queue), logger };
  const names = limited.map(({ queue }) => queue);

  if (config.replicas === 'one') {
    const own = await Promise.all(limited.map((queue) => createLimitedWorker(workers, queue)));
    const all = [sessions, ...own].map(openWorker);
    void new QueueWatch({ ...watch, held: () => names, sharing: null }).run(looking.signal);
    return { ...together(all, () => looking.abort()), guard: { enter: () => null } };
  }

  const server = new QueueServer({
    queues: names,
    takeOverMs: config.takeOverMs,
    async open(queue) {
      const found = limited.find((l) => l.queue === queue);
      if (found === undefined) throw new Error(`${queue} is not among the queues of this process`);
      await options.check(found);
      return openWorker(await createLimitedWorker(workers, found));
    },
    log: (event, fields) => logger[LEVELS[event]](fields, `queue: ${event}`),
  });
  const owners = await createOwnersWorker(workers, {
    activities: createOwnershipActivities(client, server),
    slots: limited.length + SPARE_SLOTS,
  });
  const ownersStart = (): Promise<void> => ensureOwners(client, names, config.takeOverMs);
  await ownersStart();
  const sharing = {
    ownersQueue: OWNERS_QUEUE,
    queues: names.length,
    ensureOwners: ownersStart,
    release: (queue: string) => server.release(queue),
  };
  const all = [sessions, owners].map(openWorker);
  void new QueueWatch({ ...watch, held: () => server.held(), sharing }).run(looking.signal);
  const stop = (): void => {
    looking.abort();
    server.stop();
  };
  return { ...together(all, stop), guard: { enter: (queue) => server.enter(queue) } };
}

const LEVELS: Readonly<Record<QueueEvent, 'info' | 'warn' | 'error'>> = {
  took: 'info',
  'lets go': 'info',
  'let go': 'info',
  lost: 'warn',
  'heartbeat failed': 'warn',
  'broke down': 'error',
  unfit: 'error',
};

function together(queues: readonly OpenQueue[], first: () => void): OpenQueue {
  return {
    done: Promise.all(queues.map(({ done }) => done)).then(() => undefined),
    shutdown() {
      first();
      for (const queue of queues) queue.shutdown();
    },
  };
}
