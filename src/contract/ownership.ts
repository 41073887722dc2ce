/** Several worker processes share the limited queues: each has one owner at a time. Names and payloads of that. */

/** `ownQueue`: keeps one queue owned. */
export interface OwnQueueInput {
  readonly queue: string;
  /** How long an owner may be silent before the queue goes to another process. */
  readonly takeOverMs: number;
}

export interface ServeQueueInput {
  readonly queue: string;
}

/**
 * How a turn ends for good; everything else (the process stops, declines, dies) is an attempt that fails and is made again elsewhere, without
 * a workflow task. `forgotten`: no process has known the queue for long. `asked`: the workflow cancelled the turn. `renew`: the next turn is
 * to have another `takeOverMs`.
 */
export interface ServeQueueResult {
  readonly end: 'forgotten' | 'asked' | 'renew';
  /** As the process that answers is configured. */
  readonly takeOverMs: number;
}

/** Heartbeat of a turn: the attempt that held the queue last. Those after it have found nobody yet. */
export interface TurnProgress {
  readonly heldBy: number;
}

export interface OwnershipActivities {
  serveQueue(input: ServeQueueInput): Promise<ServeQueueResult>;
}
