import type { SessionView } from '../app/open-operator';
import { countAnswers } from '../app/story/list-events';
import type { SessionFailure, SessionState } from '../contract/messages';
import { POSITIONS } from '../domain/describe-position';
import { REMEDIES } from '../domain/failures/remedies';
import type { Cli } from './cli';
import { paint, renderTable } from './table';
import { describeCounts, nameOf, plural, showTime } from './words';
import { statusCell } from './verbs/status-cell';

/** What is true of a session now, line by line. */
export function describeSession(cli: Pick<Cli, 'io'>, view: SessionView): string[] {
  const { state } = view;
  return [...summarize(cli, view), '', ...describeEvents(cli, state), ...describeProblems(cli, state)];
}

/** Without events and problems: for where the story of a session is told. */
export function summarize({ io }: Pick<Cli, 'io'>, view: SessionView): string[] {
  const { ref, state, workflowId, execution } = view;
  const { ledger, counts } = state;
  const status = statusCell(view.status);
  const ended = view.endedAt === null ? '' : ` since ${showTime(view.endedAt)}`;
  const live = Object.values(ledger.events).filter((e) => e.graphEventId !== null).length;
  const lines = [
    `${paint(io, nameOf(ref), 'bold')}  ${paint(io, status.text, status.colour)}: ${POSITIONS[state.position]}`,
    `  workflow    ${workflowId}, ${execution}${ended}`,
    `  course      ${ledger.courseId ?? state.courseId ?? 'not known yet'}, mailbox ${ledger.mailbox ?? 'none yet'}`,
    `  time (UTC)  ${showTime(state.startsAt)} to ${showTime(state.endsAt)}`,
    `  in Docebo   ${describeCounts(counts)}`,
    `  calendar    ${plural(live, 'event')}`,
    `  looked at   ${showTime(state.lastPlanAt)}; last change written ${showTime(state.lastChangeAt)}`,
  ];
  for (const line of whatComesNext(state)) lines.push(`  next        ${line}`);
  if (state.held !== null) {
    const { since, by, reason } = state.held;
    lines.push(paint(io, `  held        since ${showTime(since)} by ${by}: ${reason}`, 'yellow'));
  }
  return lines;
}

function whatComesNext(state: SessionState): string[] {
  if (state.held !== null) return ['nothing is written until it is released'];
  const lines: string[] = [];
  if (state.busy) lines.push('a look is under way now');
  if (state.inbox.count > 0) lines.push(`${plural(state.inbox.count, 'hint')} to be looked into`);
  if (state.settleAt !== null)
    lines.push(`one more look at ${showTime(state.settleAt)}, for Docebo may lag behind its webhook`);
  if (state.retryAt !== null) lines.push(`next attempt at ${showTime(state.retryAt)}`);
  if (state.answersDueAt !== null) lines.push(`answers are looked at again at ${showTime(state.answersDueAt)}`);
  return lines;
}

function describeEvents({ io }: Pick<Cli, 'io'>, { ledger }: SessionState): string[] {
  const events = Object.entries(ledger.events);
  if (events.length === 0) return ['No event of it has been written into a calendar.'];
  const head = ['EVENT', 'STARTS (UTC)', 'ENDS (UTC)', 'GENERATION', 'ANSWERS', 'GRAPH EVENT'];
  const rows = events.map(([eventId, row]) => [
    eventId,
    showTime(row.startsAt).slice(0, 16),
    showTime(row.endsAt).slice(0, 16),
    String(row.generation),
    answersInWords(countAnswers(row)),
    row.graphEventId ?? '(withdrawn)',
  ]);
  return renderTable(io, head, rows);
}

/** `3 accepted, 1 declined`. */
export function answersInWords(counts: Readonly<Record<string, number>>): string {
  const words = Object.entries(counts).map(([response, count]) => `${count} ${response}`);
  return words.join(', ') || 'none';
}

export function problemsOf(state: SessionState): readonly SessionFailure[] {
  return state.answerFailure === null ? state.failures : [...state.failures, state.answerFailure];
}

/** Each failure with what to do about it; nothing when there is none. */
export function describeProblems({ io }: Pick<Cli, 'io'>, state: SessionState): string[] {
  const lines: string[] = [];
  for (const { code, message, step, eventId, since, attempts } of problemsOf(state)) {
    const where = `at ${step}${eventId === null ? '' : ` of event ${eventId}`}`;
    lines.push(
      '',
      `${paint(io, code, 'red')} ${where}, since ${showTime(since)}, ${plural(attempts, 'attempt')}: ${message}`,
    );
    for (const advice of REMEDIES[code]?.steps ?? []) lines.push(`  - ${advice}`);
  }
  return lines;
}
