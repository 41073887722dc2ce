import {
  ActivityCancellationType,
  ActivityFailure,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  sleep,
} from '@temporalio/workflow';
import type { OwnershipActivities, OwnQueueInput, ServeQueueResult } from '../contract/ownership';
import { OWNERS_QUEUE } from '../contract/queues';
import { receiveRenewal, rollOverAsked } from './roll-over';

/** An idle run is rolled over, so that old code can retire. */
const ROLL_OVER = '30 days';
/** Longer than any run: a turn ends by itself, or with the run. */
const TURN = '60 days';
/** After a turn that failed for good, which only a bug does. */
const PAUSE = '10s';

/**
 * Gives a limited queue to one worker process after the other. Who has it runs the activity `serveQueue` for as long as the process lives
 * and is heard of; its next attempt is the next owner. So a change of owners needs no workflow task: those might wait for the very process
 * that died. Ends only when no process knows the queue any more.
 */
export async function ownQueue({ queue, ...input }: OwnQueueInput): Promise<void> {
  let { takeOverMs } = input;
  let rolling = false;
  let turn: CancellationScope | null = null;
  const roll = (): void => {
    rolling = true;
    turn?.cancel();
  };
  const renewalAsked = receiveRenewal();
  void condition(() => rollOverAsked() || renewalAsked(), ROLL_OVER).then(roll, () => undefined);
  setCurrentDetails(`The pending activity \`serveQueue\` shows who serves \`${queue}\`.`);

  while (!rolling) {
    const result = await CancellationScope.cancellable(() => {
      turn = CancellationScope.current();
      return takeTurn(queue, takeOverMs);
    });
    turn = null;
    if (result === 'failed') await sleep(PAUSE);
    else if (result.end === 'forgotten') return;
    else takeOverMs = result.takeOverMs;
  }
  await continueAsNew<typeof ownQueue>({ queue, takeOverMs });
}

async function takeTurn(queue: string, takeOverMs: number): Promise<ServeQueueResult | 'failed'> {
  const { serveQueue } = proxyActivities<OwnershipActivities>({
    taskQueue: OWNERS_QUEUE,
    startToCloseTimeout: TURN,
    heartbeatTimeout: takeOverMs,
    // Of an owner that fell silent; all others name their own delay.
    retry: { initialInterval: '200ms', backoffCoefficient: 1 },
    // Nobody else may begin before this one has let go.
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  });
  try {
    return await serveQueue.executeWithOptions({ summary: `hold ${queue}` }, [{ queue }]);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    if (isCancellation(error)) return { end: 'asked', takeOverMs };
    return 'failed';
  }
}
