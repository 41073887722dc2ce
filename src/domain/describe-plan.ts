import type { AddressKey, EventId } from './model';
import { rosterOf, type PlanStep, type RosterPerson, type SessionLedger, type SessionPlan } from './plan';

/** What a step of a plan would do, and who would get mail by Graph's rules. */
export interface PlannedChange {
  readonly kind: PlanStep['kind'];
  readonly eventId: EventId;
  readonly does: string;
  readonly invitations: readonly RosterPerson[];
  readonly updates: readonly RosterPerson[];
  /** Of people who are on no roster any more, so that only their number is known. */
  readonly cancellations: number;
}

/**
 * A plan in the words of its mails. Where one event's people differ from another's the ledger does not tell who stands on which, so that
 * invitations and cancellations may be fewer than said; never more.
 *
 * @param placed keys of those who stand on the session's events now.
 */
export function describePlan(
  plan: SessionPlan,
  ledger: SessionLedger,
  placed: ReadonlySet<AddressKey>,
): PlannedChange[] {
  const removedBefore = new Set<EventId>();
  return plan.steps.map((step): PlannedChange => {
    const roster = rosterOf(plan, step.eventId);
    const there = roster.filter(({ addressKey }) => placed.has(addressKey));
    const base = { kind: step.kind, eventId: step.eventId, invitations: [], updates: [], cancellations: 0 };
    switch (step.kind) {
      case 'create':
        return { ...base, does: `a new event at ${step.schedule.startsAt}`, invitations: roster };
      case 'updateContent':
        return { ...base, does: describeContent(step, ledger), updates: there };
      case 'updateAttendees': {
        const cancellations = removedBefore.has(step.eventId) ? 0 : step.remove.length;
        removedBefore.add(step.eventId);
        const invitations = step.phase === 'all' ? roster.filter(({ addressKey }) => !placed.has(addressKey)) : [];
        const does = step.phase === 'all' ? 'its attendees' : 'those who left are taken off first';
        return { ...base, does, invitations, cancellations };
      }
      case 'cancel':
        return { ...base, does: `the event is cancelled (${step.reason})`, cancellations: placed.size };
    }
  });
}

function describeContent(step: Extract<PlanStep, { kind: 'updateContent' }>, { events }: SessionLedger): string {
  const before = events[step.eventId];
  if (before === undefined) return 'time, place or text';
  const moved = before.startsAt !== step.schedule.startsAt || before.endsAt !== step.schedule.endsAt;
  return [
    ...(moved ? [`moved from ${before.startsAt} to ${step.schedule.startsAt}`] : []),
    ...(before.placeHash !== step.placeHash ? ['another place'] : []),
    ...(step.render ? ['another text'] : []),
  ].join(', ');
}
