import type { Activities } from '../../../../src/activities/create-activities';
import { Metrics } from '../../../../src/app/telemetry/metrics';
import { observedActivities } from '../../../../src/app/telemetry/observe-activities';

const NOW = new Date('2026-05-04T09:00:00Z');
const SECONDS = NOW.getTime() / 1_000;

/** Runs one activity with the result that it is to have; answers the lines of all metrics that it changed. */
async function countedBy(name: keyof Activities, input: unknown, result: unknown): Promise<string[]> {
  const metrics = new Metrics('worker');
  const activities = { [name]: () => Promise.resolve(result) } as unknown as Activities;
  const observed: Record<string, unknown> = { ...observedActivities(activities, metrics, { now: () => NOW }) };
  const run = observed[name] as (input: unknown) => Promise<unknown>;

  expect(await run(input)).toBe(result);
  return (await metrics.text())
    .split('\n')
    .filter((line) => line.startsWith('convoke_') && !/^convoke_fail\w+ 0$/.test(line))
    .map((line) => line.replace('convoke_', ''));
}

describe('results of activities', () => {
  const coverage = { at: '', seats: 40, covered: 38, oldestGapSince: '2026-05-04T08:00:00Z', unknownSessions: 3 };

  it('tell where sessions stand, and what planning found', async () => {
    const plan = { position: 'on', problems: [{ code: 'PLAN_READ_INCOMPLETE', eventId: '1' }] };

    expect(await countedBy('planSession', { platform: 'academy', sessionId: '5401' }, { plan })).toEqual([
      'plans_total{platform="academy",position="on"} 1',
      'plan_problems_total{platform="academy",code="PLAN_READ_INCOMPLETE"} 1',
    ]);
  });

  test.each([
    ['createCalendarEvent', 'create', 'created'],
    ['updateCalendarEvent', 'updateContent', 'unchanged'],
    ['updateAttendees', 'updateAttendees', 'updated'],
    ['cancelCalendarEvent', 'cancel', 'cancelled'],
  ] as const)('tell what a step did: %s', async (name, step, did) => {
    expect(await countedBy(name, { mailbox: 'training' }, { did })).toEqual([
      `steps_total{mailbox="training",step="${step}",did="${did}"} 1`,
    ]);
  });

  it('tell how the poll of answers went', async () => {
    const result = {
      changedEvents: 3,
      signalledSessions: 2,
      missingSessions: 1,
      unreadableEvents: ['AAMk1'],
      inboxProblem: { code: 'GRAPH_ACCESS' },
    };

    expect(await countedBy('pollRsvps', { mailbox: 'training' }, result)).toEqual([
      'rsvp_polls_total{mailbox="training"} 1',
      'rsvp_events_changed_total{mailbox="training"} 3',
      'rsvp_sessions_told_total{mailbox="training"} 2',
      'rsvp_sessions_missing_total{mailbox="training"} 1',
      'rsvp_events_unreadable{mailbox="training"} 1',
      'rsvp_inbox_failing{mailbox="training"} 1',
      `rsvp_last_success_timestamp_seconds{mailbox="training"} ${SECONDS}`,
    ]);
  });

  test.each(['sweepPlatform', 'backfillPlatform'] as const)('tell coverage and cost: %s', async (name) => {
    const result = { finished: false, waiting: 2, doceboCalls: 17, reasons: { row: 4, sample: 0 }, coverage };

    expect((await countedBy(name, { platform: 'academy' }, result)).sort()).toEqual(
      [
        'coverage_seats{platform="academy"} 40',
        'coverage_seats_covered{platform="academy"} 38',
        'coverage_oldest_gap_seconds{platform="academy"} 3600',
        'coverage_sessions_unknown{platform="academy"} 3',
        `sweep_last_success_timestamp_seconds{platform="academy"} ${SECONDS}`,
        'sweep_finished{platform="academy"} 0',
        'sweep_docebo_calls_total{platform="academy"} 17',
        'sweep_hints_total{platform="academy",reason="row"} 4',
        'sweep_sessions_waiting{platform="academy"} 2',
      ].sort(),
    );
  });

  it('tell who was told of failures', async () => {
    const result = { failing: 3, mailed: 2, recovered: 1, untold: 0, refusedRecipients: 1 };

    expect(await countedBy('collectAndMail', { memory: null }, result)).toEqual([
      'failing_causes 3',
      'failure_mails_causes_total{news="failure"} 2',
      'failure_mails_causes_total{news="recovery"} 1',
      'failure_mails_refused_total 1',
      `failure_digest_last_success_timestamp_seconds ${SECONDS}`,
    ]);
  });
});

test('an activity that fails, fails as before and counts nothing here', async () => {
  const metrics = new Metrics('worker');
  const error = new Error('refused');
  const activities = { planSession: () => Promise.reject(error) } as unknown as Activities;

  await expect(observedActivities(activities, metrics, { now: () => NOW }).planSession({} as never)).rejects.toBe(
    error,
  );

  expect(await metrics.text()).not.toContain('convoke_plans_total{');
});
