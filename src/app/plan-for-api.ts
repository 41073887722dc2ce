import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { NotFoundError } from '../domain/errors';
import type { PlatformKey, SessionRef } from '../domain/model';
import type { Clock } from '../domain/ports';
import type { Operator } from '../temporal/operator/operator';
import { createQueueReads, type QueueReads } from '../temporal/queues/queue-reads';
import { dryRun, readLedger, toDryRunReport, type DryRunReport } from './dry-run';

/** All reads of one dry run. The api closes a connection that is silent for 30 s. */
const PLAN_MS = 25_000;

/** A worker that lives takes a read at once. */
const TAKEN_WITHIN_MS = 5_000;

/**
 * A session's dry run, read by the worker alone: this process has neither Docebo's budget nor secrets to spend.
 *
 * @throws NotFoundError `API_PLATFORM_UNKNOWN`; UpstreamError `TEMPORAL_NO_WORKER`, `ACTIVITY_TIMEOUT`; the reads' own.
 */
export function createPlanForApi(deps: {
  readonly client: Client;
  readonly operator: Pick<Operator, 'session'>;
  readonly platforms: readonly PlatformKey[];
  readonly clock: Clock;
}): (ref: SessionRef) => Promise<DryRunReport> {
  const { client, operator, platforms, clock } = deps;
  return async (ref) => {
    if (!platforms.includes(ref.platform)) {
      throw new NotFoundError('No platform of this installation has this key.', { code: 'API_PLATFORM_UNKNOWN' });
    }
    const ledger = await readLedger(operator, ref);
    const untilMs = performance.now() + PLAN_MS;
    const reads: Pick<QueueReads, 'read'> = {
      async read(...what) {
        const timeoutMs = Math.max(1_000, untilMs - performance.now());
        const takenWithinMs = TAKEN_WITHIN_MS;
        const each = { client, verb: 'plan', here: null, uniqueId: randomUUID, timeoutMs, takenWithinMs };
        return createQueueReads(each).read(...what);
      },
    };
    return toDryRunReport(ref, await dryRun(reads, { ref, ledger, now: clock.now() }));
  };
}
