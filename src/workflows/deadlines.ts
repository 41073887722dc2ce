import type { SessionState } from '../contract/messages';
import type { Instant } from '../domain/model';
import { liveFutureEvents } from '../domain/planning/live-events';
import type { Pace } from '../domain/settings';
import { later, now } from './session-state';

export function isDirty(session: SessionState): boolean {
  return session.inbox.count > 0;
}

/** A plan is due: hints wait, or the time of a second look or another attempt has come. */
export function isDue(session: SessionState): boolean {
  return session.held === null && (isDirty(session) || isReached(session.settleAt) || isReached(session.retryAt));
}

/** Answers are to be written to Docebo, or a decline's time is up. */
export function areAnswersDue(session: SessionState): boolean {
  return session.held === null && isReached(session.answersDueAt);
}

function isReached(deadline: Instant | null): boolean {
  return deadline !== null && deadline <= now();
}

/** Nothing is left to look after: the workflow completes, and a later hint starts a new run that adopts what is there. */
export function isOver(session: SessionState, pace: Pace): boolean {
  if (isDirty(session) || session.settleAt !== null || session.held !== null || session.lastPlanAt === null)
    return false;
  const nothingLive = liveFutureEvents(session.ledger, now()).length === 0;
  const unexplained = session.position === 'unproven' && nothingLive && session.attempts > pace.retryMs.length;
  if (session.failures.length > 0 || session.retryAt !== null) return unexplained;
  switch (session.position) {
    case 'off':
    case 'session-gone':
    case 'session-cancelled':
      return nothingLive;
    case 'on':
    case 'course-off-waiting':
    case 'course-off-left':
      return nothingLive && session.endsAt !== null && now() >= later(session.endsAt, pace.graceMs);
    case 'unproven':
    case 'frozen':
    case 'unknown':
      return false;
  }
}

/** Milliseconds until something has to be looked at, hints aside. */
export function untilNextDeadline(session: SessionState, pace: Pace, rollOverAt: Instant): number {
  const over = session.endsAt === null || session.held !== null ? null : later(session.endsAt, pace.graceMs);
  const deadlines =
    session.held === null ? [session.settleAt, session.retryAt, session.answersDueAt, over, rollOverAt] : [rollOverAt];
  const next = deadlines.filter((d) => d !== null && d > now()).sort()[0] ?? rollOverAt;
  return Math.max(1, Date.parse(next ?? rollOverAt) - Date.parse(now()));
}
