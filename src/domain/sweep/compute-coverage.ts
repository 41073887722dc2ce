import type { Instant } from '../model';
import type { LedgerNumbers } from './session-standing';

/** One future session as the sweep left it. */
export interface CoverageRow {
  readonly events: number;
  readonly enrolled: number;
  /**
   * `covered`: its workflow knows what Docebo has. `lagging`: it does not, or cannot write. `none`: no invitations are wanted. `unknown`:
   * nobody has asked the session yet whether they are.
   */
  readonly standing: 'covered' | 'lagging' | 'none' | 'unknown';
  /** What the calendar holds; null: nothing, or it could not be asked. Only looked at while lagging. */
  readonly ledger: LedgerNumbers | null;
  readonly gapSince: Instant | null;
}

export interface Coverage {
  readonly at: Instant;
  /** Seats (active learner x future event) that Docebo has, and that the ledgers cover. */
  readonly seats: number;
  readonly covered: number;
  readonly oldestGapSince: Instant | null;
  /** Future sessions of which it is not known yet whether they want invitations; their seats count as none. */
  readonly unknownSessions: number;
}

/**
 * How much of Docebo stands in the calendars. Docebo's side are the counters of its list rows; a session that lags is measured by its
 * ledger, event by event that is still to come.
 */
export function computeCoverage(rows: Iterable<CoverageRow>, at: Instant): Coverage {
  let seats = 0;
  let covered = 0;
  let unknownSessions = 0;
  const gaps: Instant[] = [];
  for (const row of rows) {
    if (row.standing === 'unknown') unknownSessions++;
    if (row.standing === 'none' || row.standing === 'unknown') continue;
    const wanted = row.enrolled * Math.max(0, row.events - (row.ledger?.ended ?? 0));
    const there = row.standing === 'covered' ? wanted : Math.min(wanted, seatsOf(row.ledger));
    seats += wanted;
    covered += there;
    if (there < wanted && row.gapSince !== null) gaps.push(row.gapSince);
  }
  return { at, seats, covered, oldestGapSince: gaps.sort()[0] ?? null, unknownSessions };
}

/** "12,431 of 12,433 seats covered, oldest gap 4 min". */
export function describeCoverage({ at, seats, covered, oldestGapSince, unknownSessions }: Coverage): string {
  const parts = [`${count(covered)} of ${count(seats)} seats covered`];
  if (oldestGapSince !== null) parts.push(`oldest gap ${describeSpan(Date.parse(at) - Date.parse(oldestGapSince))}`);
  if (unknownSessions > 0) parts.push(`${count(unknownSessions)} sessions not looked at yet`);
  return parts.join(', ');
}

function seatsOf(ledger: LedgerNumbers | null): number {
  return ledger === null ? 0 : ledger.learners * ledger.live;
}

function count(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

function describeSpan(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
