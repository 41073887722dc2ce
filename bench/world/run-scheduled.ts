import { NAMESPACE } from '../../chaos/world/settings';
import { until, type WatchedWorld } from './watched-world';

/** Starts a run of a schedule now, with what the last one remembered, and answers its result and how long it took. */
export async function runScheduled<T>(
  { client }: WatchedWorld,
  scheduleId: string,
): Promise<{ readonly result: T; readonly seconds: number }> {
  const describe = async () => {
    const { info } = await client.workflowService.describeSchedule({ namespace: NAMESPACE, scheduleId });
    return {
      started: info?.recentActions?.at(-1)?.startWorkflowResult?.workflowId ?? null,
      isRunning: (info?.runningWorkflows?.length ?? 0) > 0,
    };
  };
  // What a run remembers for the next one reaches that only once the schedule has seen its end.
  const rests = (): Promise<true> =>
    until(`${scheduleId} to rest`, 120_000, async () => ((await describe()).isRunning ? null : true));
  await rests();
  const { started: before } = await describe();
  await client.schedule.getHandle(scheduleId).trigger('SKIP');
  const workflowId = await until(`a run of ${scheduleId}`, 60_000, async () => {
    const { started } = await describe();
    return started === before ? null : started;
  });
  const handle = client.workflow.getHandle(workflowId);
  const result = (await handle.result()) as T;
  const { startTime, closeTime } = await handle.describe();
  await rests();
  return { result, seconds: ((closeTime ?? startTime).getTime() - startTime.getTime()) / 1000 };
}
