import type { CalendarOutcome, RenderedInvitation } from '../contract/activities';
import type { SessionState } from '../contract/messages';
import type { Instant, MailboxKey } from '../domain/model';
import { rosterOf, type LedgerEvent, type PlanStep, type SessionPlan } from '../domain/plan';
import { forgetDeparted, markAwaiting } from '../domain/rsvp/await-answers';
import { graphActivities, lightActivities } from './activity-proxies';

/** Carries one step of a plan out by its activities. The result stands in history; the ledger is changed by `recordOutcome`. */
export async function performStep(
  step: PlanStep,
  context: { readonly state: SessionState; readonly plan: SessionPlan; readonly mailbox: MailboxKey },
): Promise<CalendarOutcome> {
  const { state, plan, mailbox } = context;
  const { platform, sessionId } = state;
  const { eventId, generation } = step;
  const target = { platform, sessionId, eventId, mailbox, generation };
  const calendar = graphActivities(mailbox);
  const summary = summarize(step);
  const { aliases } = state.ledger;
  const asKept = aliases && { aliases };

  switch (step.kind) {
    case 'create': {
      const invitation = await render(state, step);
      const { invitationHash, schedule, place } = step;
      const attendees = inviteesOf(plan, eventId);
      const webinar = step.inputs.webinar_tool !== '';
      const lookFirst = state.unsure.includes(eventId);
      // Unknown until it is answered; a roll-over may come before the answer.
      if (!lookFirst) state.unsure.push(eventId);
      return calendar.createCalendarEvent.executeWithOptions({ summary }, [
        { ...target, invitation, invitationHash, schedule, place, attendees, ...asKept, webinar, lookFirst },
      ]);
    }
    case 'updateContent': {
      const invitation = step.render ? await render(state, step) : null;
      const { graphEventId, invitationHash, schedule, place } = step;
      return calendar.updateCalendarEvent.executeWithOptions({ summary }, [
        { ...target, graphEventId, invitation, invitationHash, schedule, place },
      ]);
    }
    case 'updateAttendees': {
      const { graphEventId, phase, remove } = step;
      return calendar.updateAttendees.executeWithOptions({ summary }, [
        { ...target, graphEventId, phase, remove, attendees: inviteesOf(plan, eventId), ...asKept },
      ]);
    }
    case 'cancel': {
      const { graphEventId, reason } = step;
      return calendar.cancelCalendarEvent.executeWithOptions({ summary }, [{ ...target, graphEventId, reason }]);
    }
  }
}

/** What the ledger holds for the event after the step. */
export function recordOutcome(
  state: SessionState,
  step: PlanStep,
  outcome: CalendarOutcome & { readonly startedAt: Instant },
): void {
  const events: Record<string, LedgerEvent> = { ...state.ledger.events };
  const row = events[step.eventId];
  if (step.kind === 'create') state.unsure = state.unsure.filter((id) => id !== step.eventId);
  const gone = outcome.did === 'gone' || outcome.did === 'cancelled';
  const base = { generation: outcome.generation, graphEventId: gone ? null : outcome.graphEventId };
  switch (step.kind) {
    case 'create': {
      const { invitationHash, placeHash, peopleHash, schedule } = step;
      const { startsAt, endsAt } = schedule;
      events[step.eventId] = {
        ...base,
        invitationHash,
        placeHash,
        peopleHash,
        startsAt,
        endsAt,
        answers: row?.answers ?? {},
      };
      break;
    }
    case 'updateContent': {
      if (row === undefined) break;
      const { invitationHash, placeHash, schedule } = step;
      const { startsAt, endsAt } = schedule;
      const moved = startsAt !== row.startsAt || endsAt !== row.endsAt;
      // Exchange forgets every answer to a meeting that moves.
      const answers = moved ? markAwaiting(row.answers, outcome.startedAt) : row.answers;
      events[step.eventId] = { ...row, ...base, invitationHash, placeHash, startsAt, endsAt, answers };
      break;
    }
    case 'updateAttendees':
      if (row !== undefined) {
        const answers = forgetDeparted(row.answers, state.ledger.people);
        events[step.eventId] = { ...row, ...base, peopleHash: step.peopleHash ?? row.peopleHash, answers };
      }
      break;
    case 'cancel':
      if (row !== undefined) events[step.eventId] = { ...row, ...base };
      break;
  }
  const aliases = { ...state.ledger.aliases, ...outcome.aliases };
  state.ledger = { ...state.ledger, events, ...(Object.keys(aliases).length > 0 && { aliases }) };
}

async function render(
  state: SessionState,
  step: Extract<PlanStep, { kind: 'create' | 'updateContent' }>,
): Promise<RenderedInvitation> {
  return lightActivities().renderInvitation.executeWithOptions({ summary: `invitation of event ${step.eventId}` }, [
    { platform: state.platform, inputs: step.inputs },
  ]);
}

function inviteesOf(plan: SessionPlan, eventId: string) {
  return rosterOf(plan, eventId).map(({ address, name, addressKey }) => ({ address, name, addressKey }));
}

function summarize(step: PlanStep): string {
  switch (step.kind) {
    case 'create':
      return `create event ${step.eventId} (generation ${step.generation})`;
    case 'updateContent':
      return `change event ${step.eventId}`;
    case 'updateAttendees':
      return step.phase === 'remove' ? `take leavers off event ${step.eventId}` : `attendees of event ${step.eventId}`;
    case 'cancel':
      return `cancel event ${step.eventId}: ${step.reason}`;
  }
}
