import type { Client } from '@temporalio/client';
import { doceboQueue, graphQueue, SESSIONS_QUEUE } from '../../../contract/queues';
import { listPollers } from '../../../temporal/queues/queue-pollers';
import { green, red, yellow, type Check, type Finding } from '../check';

/** Somebody works on each queue; on those with a limit of an outside system, one process. */
export const workers: Check = {
  name: 'workers',
  title: 'Temporal: workers',
  needsTemporal: true,
  async run({ client, platforms, mailboxes, now }) {
    if (client === null) return [];
    const limited = [...platforms.map(doceboQueue), ...mailboxes.map(graphQueue)];
    const look = async (queue: string, isLimited: boolean): Promise<Finding> => {
      const pollers = await Promise.all(
        (isLimited ? (['activity'] as const) : (['workflow', 'activity'] as const)).map((kind) =>
          listPollers(client, { queue, kind, now: now() }),
        ),
      );
      return judge(client, queue, { isLimited, counts: pollers.map((found) => found.length) });
    };
    return Promise.all([look(SESSIONS_QUEUE, false), ...limited.map((queue) => look(queue, true))]);
  },
};

function judge(
  client: Client,
  queue: string,
  { isLimited, counts }: { readonly isLimited: boolean; readonly counts: readonly number[] },
): Finding {
  const least = Math.min(...counts);
  const most = Math.max(...counts);
  if (least === 0) {
    return red(
      ['workers', queue, 'nobody works on this queue'],
      'Start the worker: npm start, or node lib/src/worker.js',
    );
  }
  if (isLimited && most > 1) {
    return yellow(
      [
        'workers',
        queue,
        `${most} processes work on this queue: each keeps the limit of the outside system for itself alone`,
      ],
      'After a restart the old process is listed for a minute: run convoke doctor again.',
      `Who they are: temporal task-queue describe --namespace ${client.options.namespace} --task-queue ${queue}`,
    );
  }
  return green('workers', queue, most === 1 ? 'one worker' : `${most} workers`);
}
