import type { DataConverter } from '@temporalio/common';
import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import { doceboQueue, GRAPH_SLOTS, graphQueue, SESSIONS_QUEUE } from '../contract/queues';
import type { MailboxKey, PlatformKey } from '../domain/model';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- activities of any input; their types are the workflows' business
type AnyActivities = Record<string, (input: any) => Promise<unknown>>;

export interface WorkersOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly dataConverter: DataConverter;
  /** Built by `npm run build`; must come from the same SDK version. */
  readonly workflowBundlePath: string;
  readonly activities: AnyActivities;
  readonly platforms: readonly PlatformKey[];
  readonly mailboxes: readonly MailboxKey[];
  /** How long activities under way may finish after a stop signal. */
  readonly graceMs: number;
}

/** Calls of one platform in flight: Docebo documents no number; its limit is calls an hour. */
const DOCEBO_SLOTS = 4;

/** One worker for workflows and light activities, and one for each system with a limit of its own. */
export async function createWorkers(options: WorkersOptions): Promise<Worker[]> {
  const { connection, namespace, dataConverter, activities, platforms, mailboxes, graceMs } = options;
  const shared = {
    connection,
    namespace,
    dataConverter,
    activities,
    shutdownGraceTime: graceMs,
    shutdownForceTime: graceMs + 10_000,
  };
  const limited = (taskQueue: string, slots: number): WorkerOptions => ({
    ...shared,
    taskQueue,
    maxConcurrentActivityTaskExecutions: slots,
    activityTaskPollerBehavior: { type: 'simple-maximum', maximum: Math.min(slots, 2) },
    // Eager execution would pass the queue by.
    maxEagerActivityReservationsPerWorkflowTask: 0,
  });
  return Promise.all([
    Worker.create({
      ...shared,
      taskQueue: SESSIONS_QUEUE,
      workflowBundle: { codePath: options.workflowBundlePath },
      workflowTaskPollerBehavior: { type: 'autoscaling' },
      activityTaskPollerBehavior: { type: 'autoscaling' },
    }),
    ...platforms.map((platform) => Worker.create(limited(doceboQueue(platform), DOCEBO_SLOTS))),
    ...mailboxes.map((mailbox) => Worker.create(limited(graphQueue(mailbox), GRAPH_SLOTS))),
  ]);
}
