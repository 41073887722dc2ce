import type { Response, UserId } from '../model';
import type { Answers, SessionLedger } from '../plan';

export interface AnswerToWrite {
  readonly userId: UserId;
  readonly response: Exclude<Response, 'none'>;
}

/**
 * What Docebo is still to be told: learners' answers that differ from what it was last told. An instructor's answer is none about a seat;
 * one that waits to be confirmed after a reschedule leaves Docebo as it is.
 */
export function toWriteBack(answers: Answers, people: SessionLedger['people']): AnswerToWrite[] {
  return Object.entries(answers).flatMap(([userId, [response, , awaitingSince, written]]) => {
    const isLearner = people[userId]?.role === 'learner';
    if (!isLearner || response === 'none' || awaitingSince !== null || response === written) return [];
    return [{ userId, response }];
  });
}

/** After Docebo took an answer. A newer one that came in meanwhile still differs, and is written next. */
export function markWritten(answers: Answers, { userId, response }: AnswerToWrite): Answers {
  const row = answers[userId];
  if (row === undefined) return answers;
  const [current, at, awaitingSince] = row;
  return { ...answers, [userId]: [current, at, awaitingSince, response] };
}
