import { setTimeout as sleep } from 'node:timers/promises';
import { alivePollers, surplusQueue, type QueuePollers } from '../../temporal/queues/queue-shares';
import type { Logger } from '../logger';

/** Longer than a poll of an idle worker: who lives has polled in between. */
export const LOOK_MS = 90_000;

export interface QueueWatchOptions {
  readonly identity: string;
  /** Limited queues that this process serves now, oldest first. */
  readonly held: () => readonly string[];
  readonly readPollers: (queue: string) => Promise<QueuePollers>;
  /** Where worker processes share the queues; null: there is one alone. */
  readonly sharing: {
    readonly ownersQueue: string;
    /** How many limited queues there are. */
    readonly queues: number;
    /** Starts the workflows that keep the queues owned, unless they run. */
    readonly ensureOwners: () => Promise<void>;
    readonly release: (queue: string) => void;
  } | null;
  readonly logger: Pick<Logger, 'warn' | 'error' | 'info'>;
}

/**
 * Sees that the limits of other systems hold: tells of a second process on a queue that this one serves, keeps the owners' workflows alive,
 * and hands a queue on when another process has less to do.
 */
export class QueueWatch {
  private before = new Map<string, QueuePollers>();
  private heldBefore: readonly string[] = [];

  constructor(private readonly options: QueueWatchOptions) {}

  /** Until the signal ends it. */
  async run(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      await this.look().catch((err: unknown) => this.options.logger.warn({ err }, 'the task queues could not be seen'));
      await sleep(LOOK_MS, undefined, { signal: stopped, ref: false }).catch(() => undefined);
    }
  }

  async look(): Promise<void> {
    const { sharing, identity, logger } = this.options;
    await sharing?.ensureOwners();
    const held = this.options.held();
    const names = sharing === null ? held : [sharing.ownersQueue, ...held];
    const now = new Map(await Promise.all(names.map(async (q) => [q, await this.options.readPollers(q)] as const)));
    for (const queue of held.filter((q) => this.heldBefore.includes(q))) {
      const others = this.alive(queue, now).filter((other) => other !== identity);
      if (others.length > 0) {
        logger.error(
          { code: 'QUEUE_SHARED', queue, others },
          'another worker process serves the same queue: limits of Docebo and Graph do not hold. Run one worker, or all with worker.replicas: several',
        );
      }
    }
    if (sharing !== null && this.before.has(sharing.ownersQueue)) {
      const processes = new Set([identity, ...this.alive(sharing.ownersQueue, now)]).size;
      const queue = surplusQueue({ held, queues: sharing.queues, processes });
      if (queue !== null) {
        logger.info({ queue, held: held.length, processes }, 'hands a queue on: another process has less to do');
        sharing.release(queue);
      }
    }
    this.before = now;
    this.heldBefore = held;
  }

  private alive(queue: string, now: ReadonlyMap<string, QueuePollers>): string[] {
    const before = this.before.get(queue);
    return before === undefined ? [] : alivePollers(before, now.get(queue) ?? new Map());
  }
}
