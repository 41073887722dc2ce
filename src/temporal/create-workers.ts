import type { DataConverter } from '@temporalio/common';
import {
  Worker,
  type ActivityInterceptorsFactory,
  type NativeConnection,
  type WorkerDeploymentOptions,
  type WorkerOptions,
} from '@temporalio/worker';
import type { OwnershipActivities } from '../contract/ownership';
import { OWNERS_QUEUE, SESSIONS_QUEUE } from '../contract/queues';
import type { LimitedQueue } from './queues/limited-queues';
import type { OpenQueue } from './queues/serve-queue';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- activities of any input; their types are the workflows' business
type AnyActivities = Record<string, (input: any) => Promise<unknown>>;

export interface WorkersOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly dataConverter: DataConverter;
  /** Built by `npm run build`; must come from the same SDK version. */
  readonly workflowBundlePath: string;
  readonly activities: AnyActivities;
  /** How long activities under way may finish after a stop signal. */
  readonly graceMs: number;
  /** Of the workflows' worker; null: unversioned. */
  readonly deployment: WorkerDeploymentOptions | null;
  /** Around each activity but a turn at a limited queue, which lasts as long as its process. */
  readonly interceptors?: readonly ActivityInterceptorsFactory[];
}

/** From the end of the grace until the SDK waits no longer for activities that do not end. */
const FORCE_MS = 10_000;

/**
 * A session's task is offered first to the process that has the session in memory. After a crash that process is gone, and this is how long
 * the task waits for it; Temporal's SDK for TypeScript waits 10 s, those for Go and Java 5. A worker that is only busy loses by it what it
 * kept: the session is replayed, some 20 ms. So it must stay well beyond what a task waits in a burst.
 */
const FOR_WHO_REMEMBERS_MS = 5_000;

/** For workflows and light activities. */
export async function createSessionsWorker(options: WorkersOptions): Promise<Worker> {
  return Worker.create({
    ...shared(options),
    taskQueue: SESSIONS_QUEUE,
    workflowBundle: { codePath: options.workflowBundlePath },
    workflowTaskPollerBehavior: { type: 'autoscaling' },
    activityTaskPollerBehavior: { type: 'autoscaling' },
    stickyQueueScheduleToStartTimeout: FOR_WHO_REMEMBERS_MS,
    ...around(options),
    ...(options.deployment !== null && { workerDeploymentOptions: options.deployment }),
  });
}

/**
 * For the activities of a system with a limit of its own. Never versioned: the queue has one owner at a time, of whatever version, and it
 * serves the workflows of all.
 */
export async function createLimitedWorker(options: WorkersOptions, { queue, slots }: LimitedQueue): Promise<Worker> {
  return Worker.create({
    ...shared(options),
    taskQueue: queue,
    maxConcurrentActivityTaskExecutions: slots,
    activityTaskPollerBehavior: { type: 'simple-maximum', maximum: Math.min(slots, 2) },
    ...around(options),
    // Eager execution would pass the queue by.
    maxEagerActivityReservationsPerWorkflowTask: 0,
  });
}

/** For turns at limited queues; each lasts as long as the process. */
export async function createOwnersWorker(
  options: WorkersOptions,
  { activities, slots }: { readonly activities: OwnershipActivities; readonly slots: number },
): Promise<Worker> {
  const drainMs = options.graceMs + FORCE_MS;
  return Worker.create({
    ...shared(options),
    activities: { ...activities },
    taskQueue: OWNERS_QUEUE,
    maxConcurrentActivityTaskExecutions: slots,
    // One: a poll of a machine that is gone may swallow a turn until its heartbeat is missed.
    activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 1 },
    // A turn ends when its queue is let go of, which takes what that queue's own worker takes.
    shutdownGraceTime: drainMs + 1_000,
    shutdownForceTime: drainMs + 2_000,
  });
}

/** Runs it. */
export function openWorker(worker: Worker): OpenQueue {
  return {
    done: worker.run(),
    shutdown: () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
    },
  };
}

function around({ interceptors }: WorkersOptions): Pick<WorkerOptions, 'interceptors'> {
  return interceptors === undefined ? {} : { interceptors: { activity: [...interceptors] } };
}

function shared({
  connection,
  namespace,
  dataConverter,
  activities,
  graceMs,
}: WorkersOptions): Omit<WorkerOptions, 'taskQueue'> {
  return {
    connection,
    namespace,
    dataConverter,
    activities,
    shutdownGraceTime: graceMs,
    shutdownForceTime: graceMs + FORCE_MS,
  };
}
