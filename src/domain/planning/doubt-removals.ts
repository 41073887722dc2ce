import type { ReadAs, SessionFacts } from '../model';
import type { SessionLedger } from '../plan';
import { seesEverything } from '../sees-everything';

/**
 * What Docebo leaves out may be gone, or be out of the reader's sight: an administrator can narrow what a power user sees without any change
 * of user or level. A ledger whose rights an operator has just accepted (`readAs` null) is in no doubt.
 */

/**
 * Learners with a place whom a complete list does not show at all, where that are so many at once that an operator is asked first. A row
 * that says "unenrolled" or "waiting" is evidence, and counts for none.
 */
export function missingAtOnce(
  facts: SessionFacts,
  ledger: Pick<SessionLedger, 'people' | 'readAs'>,
  from: number,
): { readonly missing: number; readonly of: number } | null {
  if (from === 0 || ledger.readAs === null || !facts.enrolmentsComplete) return null;
  const shown = new Set(facts.enrolments.map(({ userId }) => userId));
  const placed = Object.entries(ledger.people).filter(([, { role }]) => role === 'learner');
  const missing = placed.filter(([userId]) => !shown.has(userId)).length;
  return missing >= from && missing * 2 >= placed.length ? { missing, of: placed.length } : null;
}

/** That a session's course is not found either proves that both were deleted only to whoever sees everything. */
export function mayBeHidden(
  { readAs, evidence }: { readonly readAs: ReadAs; readonly evidence: 'absent-from-course' | 'course-gone' },
  ledger: Pick<SessionLedger, 'readAs'>,
): boolean {
  return evidence === 'course-gone' && ledger.readAs !== null && !seesEverything(readAs);
}
