import { ScheduleAlreadyRunning, type Client, type ScheduleOptions } from '@temporalio/client';

/**
 * Creates a schedule, or brings an existing one to these settings. Whether it is paused, and the note an operator left, stay as they are: an
 * update that leaves `state` out would un-pause it. The last result, in which cursors live, survives an update; deleting would lose it.
 */
export async function upsertSchedule(client: Client, options: ScheduleOptions): Promise<'created' | 'updated'> {
  try {
    await client.schedule.create(options);
    return 'created';
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(options.scheduleId).update((previous) => ({ ...options, state: previous.state }));
    return 'updated';
  }
}
