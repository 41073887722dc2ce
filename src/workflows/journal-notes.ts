import type { JournalEntry, SessionState } from '../contract/messages';
import type { CalendarOutcome } from '../contract/activities';
import type { UserId } from '../domain/model';
import type { PlanStep, SessionPlan } from '../domain/plan';

/** What the journal says of plans and steps: pure, short, ids and counts alone. */

/** People named in one entry; of more, their number. */
const NAMED = 10;

/** @param why what led to the plan: `after 2 hints`, `second look`, `next attempt`. */
export function notePlan(before: SessionState, plan: SessionPlan, why: string): Pick<JournalEntry, 'note' | 'users'> {
  const { events, learners, instructors, unread } = plan.counts;
  const was = before.ledger.people;
  const is = plan.ledger.people;
  const joined = Object.keys(is).filter((id) => was[id] === undefined);
  const left = Object.keys(was).filter((id) => is[id] === undefined);
  const users = [...joined.slice(0, NAMED), ...left.slice(0, NAMED)];
  const parts = [
    `${plan.steps.length} steps`,
    ...(before.position === plan.position ? [] : [plan.position]),
    why,
    unread === true ? 'no more was read' : `${events} events, ${learners} learners, ${instructors} instructors`,
    ...(joined.length > 0 ? [`joined ${some(joined)}`] : []),
    ...(left.length > 0 ? [`left ${some(left)}`] : []),
    ...(plan.readProblems.length > 0 ? [`${plan.readProblems.length} gaps in what was read`] : []),
  ];
  return { note: parts.join('; '), ...(users.length > 0 && { users }) };
}

/** @param row the ledger's before the step. */
export function noteStep(
  step: PlanStep,
  row: SessionState['ledger']['events'][string] | undefined,
  { did, mails, added, removed, aliases = {} }: CalendarOutcome,
): string {
  const detail = detailOf(step, row);
  const others = Object.keys(aliases).length;
  const kept = others === 0 ? '' : `; ${others} kept under another address`;
  return `${did}; mails ${mails}; +${added} -${removed}${kept}${detail === '' ? '' : `; ${detail}`}`;
}

function detailOf(step: PlanStep, row: SessionState['ledger']['events'][string] | undefined): string {
  switch (step.kind) {
    case 'create':
      return `generation ${step.generation}`;
    case 'updateContent': {
      if (row === undefined) return '';
      const { startsAt, endsAt } = step.schedule;
      const changed = [
        ...(startsAt !== row.startsAt || endsAt !== row.endsAt ? ['time'] : []),
        ...(step.invitationHash !== row.invitationHash ? ['text'] : []),
        ...(step.placeHash !== row.placeHash ? ['place'] : []),
      ];
      return changed.length === 0 ? '' : `${changed.join(' and ')} changed`;
    }
    case 'updateAttendees':
      return step.phase === 'remove' ? 'leavers only' : '';
    case 'cancel':
      return step.reason;
  }
}

function some(ids: readonly UserId[]): string {
  const named = ids.slice(0, NAMED).join(', ');
  return ids.length > NAMED ? `${named} and ${ids.length - NAMED} more` : named;
}
