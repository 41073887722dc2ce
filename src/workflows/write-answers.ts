import type { WriteAnswersResult } from '../contract/activities';
import type { SessionState } from '../contract/messages';
import type { EventId, Instant, UserId } from '../domain/model';
import type { SessionLedger } from '../domain/plan';
import {
  forgetRefusals,
  forgetTold,
  markRefused,
  markWritten,
  refusedUntil,
  toWriteBack,
  type AnswerToWrite,
} from '../domain/rsvp/write-back';
import { doceboActivities } from './activity-proxies';
import { changeAllAnswers, live, setAnswers } from './answer-rows';
import { journal, now } from './session-state';

/** Answers told at once: an attempt of the activity stays within its minute. */
const BATCH = 40;
/** People named in one entry of the journal. */
const NAMED = 20;

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly final?: true;
  /** No attempt soon will end otherwise: somebody has to act first. */
  readonly isSteady?: true;
}

/**
 * Tells Docebo a batch of what is due.
 *
 * @param waits before an answer is told again whose learner Docebo does not find; after as many refusals it is not.
 */
export async function writeDue(session: SessionState, waits: readonly number[]): Promise<Problem | null> {
  if (session.answerPolicy?.writeBack !== true) return null;
  const { platform, sessionId } = session;
  const batch = pendingAnswers(session).slice(0, BATCH);
  if (batch.length === 0) return null;
  const summary = `tell Docebo ${batch.length} answers`;
  const input = { platform, courseId: session.ledger.courseId, sessionId, answers: batch };
  const result = await doceboActivities(platform).writeAnswers.executeWithOptions({ summary }, [input]);
  for (const answer of batch.slice(0, result.written)) {
    const row = session.ledger.events[answer.eventId];
    if (row === undefined) continue;
    const refusal = result.refused.find((r) => r.eventId === answer.eventId && r.userId === answer.userId);
    const again = refusal !== undefined && mayPass(refusal) ? waits : [];
    const next =
      refusal === undefined
        ? markWritten(row.answers, answer)
        : markRefused(row.answers, answer, { now: now(), again });
    setAnswers(session, answer.eventId, next);
  }
  const users = [...new Set(batch.slice(0, result.written).map(({ userId }) => userId))].slice(0, NAMED);
  journal(session, now(), { what: 'writeBack', note: `${result.written} of ${batch.length}`, users });
  const [first] = result.refused;
  if (first !== undefined) {
    for (const { eventId, userId, code } of result.refused) {
      journal(session, now(), { what: 'refused', eventId, note: `answer of user ${userId}: ${code}`, users: [userId] });
    }
    if (result.failure === null) return { code: first.code, message: describeRefusals(result.refused), final: true };
  }
  // The profile was changed since the last plan; the next one brings the new policy.
  if (result.off) session.answerPolicy = { ...session.answerPolicy, writeBack: false };
  return result.failure;
}

/** Whom Docebo does not find may be enrolled again in a moment; what it refuses as wrong stays wrong. */
function mayPass({ code }: Refusals[number]): boolean {
  return code === 'DOCEBO_NOT_FOUND';
}

type Refusals = WriteAnswersResult['refused'];

function describeRefusals(refused: Refusals): string {
  const some = refused
    .slice(0, 10)
    .map(({ userId }) => userId)
    .join(', ');
  const then = refused.every(mayPass) ? 'They are told again a few times' : 'They are not told again';
  return `Docebo refused the answers of ${refused.length} learners (user ids: ${some}). ${then}; the others were told.`;
}

/** Whoever comes to have a seat has an enrolment of which Docebo was told nothing, whatever it knew of an earlier one. */
export function forgetEarlierEnrolments(session: SessionState, people: SessionLedger['people']): void {
  const isNew = (id: UserId) => people[id]?.role === 'learner' && session.ledger.people[id]?.role !== 'learner';
  const fresh = Object.keys(people).filter(isNew);
  changeAllAnswers(session, (answers) => forgetTold(answers, fresh));
}

/** An operator has things read anew: what was refused is told once more. */
export function tellRefusedAgain(session: SessionState): void {
  changeAllAnswers(session, forgetRefusals);
}

export function pendingAnswers(session: SessionState): ({ readonly eventId: EventId } & AnswerToWrite)[] {
  return live(session).flatMap(({ eventId, answers }) =>
    toWriteBack(answers, session.ledger.people, now()).map((answer) => ({ eventId, ...answer })),
  );
}

/** When the first of the refused answers is told again. */
export function toldAgainAt(session: SessionState): Instant | null {
  const times = live(session).flatMap(({ answers }) => refusedUntil(answers, session.ledger.people));
  return times.sort()[0] ?? null;
}
