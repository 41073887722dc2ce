import { Client, type Connection } from '@temporalio/client';
import { queueOwners } from '../../src/app/doctor/checks/queue-owners';
import { schedules } from '../../src/app/doctor/checks/schedules';
import { temporalServer } from '../../src/app/doctor/checks/temporal-server';
import { workers } from '../../src/app/doctor/checks/workers';
import { convokeSchedules } from '../../src/temporal/convoke-schedules';
import { upsertSchedule } from '../../src/temporal/upsert-schedule';
import { PATIENCE_MS } from '../support/pace';
import { eventually } from '../support/eventually';
import { connectTemporal, createNamespace } from '../support/temporal';
import { aContext, run } from '../unit/app/doctor/a-context';
import { yamlWith } from '../unit/app/some-configuration';

/** What the doctor says of a real server in each bad state. */

let connection: Connection;
let client: Client;
beforeAll(async () => {
  connection = await connectTemporal();
});
afterAll(() => connection.close());
beforeEach(async () => {
  client = new Client({ connection, namespace: await createNamespace(connection, 'doctor') });
});

function context(changes: Readonly<Record<string, unknown>> = {}) {
  const yaml = yamlWith({ temporal: { namespace: client.options.namespace }, ...changes });
  return aContext({ client, now: () => new Date(), yaml });
}

test('a retention of a day and missing attributes are told', async () => {
  const { namespace } = client.options;
  const before = await run(temporalServer, context());
  await connection.operatorService.removeSearchAttributes({ namespace, searchAttributes: ['SyncStatus'] });

  const after = await eventually(async () => {
    const told = await run(temporalServer, context());
    return told.lines.includes('red temporal.attributes') ? told : null;
  }, 'the attribute to be gone');

  expect(before.lines).toEqual(['green temporal.reach', 'yellow temporal.retention', 'green temporal.attributes']);
  expect(before.text).toContain('for 1 day only');
  expect(after.text).toContain('search attributes missing: SyncStatus; of another type: none');
});

test('queues without a worker, and one with two, are told', async () => {
  const before = await run(workers, context());
  const { namespace } = client.options;
  const over = new AbortController();
  const polls = ['1@here', '2@there'].map((identity) =>
    client
      // Temporal takes no poll without a deadline.
      .withDeadline(Date.now() + PATIENCE_MS, () =>
        client.withAbortSignal(over.signal, () =>
          client.workflowService.pollActivityTaskQueue({ namespace, identity, taskQueue: { name: 'graph/training' } }),
        ),
      )
      // Nobody has anything for them.
      .catch(() => undefined),
  );

  const after = await eventually(async () => {
    const told = await run(workers, context());
    return told.lines.includes('yellow workers graph/training') ? told : null;
  }, 'both to poll');
  // One that outlived its connection would be tried again on it, and end whatever runs then.
  over.abort();
  await Promise.all(polls);

  expect(before.lines).toEqual(['red workers sessions', 'red workers docebo/academy', 'red workers graph/training']);
  expect(after.text).toContain('2 processes work on this queue');
});

test('schedules that are missing, and one that somebody paused, are told', async () => {
  const swept = { platforms: { academy: { doceboConnectIsOff: true } } };
  const before = await run(schedules, context(swept));
  const wanted = convokeSchedules({
    mailboxes: ['training'],
    platforms: ['academy'],
    times: { rsvpPollMs: 86_400_000, sweepMs: 86_400_000, failureDigestMs: 86_400_000 },
  });
  for (const { options } of wanted) await upsertSchedule(client, options);
  await client.schedule.getHandle('sweep/academy').pause('until monday');

  const after = await run(schedules, context(swept));
  for (const { options } of wanted) await client.schedule.getHandle(options.scheduleId).delete();

  expect(before.lines).toEqual([
    'red schedules rsvp-poll/training',
    'red schedules sweep/academy',
    'red schedules failure-digest',
  ]);
  expect(after.lines).toEqual([
    'green schedules rsvp-poll/training',
    'yellow schedules sweep/academy',
    'green schedules failure-digest',
  ]);
  expect(after.text).toContain('is paused ("until monday")');
});

test('queues that no process gives to anybody are told', async () => {
  const { lines } = await run(queueOwners, context({ worker: { replicas: 'several' } }));

  expect(lines).toEqual(['red owners docebo/academy', 'red owners graph/training']);
});
