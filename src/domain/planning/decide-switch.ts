import type { Instant, SessionFacts, SwitchedOff } from '../model';
import type { CancelReason, SessionLedger, SwitchPosition } from '../plan';
import type { PlanSettings } from '../settings';
import { liveFutureEvents } from './live-events';

export interface SwitchDecision {
  readonly position: SwitchPosition;
  /** Withdraw every future event of the session, for this reason. */
  readonly cancelAll: CancelReason | null;
}

/**
 * "Enrollment invitations via external calendar" for one session: the platform's setting, then what the session says of itself, then the
 * course's default.
 *
 * @param factsHash of the session's own facts; null when they could not be read in full.
 */
export function decideSwitch(input: {
  readonly facts: SessionFacts;
  readonly ledger: SessionLedger;
  readonly settings: PlanSettings;
  readonly factsHash: string | null;
  readonly now: Instant;
}): SwitchDecision {
  const { course, session } = input.facts;
  if (session.status === 'cancelled') return { position: 'session-cancelled', cancelAll: 'session-cancelled' };
  switch (session.rsvp) {
    case 'on':
      return { position: 'on', cancelAll: null };
    case 'off':
      return { position: 'off', cancelAll: 'switched-off' };
    case null:
      return { position: 'unproven', cancelAll: null };
    case 'inherit':
      if (course.rsvp === null) return { position: 'unproven', cancelAll: null };
      return course.rsvp ? { position: 'on', cancelAll: null } : decideCourseOff(input);
  }
}

/** The same for a session of which nothing stands in a calendar, from its switches alone. null: not off, or the course has to be asked. */
export function decideOff(facts: {
  readonly session: Pick<SessionFacts['session'], 'status' | 'rsvp'>;
  readonly course: Pick<SessionFacts['course'], 'rsvp'> | null;
}): SwitchedOff['position'] | null {
  const { session, course } = facts;
  if (session.status === 'cancelled') return 'session-cancelled';
  const rsvp = session.rsvp === 'inherit' ? course?.rsvp : session.rsvp === null ? null : session.rsvp === 'on';
  return rsvp === false ? 'off' : null;
}

/**
 * A course that was switched off after invitations went out. Docebo's documented way is that "any future updates to a session" cancel its
 * events: the course's own change cancels nothing, the next change of the session's facts does.
 */
function decideCourseOff(input: Parameters<typeof decideSwitch>[0]): SwitchDecision {
  const { ledger, settings, factsHash, now } = input;
  if (liveFutureEvents(ledger, now).length === 0) return { position: 'off', cancelAll: null };
  switch (settings.courseOff) {
    case 'now':
      return { position: 'off', cancelAll: 'course-switched-off' };
    case 'leave':
      return { position: 'course-off-left', cancelAll: null };
    case 'nextUpdate': {
      const known = factsHash !== null && ledger.factsHash !== null;
      return known && factsHash !== ledger.factsHash
        ? { position: 'off', cancelAll: 'course-switched-off' }
        : { position: 'course-off-waiting', cancelAll: null };
    }
  }
}
