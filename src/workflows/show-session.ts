import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { SessionState } from '../contract/messages';
import { SEARCH_ATTRIBUTES as SA, type SyncStatus } from '../contract/search-attributes';
import { POSITIONS } from '../domain/describe-position';
import { countDeclined } from './answers';

/** What an operator sees of a session in Temporal's Web UI: search attributes (an Action each time, so only on change) and details. */

export interface Shown {
  readonly status: SyncStatus | null;
  readonly course: string | null;
  readonly mailbox: string | null;
  readonly startsAt: string | null;
}

export function syncStatus(state: SessionState, closing: boolean): SyncStatus {
  if (state.held !== null) return 'held';
  if (state.failures.length > 0 || state.answerFailure !== null) return 'error';
  if (closing) return 'closed';
  if (state.position === 'unknown') return 'pending';
  return state.position === 'on' ? 'in_sync' : 'off';
}

/** Returns what is shown now, to be passed in next time. */
export function showSession(state: SessionState, before: Shown, closing = false): Shown {
  const now: Shown = {
    status: syncStatus(state, closing),
    course: state.ledger.courseId,
    mailbox: state.ledger.mailbox,
    startsAt: state.startsAt,
  };
  const changes = [
    ...(now.status !== before.status && now.status !== null ? [{ key: SA.status, value: now.status }] : []),
    ...(now.course !== before.course && now.course !== null ? [{ key: SA.course, value: now.course }] : []),
    ...(now.mailbox !== before.mailbox && now.mailbox !== null ? [{ key: SA.mailbox, value: now.mailbox }] : []),
    ...(now.startsAt !== before.startsAt && now.startsAt !== null
      ? [{ key: SA.startsAt, value: new Date(now.startsAt) }]
      : []),
  ];
  if (changes.length > 0) upsertSearchAttributes(changes);
  setCurrentDetails(describe(state, closing));
  return now;
}

function describe(state: SessionState, closing: boolean): string {
  const { counts, ledger } = state;
  const live = Object.values(ledger.events).filter((e) => e.graphEventId !== null).length;
  const lines = [
    `**${syncStatus(state, closing).replace('_', ' ')}**: ${POSITIONS[state.position]}`,
    '',
    `- course ${ledger.courseId ?? '?'}, session ${state.sessionId} of \`${state.platform}\`, mailbox \`${ledger.mailbox ?? '-'}\``,
    counts.unread === true
      ? `- its events and people are not read while nobody is to be invited; ${live} in the calendar`
      : `- ${counts.events} events in Docebo, ${live} in the calendar; ${counts.learners} learners, ${counts.instructors} instructors`,
    `- ${state.startsAt ?? '?'} to ${state.endsAt ?? '?'}`,
    `- last looked at ${state.lastPlanAt ?? 'never'}, last change written ${state.lastChangeAt ?? 'never'}`,
  ];
  if (state.inbox.count > 0) lines.push(`- ${state.inbox.count} hints wait`);
  if (state.held !== null) lines.push(`- **held** since ${state.held.since} by ${state.held.by}: ${state.held.reason}`);
  if (state.retryAt !== null) lines.push(`- next attempt at ${state.retryAt}`);
  const answers = countAnswers(state);
  if (answers !== '') lines.push(`- answers: ${answers}`);
  const declined = countDeclined(state);
  if (declined > 0) lines.push(`- **${declined} learners declined** and keep their seats`);
  if (state.unmatched.length > 0) lines.push(`- ${state.unmatched.length} answers belong to nobody who was invited`);
  const problems = state.answerFailure === null ? state.failures : [...state.failures, state.answerFailure];
  if (problems.length > 0) {
    lines.push('', '**Problems**', '');
    for (const f of problems.slice(0, 20)) {
      lines.push(`- \`${f.code}\` at ${f.step}${f.eventId === null ? '' : ` of event ${f.eventId}`}: ${f.message}`);
    }
  }
  return lines.join('\n');
}

/** "3 accepted, 1 declined, 2 to be confirmed after a move" over the live events. */
function countAnswers(state: SessionState): string {
  const counts = new Map<string, number>();
  for (const { answers } of Object.values(state.ledger.events)) {
    for (const [response, , awaitingSince] of Object.values(answers)) {
      const what = awaitingSince === null ? response : 'to be confirmed after a move';
      counts.set(what, (counts.get(what) ?? 0) + 1);
    }
  }
  return [...counts].map(([what, count]) => `${count} ${what}`).join(', ');
}
