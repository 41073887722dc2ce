import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import { platformWorkflowId } from '../../src/contract/ids';
import { QUERIES, SIGNALS, type PlatformHealthState } from '../../src/contract/messages';
import { createPlatformReports, type ClosablePlatformReports } from '../../src/temporal/platform-reports';
import { SessionBench } from '../support/session-workers';

let bench: SessionBench;
let reports: ClosablePlatformReports;

beforeEach(async () => {
  bench = await SessionBench.open('platform-health');
  reports = createPlatformReports({
    client: bench.client,
    clock: { now: () => new Date() },
    onProblem: ({ cause }) => {
      throw new Error('a report was not taken', { cause });
    },
  });
});
afterEach(async () => {
  await reports.close();
  await bench.close();
});

const platform = (): string => bench.platform;
const handle = () => bench.client.workflow.getHandle(platformWorkflowId(platform()));

async function until(satisfied: (state: PlatformHealthState) => boolean): Promise<PlatformHealthState> {
  for (;;) {
    const state = await handle()
      .query<PlatformHealthState>(QUERIES.health)
      .catch((error: unknown) => {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      });
    if (state !== null && satisfied(state)) return state;
    await sleep(50);
  }
}

/** What the Web UI shows. */
async function details(): Promise<string> {
  const metadata = await handle().query<{ currentDetails?: string }>('__temporal_workflow_metadata');
  return metadata.currentDetails ?? '';
}

test('reports sent while no worker lives are kept, and shown once one does', async () => {
  reports.webhookReceived(platform(), '2026-05-04T09:00:00.000Z');
  reports.authenticationFailed(platform());
  reports.foreignDomain(platform(), 'sandbox.docebosaas.com');
  reports.unknownEvents(platform(), [{ event: 'badge.assigned', pointers: ['/badge'], reason: 'unknown-event' }]);
  await reports.close();

  await bench.startWorkers();
  const state = await until((s) => s.unknownEvents.length > 0 && s.webhooks > 0 && s.foreignDomains.length > 0);

  expect(reports.counts()).toEqual({ sent: 4, failed: 0, dropped: 0 });
  expect(state).toMatchObject({
    platform: platform(),
    webhooks: 1,
    lastWebhookAt: '2026-05-04T09:00:00.000Z',
    authenticationFailures: 1,
    foreignDomains: [{ domain: 'sandbox.docebosaas.com', count: 1 }],
    unknownEvents: [{ shape: { event: 'badge.assigned' }, count: 1 }],
  });
  expect(await details()).toContain('| `badge.assigned` |');
});

test('a signal that is no report stops nothing', async () => {
  await bench.startWorkers();
  reports.webhookReceived(platform(), '2026-05-04T09:00:00.000Z');
  await until((s) => s.webhooks === 1);

  await handle().signal(SIGNALS.report, { kind: 'moon-phase' });
  await handle().signal(SIGNALS.report);
  await handle().signal(SIGNALS.report, { kind: 'webhook', at: '2026-05-04T09:01:00.000Z', count: 2 });
  const state = await until((s) => s.webhooks === 3);

  expect(state.lastWebhookAt).toBe('2026-05-04T09:01:00.000Z');
  expect((await handle().describe()).status.name).toBe('RUNNING');
});

test('a long history rolls over and loses nothing', async () => {
  const count = 4_300;
  await signalMany(count);
  const firstRun = (await handle().describe()).runId;

  await bench.startWorkers();
  const state = await until((s) => s.webhooks >= count);

  expect(state.webhooks).toBe(count);
  expect((await handle().describe()).runId).not.toBe(firstRun);
  expect(await details()).toContain(`${count} since this record began`);
});

/** More than a run's history takes before the server suggests a new one (4,096 events). */
async function signalMany(count: number): Promise<void> {
  reports.webhookReceived(platform(), '2026-05-04T09:00:00.000Z');
  await reports.close();
  const signal = { kind: 'webhook', at: '2026-05-04T09:00:00.000Z', count: 1 };
  for (let sent = 1; sent < count;) {
    const batch = Math.min(100, count - sent);
    await Promise.all(Array.from({ length: batch }, () => handle().signal(SIGNALS.report, signal)));
    sent += batch;
  }
}
