import { AppError } from '../../domain/errors';

const LOST = new Set(['syncstatenotfound', 'syncstateinvalid', 'resyncrequired']);

/**
 * Whether the service forgot where a delta link stands. Links have no fixed lifetime; the codes come with several statuses and in several
 * spellings.
 *
 * @see https://learn.microsoft.com/graph/delta-query-overview
 */
export function isSyncStateLost(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  const { status, upstreamCode } = error.context;
  return status === 410 || (typeof upstreamCode === 'string' && LOST.has(upstreamCode.toLowerCase()));
}
