import { Client } from '@temporalio/client';
import type { Connection, ScheduleOptions } from '@temporalio/client';
import { upsertSchedule } from '../../src/temporal/upsert-schedule';
import { connectTemporal, createNamespace } from '../support/temporal';

let connection: Connection;
let client: Client;
beforeAll(async () => {
  connection = await connectTemporal();
  client = new Client({ connection, namespace: await createNamespace(connection, 'schedules') });
});
afterAll(() => connection.close());

const every = (interval: string): ScheduleOptions => ({
  scheduleId: 'rsvp-poll/training',
  spec: { intervals: [{ every: interval as '5m' }] },
  policies: { overlap: 'SKIP', catchupWindow: '1m' },
  action: {
    type: 'startWorkflow',
    workflowType: 'pollRsvps',
    taskQueue: 'sessions',
    workflowId: 'rsvp-poll/training',
    args: [],
  },
});

test('a schedule is made once and then changed; what an operator paused stays paused', async () => {
  expect(await upsertSchedule(client, every('1h'))).toBe('created');
  const handle = client.schedule.getHandle('rsvp-poll/training');
  await handle.pause('maintenance of the mailbox');

  expect(await upsertSchedule(client, every('2h'))).toBe('updated');

  const described = await handle.describe();
  expect(described.state).toMatchObject({ paused: true, note: 'maintenance of the mailbox' });
  expect(described.spec.intervals).toEqual([expect.objectContaining({ every: 2 * 3_600_000 })]);
});
