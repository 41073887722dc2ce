import { CancellationScope, condition, defineSignal, setHandler, workflowInfo } from '@temporalio/workflow';
import { SIGNALS } from '../contract/messages';

export const ROLL_OVER = Symbol('roll over');

/** The server asks for a new run (long history), or a newer deployment waits for one. */
export function rollOverAsked(): boolean {
  const info = workflowInfo();
  return info.continueAsNewSuggested || info.targetWorkerDeploymentVersionChanged === true;
}

export const renew = defineSignal(SIGNALS.renew);

/**
 * Takes an operator's wish for a new run, such as under a new key. It waits, unlike `rollOverAsked`, for the step that is under way: nothing
 * is abandoned for it.
 * @returns whether it was asked for in this run.
 */
export function receiveRenewal(): () => boolean {
  let asked = false;
  setHandler(renew, () => void (asked = true), {
    description: 'Go on in a new run as soon as no step is under way; nothing else changes.',
  });
  return () => asked;
}

/**
 * Awaits work, but no longer than until a roll-over is asked: a run that waits for an activity while signals pour in would otherwise reach
 * the server's limit of 10,000 signals. What was under way is abandoned; every step is idempotent, and the next run plans anew.
 */
export async function unlessRollOver<T>(work: () => Promise<T>): Promise<T | typeof ROLL_OVER> {
  return CancellationScope.cancellable(async () => {
    const scope = CancellationScope.current();
    try {
      return await Promise.race([work(), condition(rollOverAsked).then((): typeof ROLL_OVER => ROLL_OVER)]);
    } finally {
      scope.cancel();
    }
  });
}
