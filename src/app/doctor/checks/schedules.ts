import type { Client } from '@temporalio/client';
import { convokeSchedules } from '../../../temporal/convoke-schedules';
import { readSchedule } from '../../../temporal/server-facts';
import { green, red, yellow, type Check, type Finding } from '../check';

/** The schedules that this configuration wants are there, run, and their last run ended well. */
export const schedules: Check = {
  name: 'schedules',
  title: 'Temporal: schedules',
  needsTemporal: true,
  async run({ client, config, platforms, mailboxes }) {
    if (client === null) return [];
    const unswept = platforms.filter((platform) => config.platforms[platform]?.mayBeSwept !== true);
    const wanted = convokeSchedules({
      mailboxes,
      platforms: platforms.filter((platform) => !unswept.includes(platform)),
      times: config.schedules,
    });
    const found = await Promise.all(wanted.map(({ options }) => judge(client, options.scheduleId)));
    return [
      ...found,
      ...unswept.map((platform) =>
        yellow(
          ['schedules', `sweep/${platform}`, 'Docebo is not searched for what webhooks miss'],
          `When the recipes of Docebo Connect are stopped (or it never ran): set platforms.${platform}.doceboConnectIsOff: true in convoke.yaml and restart the worker.`,
        ),
      ),
    ];
  },
};

async function judge(client: Client, scheduleId: string): Promise<Finding> {
  const { state, note, lastRun } = await readSchedule(client, scheduleId);
  if (state === 'missing') {
    return red(['schedules', scheduleId, 'is missing'], 'Start the worker: it creates its schedules (npm start).');
  }
  if (state === 'paused') {
    return yellow(
      ['schedules', scheduleId, `is paused${note === '' ? '' : ` (${JSON.stringify(note.slice(0, 80))})`}`],
      `temporal schedule toggle --namespace ${client.options.namespace} --schedule-id ${scheduleId} --unpause`,
    );
  }
  if (lastRun !== null && lastRun !== 'COMPLETED') {
    return red(
      ['schedules', scheduleId, `its last run ended as ${lastRun.toLowerCase()}`],
      `Why: temporal workflow list --namespace ${client.options.namespace} --query 'TemporalScheduledById="${scheduleId}" AND ExecutionStatus="Failed"', then temporal workflow show.`,
    );
  }
  return green('schedules', scheduleId, lastRun === null ? 'on; no run is over yet' : 'on; its last run completed');
}
