import type { Client } from '@temporalio/client';
import { platformWorkflowId } from '../contract/ids';
import { SIGNALS, WORKFLOWS, type PlatformHealthInput, type PlatformReport } from '../contract/messages';
import { SESSIONS_QUEUE } from '../contract/queues';
import { SEARCH_ATTRIBUTES as SA } from '../contract/search-attributes';
import type { Instant, PlatformKey } from '../domain/model';
import type { Clock, PlatformReports } from '../domain/ports';
import { createReportFolds, type FoldCounts, type ReportProblem } from './report-folds';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** For one signal; nobody waits for it but `close()`. */
const SIGNAL_DEADLINE_MS = 5_000;

export interface PlatformReportsOptions {
  readonly client: Pick<Client, 'withDeadline'> & { readonly workflow: Pick<Client['workflow'], 'signalWithStart'> };
  readonly clock: Clock;
  /** For the log: a signal that failed (its report is kept and goes with the next), or reports that are given up. Must not throw. */
  readonly onProblem: (problem: ReportProblem) => void;
}

export interface ClosablePlatformReports extends PlatformReports {
  /** Signals what is still kept, whether it is due or not. What comes later is dropped, and counted. Takes 10 s at most. */
  close(): Promise<void>;
  counts(): FoldCounts;
}

/**
 * Tells the workflow `platform/<platform>` what the ingress saw, folded so that no flood of messages becomes a flood of signals: the first
 * of each kind goes at once, what follows within a minute (for the shape of an unknown event: an hour) goes as one. Counts are of this
 * process; every replica of the ingress folds for itself. A failed signal's report is kept for the next attempt.
 */
export function createPlatformReports(options: PlatformReportsOptions): ClosablePlatformReports {
  const { client, clock, onProblem } = options;
  const folds = createReportFolds({
    clock,
    send: (platform, report) => signal(client, platform, report),
    onProblem,
  });
  const now = (): Instant => clock.now().toISOString();

  return {
    webhookReceived(platform, at) {
      folds.add({ platform, key: '', everyMs: MINUTE_MS, report: { kind: 'webhook', at, count: 1 } });
    },
    authenticationFailed(platform) {
      const report = { kind: 'authentication-failed', at: now(), count: 1 } as const;
      folds.add({ platform, key: '', everyMs: MINUTE_MS, report });
    },
    foreignDomain(platform, domain) {
      const report = { kind: 'foreign-domain', at: now(), domain, count: 1 } as const;
      folds.add({ platform, key: domain, everyMs: MINUTE_MS, report });
    },
    unknownEvents(platform, shapes) {
      for (const shape of shapes) {
        const report = { kind: 'unknown-event', at: now(), shape, count: 1 } as const;
        folds.add({ platform, key: `${shape.reason} ${shape.event}`, everyMs: HOUR_MS, report });
      }
    },
    covered(platform, coverage) {
      const { at, seats, covered, oldestGapSince } = coverage;
      const report = { kind: 'coverage', at, count: 1, seats, covered, oldestGapSince } as const;
      folds.add({ platform, key: '', everyMs: SECOND_MS, report });
    },
    close: () => folds.close(),
    counts: () => folds.counts(),
  };
}

async function signal(
  client: PlatformReportsOptions['client'],
  platform: PlatformKey,
  report: PlatformReport,
): Promise<void> {
  const input: PlatformHealthInput = { platform };
  await client.withDeadline(Date.now() + SIGNAL_DEADLINE_MS, () =>
    client.workflow.signalWithStart(WORKFLOWS.platformHealth, {
      workflowId: platformWorkflowId(platform),
      taskQueue: SESSIONS_QUEUE,
      args: [input],
      signal: SIGNALS.report,
      signalArgs: [report],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'USE_EXISTING',
      staticSummary: `Webhooks of Docebo platform ${platform}`,
      typedSearchAttributes: [{ key: SA.platform, value: platform }],
    }),
  );
}
