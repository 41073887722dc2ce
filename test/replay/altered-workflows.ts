import { sleep } from '@temporalio/workflow';
import { courseSession as today } from '../../src/workflows';

/** The session's workflow with a timer that no recorded history has: replay must refuse it. */
export async function courseSession(input: Parameters<typeof today>[0]): Promise<unknown> {
  await sleep(1);
  return today(input);
}
