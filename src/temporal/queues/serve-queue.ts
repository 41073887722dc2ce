import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { ServeQueueResult, TurnProgress } from '../../contract/ownership';
import { Lease, systemStopwatch, type Stopwatch } from './lease';

/** A limited queue that this process serves. */
export interface OpenQueue {
  /** Resolves when nothing of it runs any more; rejects when it broke down. */
  readonly done: Promise<void>;
  /** Takes no more work; what is under way may finish. */
  shutdown(): void;
}

/** The running attempt of `serveQueue`. */
export interface Turn {
  readonly attempt: number;
  readonly heartbeatTimeoutMs: number;
  readonly progress: TurnProgress | null;
  /** Resolves when Temporal has answered. */
  beat(progress: TurnProgress): Promise<'go on' | 'let go' | 'not yours'>;
}

export interface QueueServerOptions {
  /** Those of this configuration. */
  readonly queues: readonly string[];
  readonly takeOverMs: number;
  /** `lease` is to be entered before each call that only the owner may make. */
  readonly open: (queue: string, lease: Lease) => Promise<OpenQueue>;
  readonly log: (event: QueueEvent, fields: Readonly<Record<string, unknown>>) => void;
  readonly stopwatch?: Stopwatch;
}

export type QueueEvent = 'took' | 'lets go' | 'let go' | 'lost' | 'broke down' | 'unfit' | 'heartbeat failed';

/** Parts of the time that an owner may be silent: three heartbeats fit in, and who hears no answer stops before the time is up. */
const BEAT_SHARE = 0.35;
const LEASE_SHARE = 0.75;
const LOOK_SHARE = 0.025;
/** So many processes may decline because they hold queues already, and then nobody does. */
const POLITE_ROUNDS = 4;
/** Attempts that find no process that knows the queue: about ten minutes. */
const FORGOTTEN_ROUNDS = 170;

type LettingGo = 'stopping' | 'spread' | 'asked';

interface Held {
  readonly lease: Lease;
  readonly letGo: (why: LettingGo) => void;
}

/** Serves limited queues, one turn each, for as long as Temporal hears of this process. */
export class QueueServer {
  private readonly turns = new Map<string, Held>();
  private stopping = false;

  constructor(private readonly options: QueueServerOptions) {}

  /** Queues that this process serves now, oldest first. */
  held(): readonly string[] {
    return [...this.turns].filter(([, { lease }]) => lease.isHeld()).map(([queue]) => queue);
  }

  /** @throws UpstreamError `QUEUE_LOST` unless this process serves the queue. */
  enter(queue: string): AbortSignal {
    return (this.turns.get(queue)?.lease ?? unowned(queue)).enter();
  }

  /** Gives one queue to another process. */
  release(queue: string): void {
    this.turns.get(queue)?.letGo('spread');
  }

  /** Lets all queues go and takes no other. The activities end when what is under way has finished. */
  stop(): void {
    this.stopping = true;
    for (const { letGo } of this.turns.values()) letGo('stopping');
  }

  /** The activity. @throws ApplicationFailure with the time of the next attempt, unless the turn ends for good. */
  async serve(queue: string, turn: Turn): Promise<ServeQueueResult> {
    const declined = this.decline(queue, turn);
    if (declined !== null) return declined;
    const { takeOverMs, stopwatch = systemStopwatch } = this.options;
    const lease = new Lease(queue, Math.floor(turn.heartbeatTimeoutMs * LEASE_SHARE), stopwatch);
    let letGo: (why: LettingGo) => void = () => undefined;
    const asked = new Promise<LettingGo>((resolve) => (letGo = resolve));
    this.turns.set(queue, { lease, letGo });
    try {
      const why = await this.hold(queue, turn, { lease, asked, letGo });
      if (why === 'asked') return { end: 'asked', takeOverMs };
      throw nextAttempt(why, 50);
    } finally {
      lease.lose();
      this.turns.delete(queue);
    }
  }

  private decline(queue: string, turn: Turn): ServeQueueResult | null {
    const { queues, takeOverMs } = this.options;
    const round = turn.attempt - 1 - (turn.progress?.heldBy ?? 0);
    if (this.stopping) throw nextAttempt('stopping', 100);
    if (!queues.includes(queue)) {
      if (round >= FORGOTTEN_ROUNDS) return { end: 'forgotten', takeOverMs };
      throw nextAttempt('unknown', round < 60 ? 1_000 : 5_000);
    }
    if (turn.heartbeatTimeoutMs !== takeOverMs) return { end: 'renew', takeOverMs };
    // It is still letting go of it.
    if (this.turns.has(queue)) throw nextAttempt('draining', 500);
    // Others may have less to do.
    if (round < Math.min(this.turns.size, POLITE_ROUNDS)) throw nextAttempt('enough', 100);
    return null;
  }

  private async hold(
    queue: string,
    turn: Turn,
    { lease, asked, letGo }: { lease: Lease; asked: Promise<LettingGo>; letGo: (why: LettingGo) => void },
  ): Promise<LettingGo | 'lost' | 'unfit' | 'broken'> {
    const { log } = this.options;
    const over = new AbortController();
    // Before the first answer nothing is known of how long the turn has been running.
    if ((await this.beat(queue, turn, lease)) !== 'heard') return 'lost';
    const beating = this.keepBeating(queue, turn, { lease, letGo, over: over.signal });
    try {
      const opened = await this.options.open(queue, lease).catch((err: unknown) => {
        log('unfit', { queue, err });
        return null;
      });
      if (opened === null) return 'unfit';
      log('took', { queue, attempt: turn.attempt });
      const broken = opened.done.then(
        () => 'broken' as const,
        (err: unknown) => {
          log('broke down', { queue, err });
          return 'broken' as const;
        },
      );
      const why = await Promise.race([asked, broken, aborted(lease.lost).then(() => 'lost' as const)]);
      log(why === 'lost' ? 'lost' : 'lets go', { queue, why });
      if (why !== 'broken') opened.shutdown();
      await broken;
      log('let go', { queue, why });
      return why;
    } finally {
      over.abort();
      await beating;
    }
  }

  /** Until the turn is over; it goes on while what is under way finishes. */
  private async keepBeating(
    queue: string,
    turn: Turn,
    { lease, letGo, over }: { lease: Lease; letGo: (why: LettingGo) => void; over: AbortSignal },
  ): Promise<void> {
    const beatMs = Math.floor(turn.heartbeatTimeoutMs * BEAT_SHARE);
    const watching = setInterval(() => lease.isHeld(), turn.heartbeatTimeoutMs * LOOK_SHARE);
    try {
      while (lease.isHeld()) {
        await sleep(beatMs, undefined, { signal: over }).catch(() => undefined);
        if (over.aborted) return;
        await this.beat(queue, turn, lease, letGo);
      }
    } finally {
      clearInterval(watching);
    }
  }

  private async beat(
    queue: string,
    turn: Turn,
    lease: Lease,
    letGo?: (why: LettingGo) => void,
  ): Promise<'heard' | 'unheard'> {
    const sentAt = lease.now();
    try {
      const answer = await turn.beat({ heldBy: turn.attempt });
      if (answer === 'not yours') lease.lose();
      else lease.renew(sentAt);
      if (answer === 'let go') letGo?.('asked');
      return lease.isHeld() ? 'heard' : 'unheard';
    } catch (err) {
      // The lease runs on to its end.
      this.options.log('heartbeat failed', { queue, err });
      return 'unheard';
    }
  }
}

/** Never renewed, so never held. */
function unowned(queue: string): Lease {
  return new Lease(queue, 0);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function nextAttempt(why: string, delayMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    message: `This process does not hold the queue: ${why}`,
    type: 'QUEUE_DECLINED',
    nextRetryDelay: why === 'unfit' || why === 'broken' ? 5_000 : delayMs,
    category: ApplicationFailureCategory.BENIGN,
  });
}
