import type { Client } from '@temporalio/client';
import { WORKFLOWS } from '../../contract/messages';
import { SEARCH_ATTRIBUTES as SA, type SyncStatus } from '../../contract/search-attributes';
import type { PlatformKey } from '../../domain/model';
import type { Clock } from '../../domain/ports';
import type { Metrics } from './metrics';

const STATUSES: Readonly<Record<SyncStatus, true>> = {
  pending: true,
  in_sync: true,
  error: true,
  held: true,
  off: true,
  closed: true,
};
/** Scrapes come more often than the numbers matter. */
const KEEP_MS = 60_000;
const DEADLINE_MS = 3_000;

/**
 * Sessions by state, as Temporal's visibility counts them: asked at scrapes, once a minute at most. While Temporal does not answer the last
 * numbers stand.
 */
export function countSessionsAtScrapes(input: {
  readonly metrics: Metrics;
  readonly client: Pick<Client, 'workflow' | 'withDeadline'>;
  readonly platforms: readonly PlatformKey[];
  readonly clock: Clock;
}): void {
  const { metrics, client, platforms, clock } = input;
  let freshUntilMs = 0;
  metrics.beforeScrape(async () => {
    const now = clock.now().getTime();
    if (now < freshUntilMs) return;
    freshUntilMs = now + KEEP_MS;
    await client.withDeadline(now + DEADLINE_MS, () => Promise.all(platforms.flatMap((p) => countOf(p))));
  });

  function countOf(platform: PlatformKey): Promise<void>[] {
    return Object.keys(STATUSES).map(async (status) => {
      const query = `WorkflowType="${WORKFLOWS.courseSession}" AND ExecutionStatus="Running" AND ${SA.platform.name}="${platform}" AND ${SA.status.name}="${status}"`;
      const { count } = await client.workflow.count(query);
      metrics.set('sessions', { platform, status }, count);
    });
  }
}
