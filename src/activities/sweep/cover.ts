import type { SessionId } from '../../domain/model';
import { computeCoverage, type Coverage, type CoverageRow } from '../../domain/sweep/compute-coverage';
import { fromMinutes } from '../../domain/sweep/session-row';
import type { MemoryRow } from '../../domain/sweep/sweep-memory';
import type { Sweep } from './sweep';

/** How much of Docebo stands in the calendars. Only sessions that lag are asked for their ledgers, nearest ones first. */
export async function measureCoverage(sweep: Sweep): Promise<Coverage> {
  const { state } = sweep;
  const future = [...state.rows]
    .filter(([, { print }]) => print.ends === null || print.ends >= state.nowMinutes)
    .map(([sessionId, row]) => ({ sessionId, row, standing: standingOf(sweep, sessionId, row) }));
  const unmeasured = future.filter(
    ({ sessionId, standing }) =>
      standing === 'lagging' && state.standingOf(sessionId) !== null && !state.inspections.has(sessionId),
  );
  unmeasured.sort((a, b) => (a.row.print.starts ?? Infinity) - (b.row.print.starts ?? Infinity));
  await sweep.inspect(unmeasured.map(({ sessionId }) => sessionId));
  return computeCoverage(
    future.map(({ sessionId, row, standing }) => toCoverageRow(sweep, { sessionId, row, standing })),
    sweep.clock.now().toISOString(),
  );
}

/** As this sweep found it, else as it was left and as Temporal shows it. */
function standingOf({ state }: Sweep, sessionId: SessionId, row: MemoryRow): CoverageRow['standing'] {
  const status = state.standingOf(sessionId)?.status ?? null;
  const mark = state.marks.get(sessionId);
  if (mark !== undefined) return mark;
  switch (status) {
    case null:
    case 'closed':
      return row.asked ? 'none' : 'unknown';
    case 'off':
      return 'none';
    case 'error':
    case 'pending':
      return 'lagging';
    case 'held':
    case 'in_sync':
      return row.gapSince === null ? 'covered' : 'lagging';
  }
}

function toCoverageRow(
  { state }: Sweep,
  { sessionId, row, standing }: { sessionId: SessionId; row: MemoryRow; standing: CoverageRow['standing'] },
): CoverageRow {
  const inspection = state.inspections.get(sessionId);
  const since = row.gapSince === null ? null : fromMinutes(row.gapSince);
  return {
    events: row.print.events ?? 0,
    enrolled: row.print.enrolled ?? 0,
    standing,
    ledger: inspection?.ledger ?? null,
    gapSince: [inspection?.failingSince ?? null, since].filter((at) => at !== null).sort()[0] ?? null,
  };
}
