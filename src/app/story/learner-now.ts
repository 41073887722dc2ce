import type { SessionState } from '../../contract/messages';
import type { AnswerRow, RefusedAnswer } from '../../domain/plan';
import type { UserId } from '../../domain/model';
import { showTime } from '../../domain/words';

/** What is true of one person in a session now. */
export function learnerNow(state: SessionState, userId: UserId): string[] {
  const { ledger, unenrolled } = state;
  const person = ledger.people[userId];
  if (person === undefined) {
    const lost = unenrolled[userId];
    if (lost !== undefined) return [`user ${userId} declined and lost the seat at ${showTime(lost.at)}`];
    return [
      `user ${userId} has no seat that Convoke knows of: no active enrolment when Docebo was last read (${showTime(state.lastPlanAt)}), or no usable address`,
    ];
  }
  const live = Object.entries(ledger.events).filter(([, row]) => row.graphEventId !== null);
  const stands = state.failures.length === 0 && state.inbox.count === 0 && !state.busy;
  const where = live.map(([eventId]) => eventId).join(', ') || 'none';
  const lines = [
    `user ${userId} has a seat as ${person.role} (address key ${person.addressKey}); events in the calendar: ${where}`,
    stands
      ? 'everything has been carried out: the invitation stands'
      : 'something is still open or failing: the invitation may not be as it should be',
  ];
  for (const [eventId, { answers }] of live) {
    const answer = answers[userId];
    lines.push(
      answer === undefined ? `event ${eventId}: no answer yet` : `event ${eventId}: ${describeAnswer(answer)}`,
    );
  }
  return lines;
}

function describeAnswer([response, at, awaitingSince, written, refused]: AnswerRow): string {
  if (awaitingSince !== null) return `answered ${response}; the event has moved since, to be confirmed`;
  const told =
    written === response ? 'Docebo knows' : refused === undefined ? 'Docebo has not been told' : again(refused);
  return `${response} at ${showTime(at)}; ${told}`;
}

function again({ until }: RefusedAnswer): string {
  return `Docebo refused it, and is ${until === null ? 'not told again' : `told again at ${showTime(until)}`}`;
}
