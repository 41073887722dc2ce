import type { UnknownEventShape } from '../../../src/domain/hints';
import { createPlatformReports, type ClosablePlatformReports } from '../../../src/temporal/platform-reports';
import type { ReportProblem } from '../../../src/temporal/report-folds';
import { FakeSignalClient } from '../../fakes/fake-signal-client';

const START = new Date('2026-05-04T09:00:00.000Z');
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const after = (ms: number): string => new Date(START.getTime() + ms).toISOString();
const shape = (event: string, pointers = ['/a']): UnknownEventShape => ({ event, pointers, reason: 'unknown-event' });

describe('reports about a platform', () => {
  let client: FakeSignalClient;
  let problems: ReportProblem[];
  let reports: ClosablePlatformReports;

  beforeEach(() => {
    jest.useFakeTimers({ now: START });
    client = new FakeSignalClient();
    problems = [];
    reports = createPlatformReports({
      client: client.asClient(),
      clock: { now: () => new Date() },
      onProblem: (problem) => problems.push(problem),
    });
  });

  afterEach(async () => {
    await reports.close();
    jest.useRealTimers();
  });

  const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);
  const receive = (platform = 'acme'): void => reports.webhookReceived(platform, new Date().toISOString());

  it("start or signal the platform's workflow, whether or not it runs", async () => {
    receive();
    await pass(0);

    expect(client.sent).toMatchObject([
      {
        workflowType: 'platformHealth',
        workflowId: 'platform/acme',
        options: {
          taskQueue: 'sessions',
          args: [{ platform: 'acme' }],
          signal: 'report',
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          workflowIdConflictPolicy: 'USE_EXISTING',
        },
        report: { kind: 'webhook', at: after(0), count: 1 },
      },
    ]);
  });

  it('fold webhooks: the first goes at once, then at most one signal a minute with the count of all', async () => {
    for (let i = 0; i < 150; i++) {
      receive();
      await pass(SECOND);
    }
    await pass(2 * MINUTE);

    expect(client.sent.length).toBeLessThanOrEqual(4);
    expect(client.reports()[0]).toEqual({ kind: 'webhook', at: after(0), count: 1 });
    expect(client.reports().at(-1)).toMatchObject({ kind: 'webhook', at: after(149 * SECOND) });
    expect(client.reports().reduce((sum, report) => sum + report.count, 0)).toBe(150);
  });

  it('go at once again after a quiet minute, and not at all while there is nothing to tell', async () => {
    receive();
    await pass(10 * MINUTE);
    expect(client.sent).toHaveLength(1);

    receive();
    await pass(0);

    expect(client.reports().map((report) => report.at)).toEqual([after(0), after(10 * MINUTE)]);
  });

  it('fold failed authentication and each foreign domain by the minute, each for itself', async () => {
    for (let i = 0; i < 5; i++) reports.authenticationFailed('acme');
    for (let i = 0; i < 3; i++) reports.foreignDomain('acme', 'one.example.com');
    reports.foreignDomain('acme', 'two.example.com');
    await pass(MINUTE + 5 * SECOND);

    expect(client.reports()).toEqual([
      { kind: 'authentication-failed', at: after(0), count: 1 },
      { kind: 'foreign-domain', domain: 'one.example.com', at: after(0), count: 1 },
      { kind: 'foreign-domain', domain: 'two.example.com', at: after(0), count: 1 },
      { kind: 'authentication-failed', at: after(0), count: 4 },
      { kind: 'foreign-domain', domain: 'one.example.com', at: after(0), count: 2 },
    ]);
  });

  it('tell an unknown event at first sight, then at most hourly, with all fields seen', async () => {
    reports.unknownEvents('acme', [shape('badge.assigned', ['/a', '/b'])]);
    await pass(MINUTE);
    reports.unknownEvents('acme', [shape('badge.assigned', ['/a', '/c'])]);
    reports.unknownEvents('acme', [shape('badge.assigned', ['/d']), shape('badge.revoked')]);
    await pass(30 * MINUTE);
    expect(client.sent).toHaveLength(2);

    await pass(HOUR);

    expect(client.reports()).toEqual([
      { kind: 'unknown-event', at: after(0), count: 1, shape: shape('badge.assigned', ['/a', '/b']) },
      { kind: 'unknown-event', at: after(MINUTE), count: 1, shape: shape('badge.revoked') },
      { kind: 'unknown-event', at: after(MINUTE), count: 2, shape: shape('badge.assigned', ['/a', '/c', '/d']) },
    ]);
  });

  it('keep platforms apart', async () => {
    receive('acme');
    receive('globex');
    await pass(0);

    expect(client.sent.map((signal) => signal.workflowId)).toEqual(['platform/acme', 'platform/globex']);
  });

  it('keep the report of a signal that failed, and send it with the next', async () => {
    client.failing = true;
    receive();
    reports.unknownEvents('acme', [shape('badge.assigned')]);
    await pass(30 * SECOND);
    receive();
    client.failing = false;
    await pass(MINUTE);

    expect(client.reports()).toEqual([
      { kind: 'webhook', at: after(30 * SECOND), count: 2 },
      { kind: 'unknown-event', at: after(0), count: 1, shape: shape('badge.assigned') },
    ]);
    expect(problems).toMatchObject([
      { what: 'signal-failed', platform: 'acme', kind: 'webhook', count: 1 },
      { what: 'signal-failed', platform: 'acme', kind: 'unknown-event', count: 1 },
    ]);
    expect(reports.counts()).toEqual({ sent: 2, failed: 2, dropped: 0 });
  });

  it('have one signal of a kind under way at a time', async () => {
    client.held = true;
    receive();
    await pass(3 * MINUTE);
    receive();
    await pass(3 * MINUTE);
    expect(client.attempts).toBe(1);

    client.release();
    await pass(MINUTE);

    expect(client.reports().map((report) => report.count)).toEqual([1, 1]);
  });

  it('tell no more than 150 things of a platform, and count the rest', async () => {
    for (let i = 0; i < 160; i++) reports.unknownEvents('acme', [shape(`event.${i}`)]);
    receive('globex');
    await pass(0);

    expect(client.sent).toHaveLength(151);
    expect(reports.counts()).toMatchObject({ dropped: 10 });
    expect(problems).toHaveLength(10);
    expect(problems[0]).toEqual({ what: 'reports-dropped', platform: 'acme', kind: 'unknown-event', count: 1 });
  });

  it('forget what has not been seen for long, so that there is room again', async () => {
    for (let i = 0; i < 150; i++) reports.unknownEvents('acme', [shape(`event.${i}`)]);
    await pass(2 * HOUR + MINUTE);

    reports.unknownEvents('acme', [shape('event.new')]);
    await pass(0);

    expect(client.sent).toHaveLength(151);
    expect(reports.counts()).toMatchObject({ dropped: 0 });
  });

  it('are all sent when they close, due or not; later ones are counted as dropped', async () => {
    for (let i = 0; i < 4; i++) receive();
    reports.unknownEvents('acme', [shape('badge.assigned'), shape('badge.assigned')]);

    await reports.close();
    receive();

    expect(client.reports().map(({ kind, count }) => ({ kind, count }))).toEqual([
      { kind: 'webhook', count: 1 },
      { kind: 'unknown-event', count: 1 },
      { kind: 'webhook', count: 3 },
      { kind: 'unknown-event', count: 1 },
    ]);
    expect(reports.counts()).toEqual({ sent: 4, failed: 0, dropped: 1 });
    expect(jest.getTimerCount()).toBe(0);
  });

  it('are counted as dropped when Temporal is away to the end', async () => {
    client.failing = true;
    for (let i = 0; i < 4; i++) receive();

    await reports.close();

    expect(reports.counts()).toEqual({ sent: 0, failed: 2, dropped: 4 });
    expect(problems.at(-1)).toEqual({ what: 'reports-dropped', platform: 'acme', kind: 'webhook', count: 4 });
  });
});
