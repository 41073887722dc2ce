import type { SessionState } from '../contract/messages';
import { liveFutureEvents, type LiveEvent } from '../domain/planning/live-events';
import type { Answers, LedgerEvent } from '../domain/plan';
import { now } from './session-state';

/** The answers of a session, where its ledger keeps them: with each event. */

export function live(session: SessionState): LiveEvent[] {
  return liveFutureEvents(session.ledger, now());
}

export function setAnswers(session: SessionState, eventId: string, answers: Answers): void {
  const row = session.ledger.events[eventId];
  if (row !== undefined && row.answers !== answers) setRow(session, eventId, { ...row, answers });
}

export function changeAllAnswers(session: SessionState, change: (answers: Answers) => Answers): void {
  for (const [eventId, row] of Object.entries(session.ledger.events)) setAnswers(session, eventId, change(row.answers));
}

export function setRow(session: SessionState, eventId: string, row: LedgerEvent): void {
  session.ledger = { ...session.ledger, events: { ...session.ledger.events, [eventId]: row } };
}
