import {
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  defineQuery,
} from '@temporalio/workflow';
import type { Activities } from '../activities/create-activities';
import { QUERIES } from '../contract/messages';
import type { BackfillProgress, BackfillRunInput } from '../contract/operator-reads';
import { doceboQueue, graphQueue } from '../contract/queues';
import type { SweepResult } from '../contract/scheduled';
import { lightActivities } from './activity-proxies';
import { receiveRenewal, rollOverAsked } from './roll-over';

export const backfillProgress = defineQuery<BackfillProgress>(QUERIES.backfillProgress);

/** As for what schedules start: an attempt goes on where the one before it stood. */
const walk = {
  startToCloseTimeout: '20m',
  heartbeatTimeout: '60s',
  retry: { initialInterval: '5s', backoffCoefficient: 2, maximumInterval: '2m', maximumAttempts: 5 },
} as const;
/** Each round's result holds the memory of all sessions. */
const ROUNDS_A_RUN = 10;

const NOTHING_YET: BackfillProgress = {
  phase: 'calendars',
  connectEvents: 0,
  rounds: 0,
  sessions: 0,
  coursesVisited: 0,
  coursesPlanned: 0,
  hinted: 0,
  waiting: 0,
  doceboCalls: 0,
  stoppedBy: null,
  unreadable: {},
};

/**
 * Covers every future session without waiting for a webhook: first the calendars are paged through for what Docebo Connect left, then Docebo's
 * lists are walked in rounds as its hourly limit allows. Each session adopts what it finds, and invites whom it does not.
 */
export async function backfill(input: BackfillRunInput): Promise<BackfillProgress> {
  const { platform, doceboConnectIsOff, pauseMs } = input;
  let progress = input.state?.progress ?? NOTHING_YET;
  let memory = input.state?.memory ?? null;
  setHandler(backfillProgress, () => progress);
  const renewalAsked = receiveRenewal();
  const show = (change: Partial<BackfillProgress>): void => {
    progress = { ...progress, ...change };
    setCurrentDetails(describe(progress));
  };

  if (progress.phase === 'calendars') show({ connectEvents: await indexCalendars(input) });

  const { backfillPlatform } = proxyActivities<Activities>({ ...walk, taskQueue: doceboQueue(platform) });
  for (let round = 0; ; round++) {
    if (round >= ROUNDS_A_RUN || (round > 0 && (rollOverAsked() || renewalAsked()))) {
      if (memory !== null) await continueAsNew<typeof backfill>({ ...input, state: { memory, progress } });
    }
    show({ phase: 'sessions' });
    const result: SweepResult = await backfillPlatform({ platform, memory, doceboConnectIsOff });
    memory = result.memory;
    await lightActivities().publishCoverage.executeWithOptions({ summary: 'coverage' }, [
      { platform, coverage: result.coverage },
    ]);
    show({ ...toProgress(result, progress), phase: result.finished ? 'done' : 'pause' });
    if (result.finished) return progress;
    await sleep(pauseMs);
  }
}

async function indexCalendars({ platform, mailboxes }: BackfillRunInput): Promise<number> {
  let events = 0;
  for (const mailbox of mailboxes) {
    const { indexDoceboConnectEvents } = proxyActivities<Activities>({ ...walk, taskQueue: graphQueue(mailbox) });
    events += (await indexDoceboConnectEvents({ platform, mailbox })).events;
  }
  return events;
}

function toProgress(result: SweepResult, before: BackfillProgress): Partial<BackfillProgress> {
  const { sessions, coursesVisited, coursesPlanned, waiting, stoppedBy, unreadable } = result;
  return {
    sessions,
    coursesVisited,
    coursesPlanned,
    waiting,
    stoppedBy,
    unreadable,
    rounds: before.rounds + 1,
    hinted: before.hinted + result.hinted,
    doceboCalls: before.doceboCalls + result.doceboCalls,
  };
}

function describe({ phase, connectEvents, rounds, sessions, hinted, waiting, stoppedBy }: BackfillProgress): string {
  return (
    `**${phase}**: ${hinted} sessions told in ${rounds} rounds, ${sessions} known, ${waiting} left to the next round; ` +
    `${connectEvents} events of Docebo Connect` +
    (stoppedBy === null ? '' : `; the last round ended early: \`${stoppedBy}\``)
  );
}
