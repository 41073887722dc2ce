import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

/** Who asks a task queue for activities, by the identity of its process, and when it did so last, in ms of the server's clock. */
export type QueuePollers = ReadonlyMap<string, number>;

/** The server remembers a process for five minutes after its last poll; a living one polls once a minute. */
export async function readPollers(client: Client, queue: string): Promise<QueuePollers> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: queue },
    taskQueueType: temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
  });
  const seen = new Map<string, number>();
  for (const { identity, lastAccessTime } of pollers ?? []) {
    if (identity == null) continue;
    const at = Number(lastAccessTime?.seconds ?? 0) * 1_000 + Math.floor((lastAccessTime?.nanos ?? 0) / 1_000_000);
    seen.set(identity, Math.max(at, seen.get(identity) ?? 0));
  }
  return seen;
}

/** Those that have polled since the look before: no process that died before that is among them. */
export function alivePollers(before: QueuePollers, now: QueuePollers): string[] {
  return [...now].filter(([identity, at]) => at > (before.get(identity) ?? 0)).map(([identity]) => identity);
}

/** The queue to hand on, if this process has more than its share; null: none. */
export function surplusQueue(input: {
  /** Oldest first. */
  readonly held: readonly string[];
  readonly queues: number;
  readonly processes: number;
}): string | null {
  const { held, queues, processes } = input;
  return held.length > Math.ceil(queues / Math.max(1, processes)) ? (held.at(-1) ?? null) : null;
}
