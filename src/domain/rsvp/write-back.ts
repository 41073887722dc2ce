import type { Instant, Response, UserId } from '../model';
import type { AnswerRow, Answers, SessionLedger } from '../plan';

export interface AnswerToWrite {
  readonly userId: UserId;
  readonly response: Exclude<Response, 'none'>;
}

/**
 * What Docebo is still to be told: learners' answers that differ from what it was last told. An instructor's answer is none about a seat;
 * one that waits to be confirmed after a reschedule leaves Docebo as it is, and one that it refused has its own time.
 */
export function toWriteBack(answers: Answers, people: SessionLedger['people'], now: Instant): AnswerToWrite[] {
  return untold(answers, people)
    .filter(({ refused }) => refused === undefined || (refused.until !== null && refused.until <= now))
    .map(({ userId, response }) => ({ userId, response }));
}

/** When refused answers are told again. */
export function refusedUntil(answers: Answers, people: SessionLedger['people']): Instant[] {
  return untold(answers, people).flatMap(({ refused }) => (refused?.until == null ? [] : [refused.until]));
}

/** After Docebo took an answer. A newer one that came in meanwhile still differs, and is written next. */
export function markWritten(answers: Answers, { userId, response }: AnswerToWrite): Answers {
  return changeRow(answers, userId, ([current, at, awaitingSince]) => [current, at, awaitingSince, response]);
}

/**
 * After Docebo refused an answer. A newer one that came in meanwhile is told as if nothing had been.
 *
 * @param again waits before it is told again, one for each refusal; after the last one, or without any, it is not.
 */
export function markRefused(
  answers: Answers,
  { userId, response }: AnswerToWrite,
  { now, again }: { readonly now: Instant; readonly again: readonly number[] },
): Answers {
  return changeRow(answers, userId, (row) => {
    const [current, at, awaitingSince, written, before] = row;
    if (current !== response) return row;
    const times = (before?.times ?? 0) + 1;
    const wait = again[times - 1];
    const until = wait === undefined ? null : new Date(Date.parse(now) + wait).toISOString();
    return [current, at, awaitingSince, written, { times, until }];
  });
}

/** What Docebo was told, or refused to hear, was about an enrolment that is no more: these people are told about anew. */
export function forgetTold(answers: Answers, userIds: readonly UserId[]): Answers {
  return userIds.reduce(
    (rows, userId) => changeRow(rows, userId, ([current, at, awaitingSince]) => [current, at, awaitingSince, null]),
    answers,
  );
}

/** Somebody has mended what Docebo refused them for. */
export function forgetRefusals(answers: Answers): Answers {
  return Object.keys(answers).reduce(
    (rows, userId) => changeRow(rows, userId, ([current, at, since, written]) => [current, at, since, written]),
    answers,
  );
}

function untold(answers: Answers, people: SessionLedger['people']) {
  return Object.entries(answers).flatMap(([userId, [response, , awaitingSince, written, refused]]) => {
    const isLearner = people[userId]?.role === 'learner';
    if (!isLearner || response === 'none' || awaitingSince !== null || response === written) return [];
    return [{ userId, response, refused }];
  });
}

function changeRow(answers: Answers, userId: UserId, change: (row: AnswerRow) => AnswerRow): Answers {
  const row = answers[userId];
  return row === undefined ? answers : { ...answers, [userId]: change(row) };
}
