import { sleep } from '@temporalio/workflow';
import * as today from '../../src/workflows';

/** Today's workflows, each with a timer that no recorded history has: replay must refuse them. */

export const backfill = altered(today.backfill);
export const courseSession = altered(today.courseSession);
export const fanOut = altered(today.fanOut);
export const notifyFailures = altered(today.notifyFailures);
export const onQueue = altered(today.onQueue);
export const ownQueue = altered(today.ownQueue);
export const platformHealth = altered(today.platformHealth);
export const pollRsvps = altered(today.pollRsvps);
export const sweep = altered(today.sweep);
export const watchMailbox = altered(today.watchMailbox);

function altered<I, R>(workflow: (input: I) => Promise<R>): (input: I) => Promise<R> {
  return async (input) => {
    await sleep(1);
    return workflow(input);
  };
}
