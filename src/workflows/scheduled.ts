import { proxyActivities, setCurrentDetails, setWorkflowOptions, workflowInfo } from '@temporalio/workflow';
import type { DigestResult, PollRsvpsResult, SweepResult } from '../contract/scheduled';
import { doceboQueue, graphQueue, SESSIONS_QUEUE } from '../contract/queues';
import type { Activities } from '../activities/create-activities';
import { lightActivities } from './activity-proxies';
import type { MailboxKey, PlatformKey } from '../domain/model';

/**
 * What schedules start. Each is one activity; what it must remember (a cursor, fingerprints, what was mailed) is the result of the last run
 * that completed: Temporal hands it to the next one, over failed runs, changed schedules and restarts of the server.
 */

/** A run that cannot finish fails, and the next one starts from the same memory. */
const walk = {
  startToCloseTimeout: '20m',
  heartbeatTimeout: '60s',
  retry: { initialInterval: '5s', backoffCoefficient: 2, maximumInterval: '2m', maximumAttempts: 5 },
} as const;

export async function pollRsvps({ mailbox }: { readonly mailbox: MailboxKey }): Promise<PollRsvpsResult> {
  const last = workflowInfo().lastResult as PollRsvpsResult | undefined;
  const { pollRsvps: poll } = proxyActivities<Activities>({ ...walk, taskQueue: graphQueue(mailbox) });
  const result = await poll({ mailbox, cursor: last?.cursor ?? null });
  const inbox =
    result.inboxProblem === null ? '' : `\n\n**inbox**: \`${result.inboxProblem.code}\` ${result.inboxProblem.message}`;
  setCurrentDetails(
    `${result.changedEvents} events changed, ${result.signalledSessions} sessions told, ${result.graphCalls} Graph calls${inbox}`,
  );
  return result;
}

/** Looks at what is near each time, and once a day at everything; see `chooseHorizon`. */
export async function sweep({ platform }: { readonly platform: PlatformKey }): Promise<SweepResult> {
  const last = workflowInfo().lastResult as SweepResult | undefined;
  const { sweepPlatform } = proxyActivities<Activities>({ ...walk, taskQueue: doceboQueue(platform) });
  const result = await sweepPlatform({ platform, horizon: 'due', memory: last?.memory ?? null });
  await lightActivities().publishCoverage.executeWithOptions({ summary: 'coverage' }, [
    { platform, coverage: result.coverage },
  ]);
  const { coverage, hinted, sessions, doceboCalls, stoppedBy } = result;
  setCurrentDetails(
    `${coverage.covered} of ${coverage.seats} seats covered; ${hinted} of ${sessions} sessions hinted; ${doceboCalls} Docebo calls` +
      (stoppedBy === null ? '' : `; stopped early: \`${stoppedBy}\``),
  );
  return result;
}

/** @param mailbox that the mails are sent from: its limits are kept where its queue is served. */
export async function notifyFailures(input?: { readonly mailbox: MailboxKey | null }): Promise<DigestResult> {
  const last = workflowInfo().lastResult as DigestResult | undefined;
  const mailbox = input?.mailbox;
  const { collectAndMail } = proxyActivities<Activities>({
    ...walk,
    taskQueue: mailbox == null ? SESSIONS_QUEUE : graphQueue(mailbox),
  });
  const result = await collectAndMail({ memory: last?.memory ?? null });
  setCurrentDetails(
    `${result.failing} causes fail now; ${result.mailed} mailed, ${result.recovered} recoveries mailed`,
  );
  return result;
}

/**
 * A run is over within minutes: it ends on the version that began it, while all other workflows go over to the current one. The server refuses
 * a behaviour from a worker without a version.
 */
function versioning(): { readonly versioningBehavior?: 'PINNED' } {
  // A worker without a version has a build id of the SDK's own, and no name of a deployment.
  const deployment = workflowInfo().currentDeploymentVersion?.deploymentName ?? '';
  return deployment === '' ? {} : { versioningBehavior: 'PINNED' };
}
setWorkflowOptions(versioning, pollRsvps);
setWorkflowOptions(versioning, sweep);
setWorkflowOptions(versioning, notifyFailures);
