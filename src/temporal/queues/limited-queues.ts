import { doceboQueue, GRAPH_SLOTS, graphQueue } from '../../contract/queues';
import type { MailboxKey, PlatformKey } from '../../domain/model';

/** A queue of a system with a limit of its own: one process may serve it. */
export interface LimitedQueue {
  readonly queue: string;
  /** Activities at a time. */
  readonly slots: number;
  /** null: it is a platform's. */
  readonly mailbox: MailboxKey | null;
}

/** Calls of one platform in flight: Docebo documents no number; its limit is calls an hour. */
const DOCEBO_SLOTS = 4;

export function limitedQueues(input: {
  readonly platforms: readonly PlatformKey[];
  readonly mailboxes: readonly MailboxKey[];
}): LimitedQueue[] {
  return [
    ...input.platforms.map((platform) => ({ queue: doceboQueue(platform), slots: DOCEBO_SLOTS, mailbox: null })),
    ...input.mailboxes.map((mailbox) => ({ queue: graphQueue(mailbox), slots: GRAPH_SLOTS, mailbox })),
  ];
}
