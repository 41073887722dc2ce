import type { Instant } from '../model';
import type { AnswerRow, Answers, SessionLedger } from '../plan';

/**
 * The answers to an event that has been moved: Exchange forgets them all and asks everybody anew. The last explicit answer stands, marked
 * as waiting to be confirmed; it is neither a decline nor taken back from Docebo. An answer given since clears the mark.
 *
 * @param rescheduledAt when the change was begun. The second counts, because Graph tells times of answers to the second.
 */
export function markAwaiting(answers: Answers, rescheduledAt: Instant): Answers {
  const since = `${rescheduledAt.slice(0, 19)}.000Z`;
  return mapRows(answers, (row) => {
    const [response, at, , written] = row;
    return response === 'none' || at >= since ? row : [response, at, since, written];
  });
}

/** The answers of those who are still invited: whoever comes back later is asked anew. */
export function forgetDeparted(answers: Answers, people: SessionLedger['people']): Answers {
  const kept = Object.entries(answers).filter(([userId]) => people[userId] !== undefined);
  return kept.length === Object.keys(answers).length ? answers : Object.fromEntries(kept);
}

function mapRows(answers: Answers, change: (row: AnswerRow) => AnswerRow): Answers {
  return Object.fromEntries(Object.entries(answers).map(([userId, row]) => [userId, change(row)]));
}
