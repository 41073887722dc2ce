import type { SessionState } from '../contract/messages';
import type { Instant, UserId } from '../domain/model';
import { liveFutureEvents } from '../domain/planning/live-events';
import type { SessionLedger } from '../domain/plan';
import { applyAnswers } from '../domain/rsvp/apply-answers';
import { answerToSession, decideDecline, type DeclineDecision } from '../domain/rsvp/decide-decline';
import type { RsvpSignal } from '../domain/rsvp/observed-answer';
import { foldUnmatched } from '../domain/rsvp/unmatched-answers';
import { explainActivityFailure } from './activity-failures';
import { doceboActivities } from './activity-proxies';
import { live, setAnswers, setRow } from './answer-rows';
import { ROLL_OVER, unlessRollOver } from './roll-over';
import { journal, later, markDirty, now } from './session-state';
import { pendingAnswers, toldAgainAt, writeDue, type Problem } from './write-answers';

/** The longest wait after a failure; also how long something that is not tried again stays to be seen. */
const RETRY_MS = 15 * 60_000;

/** Takes in what a poll saw. Synchronous and total: what it leads to is done by the main loop. */
export function receiveAnswers(session: SessionState, signal: RsvpSignal): void {
  const { observedAt } = signal;
  for (const { eventId, graphEventId, answers: observed } of signal.events) {
    const row = session.ledger.events[eventId];
    // A copy that somebody made by hand carries the same marks; only the ledger's own event counts.
    if (row?.graphEventId !== graphEventId) continue;
    const { departed, aliases } = session.ledger;
    const people = peopleWhoMayAnswer(session);
    const applied = applyAnswers({
      answers: row.answers,
      observed,
      people,
      departed,
      ...(aliases && { aliases }),
      observedAt,
    });
    setAnswers(session, eventId, applied.answers);
    session.unmatched = foldUnmatched(session.unmatched, { eventId, unmatched: applied.unmatched }, people, aliases);
    for (const { userId, row: answer, matchedBy } of applied.changed) {
      const how = matchedBy === 'name' ? ' (by name)' : '';
      journal(session, observedAt, {
        what: 'answer',
        eventId,
        note: `user ${userId} ${answer[0]}${how}`,
        users: [userId],
      });
    }
  }
  for (const graphEventId of signal.removed) forgetRemoved(session, graphEventId);
  scheduleAnswers(session);
}

/** Somebody deleted the event in the mailbox: it is made anew. */
function forgetRemoved(session: SessionState, graphEventId: string): void {
  const lost = liveFutureEvents(session.ledger, now()).find((event) => event.graphEventId === graphEventId);
  if (lost === undefined) return;
  const row = session.ledger.events[lost.eventId]!;
  setRow(session, lost.eventId, { ...row, graphEventId: null });
  journal(session, now(), { what: 'removed', eventId: lost.eventId, note: 'deleted in the mailbox' });
  markDirty(session, now(), { count: 1, settle: false });
}

/** When answers need work next: now if something is to be written, else when the first decline's time is up. */
export function scheduleAnswers(session: SessionState): void {
  const policy = session.answerPolicy;
  const failure = session.answerFailure;
  if (policy === null || (failure !== null && failure.final !== true)) return;
  const pending = policy.writeBack && pendingAnswers(session).length > 0;
  const deadlines = declines(session).map(({ decision }) => dueAt(decision));
  const seenUntil = failure === null ? null : session.answersDueAt;
  const again = policy.writeBack ? toldAgainAt(session) : null;
  const next = [...deadlines, again, seenUntil].filter((at) => at !== null).sort()[0] ?? null;
  session.answersDueAt = pending ? now() : next;
}

/** Learners who declined for good, where that is only shown. */
export function countDeclined(session: SessionState): number {
  return declines(session).filter(({ decision }) => decision.kind === 'mark').length;
}

/**
 * Writes to Docebo what is due, a batch at a time, and frees the seats whose time is up.
 *
 * @param waits after failures, in milliseconds; after as many refusals an answer is not told again.
 */
export async function runAnswers(session: SessionState, waits: readonly number[]): Promise<void> {
  const before = session.answerFailure;
  session.answersDueAt = null;
  session.answerFailure = null;
  try {
    const outcome = await unlessRollOver(async () => {
      const problem = await writeDue(session, waits);
      return problem ?? unenrolDue(session);
    });
    if (outcome === ROLL_OVER) session.answersDueAt = now();
    else if (outcome !== null) fail(session, outcome, { before, waits });
    else scheduleAnswers(session);
  } catch (error) {
    fail(session, explainActivityFailure(error), { before, waits });
  }
}

async function unenrolDue(session: SessionState): Promise<Problem | null> {
  const { platform, sessionId } = session;
  for (const { userId, decision } of declines(session)) {
    if (decision.kind === 'undo') return takeBack(session, userId);
    const placed = session.ledger.people[userId];
    if (decision.kind !== 'unenrol' || session.held !== null || placed === undefined) continue;
    const input = { platform, courseId: session.ledger.courseId, sessionId, userId };
    const summary = `unenrol user ${userId}: declined`;
    const { did } = await doceboActivities(platform).unenrolLearner.executeWithOptions({ summary }, [input]);
    if (did === 'off') return { code: 'ANSWERS_UNENROL_OFF', message: UNENROL_OFF, isSteady: true };
    session.unenrolled = { ...session.unenrolled, [userId]: { at: now(), addressKey: placed.addressKey } };
    journal(session, now(), { what: 'unenrol', note: `user ${userId} declined; ${did}`, users: [userId] });
    // Docebo's own webhook will say so too; this one is sure.
    markDirty(session, now(), { count: 1, settle: true });
  }
  return null;
}

/** Docebo publishes no way to give a seat back: the operator is told, once. */
function takeBack(session: SessionState, userId: UserId): Problem {
  const { [userId]: _told, ...others } = session.unenrolled;
  session.unenrolled = others;
  journal(session, now(), {
    what: 'accepted',
    note: `user ${userId} accepted after the seat was freed`,
    users: [userId],
  });
  const message = `User ${userId} declined, lost the seat, and has accepted since. Enrol them again in Docebo if there is room.`;
  return { code: 'ANSWERS_ACCEPTED_LATE', message, isSteady: true };
}

const UNENROL_OFF =
  'A decline is to free the seat, but the tenant profile does not say how Docebo is told: add its section "unenrol", or set answers.decline to keep or mark.';

function fail(
  session: SessionState,
  { code, message, final, isSteady = final }: Problem,
  { before, waits }: { readonly before: SessionState['answerFailure']; readonly waits: readonly number[] },
): void {
  const at = now();
  const attempts = (before?.attempts ?? 0) + 1;
  const failure = { code, message, step: 'writeBack', eventId: null, since: before?.since ?? at, attempts };
  session.answerFailure = final === true ? { ...failure, final } : failure;
  const wait = waits[Math.min(attempts, waits.length) - 1] ?? RETRY_MS;
  const again = final === true ? toldAgainAt(session) : null;
  session.answersDueAt = again ?? later(at, isSteady === true ? RETRY_MS : Math.min(wait, RETRY_MS));
  // Answers that came in meanwhile, or did not fit into the batch.
  scheduleAnswers(session);
  journal(session, at, { what: 'failure', note: `${code} at writeBack` });
}

function declines(session: SessionState): { readonly userId: UserId; readonly decision: DeclineDecision }[] {
  const policy = session.answerPolicy;
  if (policy === null || policy.decline.kind === 'keep') return [];
  const events = live(session);
  return Object.entries(peopleWhoMayAnswer(session))
    .filter(([, { role }]) => role === 'learner')
    .map(([userId]) => {
      const answer = answerToSession(events.map((event) => event.answers[userId]));
      const unenrolledAt = session.unenrolled[userId]?.at ?? null;
      const { decline, mandatory } = policy;
      return { userId, decision: decideDecline({ policy: decline, answer, now: now(), mandatory, unenrolledAt }) };
    });
}

function dueAt(decision: DeclineDecision): Instant | null {
  if (decision.kind === 'unenrol' || decision.kind === 'undo') return now();
  return decision.kind === 'wait' ? decision.until : null;
}

/** Whoever is invited, and whoever lost the seat by declining and may have changed their mind. */
function peopleWhoMayAnswer(session: SessionState): SessionLedger['people'] {
  const people: Record<UserId, SessionLedger['people'][UserId]> = {};
  for (const [userId, { addressKey }] of Object.entries(session.unenrolled))
    people[userId] = { addressKey, role: 'learner' };
  return { ...people, ...session.ledger.people };
}
