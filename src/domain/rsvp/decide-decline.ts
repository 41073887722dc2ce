import type { Instant } from '../model';
import type { AnswerRow } from '../plan';

/** What a learner's decline means. Docebo Connect keeps the seat; Kallidus frees it at once, which is `unenrol` after 0. */
export type DeclinePolicy =
  | { readonly kind: 'keep' }
  /** The seat stays, and the operator sees the decline. */
  | { readonly kind: 'mark' }
  | { readonly kind: 'unenrol'; readonly afterMs: number };

export type DeclineDecision =
  | { readonly kind: 'none' }
  | { readonly kind: 'mark' }
  /** To be unenrolled at that time, unless they answer otherwise before. */
  | { readonly kind: 'wait'; readonly until: Instant }
  | { readonly kind: 'unenrol' }
  /** Unenrolled for a decline, and has accepted since: the seat is to be given back. */
  | { readonly kind: 'undo' };

/**
 * A learner's answer to the session as a whole, from those to its live events: a seat is one for all of them. A decline is only what
 * declines every event; whoever accepted any of them comes. Null: nothing can be said yet.
 */
export function answerToSession(rows: readonly (AnswerRow | undefined)[]): AnswerRow | null {
  const given = rows.filter((row) => row !== undefined);
  const pick = (response: AnswerRow[0]): AnswerRow | null => latest(given.filter((row) => row[0] === response));
  const coming = pick('accepted') ?? pick('tentative');
  if (coming !== null) return coming;
  const declined = pick('declined');
  if (declined === null || given.length < rows.length) return null;
  const waiting = given.find((row) => row[2] !== null);
  return waiting === undefined ? declined : [declined[0], declined[1], waiting[2], declined[3]];
}

/**
 * What is to be done about a learner's answer. A decline that waits to be confirmed after a reschedule is none yet: the new time may suit.
 *
 * @param input.mandatory the course is mandatory for its learners: nobody is ever unenrolled, a decline is marked.
 * @param input.unenrolledAt when Convoke unenrolled this learner for a decline; null: it did not.
 */
export function decideDecline(input: {
  readonly policy: DeclinePolicy;
  readonly answer: AnswerRow | null;
  readonly now: Instant;
  readonly mandatory: boolean;
  readonly unenrolledAt: Instant | null;
}): DeclineDecision {
  const { policy, answer, now, mandatory, unenrolledAt } = input;
  if (answer === null) return { kind: 'none' };
  const [response, at, awaitingSince] = answer;
  if (unenrolledAt !== null) {
    return response === 'accepted' && awaitingSince === null ? { kind: 'undo' } : { kind: 'none' };
  }
  if (response !== 'declined' || awaitingSince !== null || policy.kind === 'keep') return { kind: 'none' };
  if (policy.kind === 'mark' || mandatory) return { kind: 'mark' };
  const dueMs = Date.parse(at) + policy.afterMs;
  return dueMs <= Date.parse(now) ? { kind: 'unenrol' } : { kind: 'wait', until: new Date(dueMs).toISOString() };
}

function latest(rows: readonly AnswerRow[]): AnswerRow | null {
  return rows.reduce<AnswerRow | null>((best, row) => (best === null || best[1] < row[1] ? row : best), null);
}
