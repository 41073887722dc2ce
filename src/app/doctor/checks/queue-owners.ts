import { ownerWorkflowId } from '../../../contract/ids';
import { doceboQueue, graphQueue } from '../../../contract/queues';
import { readQueueOwner, type QueueOwner } from '../../../temporal/queues/queue-owner';
import { green, red, type Check, type Finding } from '../check';

/** Where several workers share the limited queues, each queue has an owner. */
export const queueOwners: Check = {
  name: 'owners',
  title: 'Temporal: who serves what',
  needsTemporal: true,
  async run({ client, config, platforms, mailboxes }) {
    if (client === null || config.worker.replicas !== 'several') return [];
    const queues = [...platforms.map(doceboQueue), ...mailboxes.map(graphQueue)];
    return Promise.all(
      queues.map(async (queue) => judge(queue, await readQueueOwner(client, queue), config.temporal.namespace)),
    );
  },
};

function judge(queue: string, owner: QueueOwner, namespace: string): Finding {
  switch (owner.state) {
    case 'held':
      return green('owners', queue, `served by ${owner.by}`);
    case 'waits':
      return red(
        ['owners', queue, `waits for a process to serve it${owner.why === null ? '' : ` (${owner.why})`}`],
        'Start a worker whose convoke.yaml has it: npm start, or node lib/src/worker.js',
        `Why the last one did not take it: temporal workflow describe --namespace ${namespace} --workflow-id ${ownerWorkflowId(queue)}; then docs/runbook.md, QUEUE_DECLINED.`,
      );
    case 'nobody':
      return red(
        ['owners', queue, 'nobody gives it to a process: its workflow does not run'],
        'Start a worker with worker.replicas: several in its convoke.yaml: it starts the workflow (npm start, or node lib/src/worker.js).',
      );
  }
}
