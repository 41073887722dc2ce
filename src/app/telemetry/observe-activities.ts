import type { Activities } from '../../activities/create-activities';
import type { CalendarOutcome } from '../../contract/activities';
import type { SweepResult } from '../../contract/scheduled';
import type { Clock } from '../../domain/ports';
import type { Coverage } from '../../domain/sweep/compute-coverage';
import type { Metrics } from './metrics';

type Input<K extends keyof Activities> = Parameters<Activities[K]>[0];
type Result<K extends keyof Activities> = Awaited<ReturnType<Activities[K]>>;
type Observers = { readonly [K in keyof Activities]?: (input: Input<K>, result: Result<K>) => void };

/** The same activities, whose results are counted. What they count stands in the results: ids never become labels. */
export function observedActivities(activities: Activities, metrics: Metrics, clock: Clock): Activities {
  const observers = createObservers(metrics, clock) as Record<string, ((i: unknown, r: unknown) => void) | undefined>;
  const observed = Object.entries(activities).map(([name, activity]) => {
    const observe = observers[name];
    const run = activity as (input: unknown) => Promise<unknown>;
    if (observe === undefined) return [name, run];
    return [
      name,
      async (input: unknown): Promise<unknown> => {
        const result = await run(input);
        observe(input, result);
        return result;
      },
    ];
  });
  return Object.fromEntries(observed) as Activities;
}

function createObservers(metrics: Metrics, clock: Clock): Observers {
  const nowSeconds = (): number => clock.now().getTime() / 1_000;
  const step =
    (name: string) =>
    ({ mailbox }: { readonly mailbox: string }, { did }: CalendarOutcome): void =>
      metrics.count('steps', { mailbox, step: name, did });
  const coverage = observeCoverage(metrics, clock);
  const sweep = ({ platform }: { readonly platform: string }, result: SweepResult): void => {
    metrics.set('sweepLastAt', { platform }, nowSeconds());
    metrics.set('sweepFinished', { platform }, result.finished ? 1 : 0);
    metrics.set('sweepWaiting', { platform }, result.waiting);
    metrics.count('sweepCalls', { platform }, result.doceboCalls);
    for (const [reason, hinted] of Object.entries(result.reasons)) {
      metrics.count('sweepHints', { platform, reason }, hinted);
    }
    coverage(platform, result.coverage);
  };

  return {
    planSession({ platform }, { plan }) {
      metrics.count('plans', { platform, position: plan.position });
      for (const { code } of plan.problems) metrics.count('planProblems', { platform, code });
    },
    createCalendarEvent: step('create'),
    updateCalendarEvent: step('updateContent'),
    updateAttendees: step('updateAttendees'),
    cancelCalendarEvent: step('cancel'),
    pollRsvps({ mailbox }, result) {
      metrics.count('rsvpPolls', { mailbox });
      metrics.count('rsvpChanged', { mailbox }, result.changedEvents);
      metrics.count('rsvpTold', { mailbox }, result.signalledSessions);
      metrics.count('rsvpMissing', { mailbox }, result.missingSessions);
      metrics.set('rsvpUnreadable', { mailbox }, result.unreadableEvents.length);
      metrics.set('rsvpInbox', { mailbox }, result.inboxProblem === null ? 0 : 1);
      metrics.set('rsvpLastAt', { mailbox }, nowSeconds());
    },
    sweepPlatform: sweep,
    backfillPlatform: sweep,
    collectAndMail(_input, result) {
      metrics.set('failing', {}, result.failing);
      metrics.set('failuresUntold', {}, result.untold);
      metrics.count('failuresMailed', { news: 'failure' }, result.mailed);
      metrics.count('failuresMailed', { news: 'recovery' }, result.recovered);
      metrics.count('recipientsRefused', {}, result.refusedRecipients);
      metrics.set('digestLastAt', {}, nowSeconds());
    },
  };
}

/** A gap grows older without another sweep: its age is computed when it is asked for. */
function observeCoverage(metrics: Metrics, clock: Clock): (platform: string, coverage: Coverage) => void {
  const gaps = new Map<string, number | null>();
  metrics.beforeScrape(() => {
    for (const [platform, since] of gaps) {
      metrics.set('coverageGap', { platform }, since === null ? 0 : (clock.now().getTime() - since) / 1_000);
    }
  });
  return (platform, { seats, covered, unknownSessions, oldestGapSince }) => {
    metrics.set('coverageSeats', { platform }, seats);
    metrics.set('coverageCovered', { platform }, covered);
    metrics.set('coverageUnknown', { platform }, unknownSessions);
    gaps.set(platform, oldestGapSince === null ? null : Date.parse(oldestGapSince));
  };
}
