import { upsertMemo } from '@temporalio/workflow';
import * as today from '../../src/workflows';

/** Today's workflows, each with a command that no recorded history has: replay must refuse them. */

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
    upsertMemo({ altered: true });
    return workflow(input);
  };
}
