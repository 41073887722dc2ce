import { targetWorkflowId } from '../contract/ids';
import { AppError, ThrottledError, UpstreamError } from '../domain/errors';
import type { Hint, HintBatch, TargetedHint } from '../domain/hints';
import type { Instant, PlatformKey } from '../domain/model';
import type { SessionHints } from '../domain/ports';
import { within } from './within';

/** Temporal takes 10,000 signals a run; until the session rolls over, more are refused. Seconds do not help, minutes may. */
const SIGNAL_LIMIT_RETRY_MS = 120_000;

/** One batch for each target, in the order of first mention, with all hints of the message for it in theirs. */
export function toHintBatches(input: {
  readonly platform: PlatformKey;
  readonly receivedAt: Instant;
  readonly hints: readonly TargetedHint[];
}): HintBatch[] {
  const batches = new Map<string, { target: HintBatch['target']; receivedAt: Instant; hints: Hint[] }>();
  for (const { target, hint } of input.hints) {
    const id = targetWorkflowId(input.platform, target);
    const batch = batches.get(id) ?? { target, receivedAt: input.receivedAt, hints: [] };
    batch.hints.push(hint);
    batches.set(id, batch);
  }
  return [...batches.values()];
}

/**
 * Resolves when Temporal has stored every batch. Whatever was stored when it throws does no harm: the whole message comes again.
 *
 * @throws ThrottledError INGRESS_SIGNAL_LIMIT some target takes no more signals; INGRESS_TEMPORAL_UNAVAILABLE (UpstreamError) any other
 *   failure, or no answer by the deadline, which holds also when `hints` ignores its own.
 */
export async function deliverHints(input: {
  readonly hints: SessionHints;
  readonly platform: PlatformKey;
  readonly batches: readonly HintBatch[];
  readonly deadlineMs: number;
}): Promise<void> {
  const { hints, platform, batches, deadlineMs } = input;
  if (batches.length === 0) return;
  if (deadlineMs <= 0) throw unavailable('the message arrived too slowly', undefined, batches.length);

  // allSettled also takes care of those that fail after the deadline: no rejection stays unhandled.
  const settled = Promise.allSettled(batches.map(async (batch) => hints.hint({ platform, batch, deadlineMs })));
  const results = await within(deadlineMs, settled);
  if (results === null) throw unavailable('no answer by the deadline', undefined, batches.length);

  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  if (failures.length === 0) return;
  const wall = failures.find((cause) => cause instanceof AppError && cause.code === 'TEMPORAL_SIGNAL_LIMIT');
  if (wall === undefined) throw unavailable('not every hint was stored', failures[0], failures.length);
  throw new ThrottledError('A session takes no more signals until it rolls over: are its workers running?', {
    code: 'INGRESS_SIGNAL_LIMIT',
    cause: wall,
    context: { failed: failures.length, batches: batches.length },
    retryAfterMs: SIGNAL_LIMIT_RETRY_MS,
  });
}

function unavailable(why: string, cause: unknown, failed: number): UpstreamError {
  return new UpstreamError(`Temporal: ${why}`, { code: 'INGRESS_TEMPORAL_UNAVAILABLE', cause, context: { failed } });
}
