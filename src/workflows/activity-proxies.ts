import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import { doceboQueue, graphQueue, SESSIONS_QUEUE } from '../contract/queues';
import type { Activities } from '../activities/create-activities';
import type { MailboxKey, PlatformKey } from '../domain/model';

/**
 * One proxy per kind of risk. An attempt is shorter than 60 s and longer than the adapters' HTTP time limits; a step is given up after
 * 15 minutes, and the session then tries again at its own pace. Attempts heartbeat from their fifth second on (run-worker.ts), so that the
 * work of a worker that died is taken up after 15 s; short attempts send none.
 */

const cancellationType = ActivityCancellationType.TRY_CANCEL;

/** Only reads Docebo: safe to repeat. */
export function doceboActivities(platform: PlatformKey) {
  return proxyActivities<Activities>({
    taskQueue: doceboQueue(platform),
    startToCloseTimeout: '60s',
    heartbeatTimeout: '15s',
    scheduleToCloseTimeout: '15m',
    retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '2m' },
    cancellationType,
  });
}

/** Writes to Graph: each step carries the desired state and its own idempotency key, so that a repeat is harmless. */
export function graphActivities(mailbox: MailboxKey) {
  return proxyActivities<Activities>({
    taskQueue: graphQueue(mailbox),
    startToCloseTimeout: '60s',
    heartbeatTimeout: '15s',
    scheduleToCloseTimeout: '15m',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
    cancellationType,
  });
}

/** A mailbox's subscription: given up soon, since polls go on without it and the workflow has its own pace. */
export function subscriptionActivities(mailbox: MailboxKey) {
  return proxyActivities<Activities>({
    taskQueue: graphQueue(mailbox),
    startToCloseTimeout: '60s',
    heartbeatTimeout: '15s',
    scheduleToCloseTimeout: '3m',
    retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '30s', maximumAttempts: 4 },
    cancellationType,
  });
}

/** Local and quick. */
export function lightActivities() {
  return proxyActivities<Activities>({
    taskQueue: SESSIONS_QUEUE,
    startToCloseTimeout: '30s',
    scheduleToCloseTimeout: '5m',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
    cancellationType,
  });
}
