import { ApplicationFailure, proxyActivities } from '@temporalio/workflow';
import { isOperatorRead, type OnQueueInput } from '../contract/operator-reads';

/**
 * Runs one read on one queue and hands its result on, so that an operator's reads obey the limits that the queue's worker keeps. A queue that
 * nobody works on is told soon: the operator's process then reads by itself.
 */
export async function onQueue({ queue, activity, input }: OnQueueInput): Promise<unknown> {
  if (!isOperatorRead(activity)) {
    throw ApplicationFailure.nonRetryable(
      `${String(activity)} is nothing that operators may have run`,
      'BUG_UNFORESEEN',
    );
  }
  const reads = proxyActivities<Record<string, (input: unknown) => Promise<unknown>>>({
    taskQueue: queue,
    startToCloseTimeout: '5m',
    scheduleToStartTimeout: '60s',
    heartbeatTimeout: '30s',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '20s', maximumAttempts: 3 },
  });
  return reads[activity]?.(input);
}
