import { canonical } from '../ledger-hashes';
import type {
  AddressKey,
  Instant,
  MailboxKey,
  NotRead,
  ReadAs,
  SessionFacts,
  SessionReading,
  SwitchedOff,
} from '../model';
import type { CancelReason, PlanProblem, PlanStep, SessionLedger, SessionPlan } from '../plan';
import type { AddressKeys, Digest } from '../ports';
import type { MailboxRouting, PlanSettings } from '../settings';
import { buildRoster, type Roster } from './build-roster';
import { decideSwitch } from './decide-switch';
import { mayBeHidden, missingAtOnce } from './doubt-removals';
import { liveFutureEvents } from './live-events';
import { planEvent, type EventContext } from './plan-event';
import { routeByCourse, routeMailbox } from './route-mailbox';

export interface PlanInput {
  /** `NotRead` of a platform that is frozen. */
  readonly reading: SessionReading | SwitchedOff | NotRead;
  readonly ledger: SessionLedger;
  readonly settings: PlanSettings;
  readonly routing: MailboxRouting;
  readonly now: Instant;
  readonly digest: Digest;
  readonly keyOf: AddressKeys;
}

/**
 * Compares what Docebo says with what Convoke wrote, and says what to write. Pure.
 * Planning again after the steps have run plans nothing: an unchanged hint costs no Graph call.
 */
export function planSession(input: PlanInput): SessionPlan {
  const { reading } = input;
  if (input.settings.rsvp === 'frozen' || reading.kind === 'not-read') return planFrozen(input);
  switch (reading.kind) {
    case 'found':
      return rightsChanged(input.ledger, reading.readAs)
        ? withProblem(
            planFound(input, asIncomplete(reading.facts), input.ledger.readAs),
            rightsProblem(RIGHTS_CHANGED_LISTS),
          )
        : planSeats(input, reading.facts, reading.readAs);
    case 'off':
      return planOff(input, reading);
    case 'gone':
      return planGone(input, reading);
    case 'unproven':
      return still(input, 'unproven', [{ code: reading.problem.code, eventId: null, message: reading.problem.detail }]);
  }
}

/** Other rights than when the ledger was written: such a reader may see fewer people and events, and the lists look complete all the same. */
function rightsChanged(ledger: SessionLedger, readAs: ReadAs): boolean {
  return ledger.readAs !== null && ledger.readAs !== readAs;
}

function asIncomplete(facts: SessionFacts): SessionFacts {
  return { ...facts, eventsComplete: false, enrolmentsComplete: false, instructorsComplete: false };
}

function withProblem(plan: SessionPlan, problem: PlanProblem): SessionPlan {
  const others = plan.problems.filter((p) => p.code !== 'PLAN_READ_INCOMPLETE');
  return { ...plan, problems: [problem, ...others] };
}

function rightsProblem(message: string): PlanProblem {
  return { code: 'PLAN_RIGHTS_CHANGED', eventId: null, message };
}

/** So many learners may have been taken off at once, or the reader may have lost sight of them: nobody is, before an operator agrees. */
function planSeats(input: PlanInput, facts: SessionFacts, readAs: ReadAs): SessionPlan {
  const plan = planFound(input, facts, readAs);
  const doubt = missingAtOnce(facts, input.ledger, input.settings.askBeforeRemoving);
  if (doubt === null || plan.position !== 'on') return plan;
  const message = `${doubt.missing} of ${doubt.of} learners are gone from Docebo's list at once: they keep their invitations. ${ACCEPT}`;
  const kept = planFound(input, { ...facts, enrolmentsComplete: false }, readAs);
  return withProblem(kept, { code: 'PLAN_MANY_MISSING', eventId: null, message });
}

const ACCEPT = 'If that is meant, accept it by "resync".';
const RIGHTS_CHANGED_LISTS = `Docebo is read by another user or with other rights than before: nobody and nothing is removed. ${ACCEPT}`;
const RIGHTS_CHANGED_GONE = `Docebo says that the session does not exist, but it is read by another user or with other rights than before: nothing is cancelled. ${ACCEPT}`;
const COURSE_MISSING = `Docebo shows neither the session nor its course, and is read by a user who is no Superadmin and may have lost sight of both: nothing is cancelled. ${ACCEPT}`;

function planFound(input: PlanInput, facts: SessionFacts, readAs: ReadAs | null): SessionPlan {
  const { ledger, settings, now, digest } = input;
  const factsHash = hashOwnFacts(facts, digest);
  const routed = ledger.mailbox ?? route(input, facts);
  const { position, cancelAll } = decideSwitch({ facts, ledger, settings, factsHash, now });
  const outline = describe(input, facts, routed);
  const frame = { ...outline, position, ledger: { ...keep(ledger), courseId: facts.course.courseId, readAs } };

  if (position === 'unproven') {
    const message =
      'The switch "Enrollment invitations via external calendar" cannot be read. Check the field in the tenant profile.';
    return { ...frame, problems: [{ code: 'PLAN_SWITCH_UNREADABLE', eventId: null, message }] };
  }
  if (position !== 'on') {
    const waitingHash = ledger.factsHash ?? factsHash;
    return {
      ...frame,
      steps: cancelAll === null ? [] : cancelEverything(ledger, now, cancelAll),
      ledger: { ...frame.ledger, factsHash: cancelAll === null ? waitingHash : factsHash },
    };
  }

  if (routed === null)
    return { ...frame, problems: [{ code: 'PLAN_ROUTE_UNREADABLE', eventId: null, message: ROUTE_UNREADABLE }] };

  const roster = buildRoster({ facts, ledger, addInstructors: settings.addInstructors, keyOf: input.keyOf });
  const people = toPeople(roster);
  const departed = findDeparted(ledger, people);
  const context: EventContext = {
    facts,
    hideAttendees: resolveHide(facts),
    roster: roster.people,
    keptKeys: Object.values(roster.kept).map((p) => p.addressKey),
    knownKeys: new Set([
      ...departed,
      ...Object.values(ledger.people).map((p) => p.addressKey),
      ...roster.people.map((p) => p.addressKey),
    ]),
    maxAttendees: settings.maxAttendees,
    now,
    digest,
  };
  const plans = [...facts.events]
    .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
    .map((e) => ({ eventId: e.eventId, ...planEvent(e, ledger.events[e.eventId], context) }));
  const baselines = plans.flatMap(({ eventId, baseline }) => (baseline === undefined ? [] : [[eventId, baseline]]));
  const steps = [...cancelRemoved(input, facts), ...plans.flatMap((p) => p.steps)];
  const settled = plans.every((p) => p.peopleInPlace) && !hidesEvents(ledger, facts);
  return {
    ...frame,
    steps,
    roster: roster.people,
    ledger: {
      ...frame.ledger,
      people,
      departed: settled ? [] : [...departed].sort(),
      factsHash: factsHash ?? ledger.factsHash,
    },
    ...(baselines.length > 0 && { baselines: Object.fromEntries(baselines) as SessionPlan['baselines'] }),
    counts: {
      events: facts.events.length,
      learners: roster.people.filter((p) => p.role === 'learner').length,
      instructors: roster.people.filter((p) => p.role === 'instructor').length,
    },
    problems: [...roster.problems, ...plans.flatMap((p) => p.problems), ...describeGaps(facts)],
  };
}

/** Nothing was written, and nothing is to be. */
function planOff(input: PlanInput, { position, courseId, readAs }: SwitchedOff): SessionPlan {
  const { ledger, routing } = input;
  const changed = rightsChanged(ledger, readAs);
  const plan: SessionPlan = {
    ...still(input, position, []),
    ledger: { ...keep(ledger), courseId, readAs: changed ? ledger.readAs : readAs },
    mailbox: ledger.mailbox ?? routeByCourse(routing, courseId),
    counts: { events: 0, learners: 0, instructors: 0, unread: true },
  };
  return changed ? withProblem(plan, rightsProblem(RIGHTS_CHANGED_LISTS)) : plan;
}

function planGone(input: PlanInput, reading: Extract<SessionReading, { kind: 'gone' }>): SessionPlan {
  const { ledger, now } = input;
  const { readAs } = reading;
  if (rightsChanged(ledger, readAs))
    return withProblem(still(input, 'unproven', []), rightsProblem(RIGHTS_CHANGED_GONE));
  if (mayBeHidden(reading, ledger)) {
    return still(input, 'unproven', [{ code: 'PLAN_COURSE_MISSING', eventId: null, message: COURSE_MISSING }]);
  }
  return {
    ...still(input, 'session-gone', []),
    steps: cancelEverything(ledger, now, 'session-deleted'),
    ledger: { ...keep(ledger), readAs },
  };
}

/** Also of a session that an operator had read: what is there, and what could not be read, is told, and nothing is done. */
function planFrozen(input: PlanInput): SessionPlan {
  const { reading } = input;
  const plan = still(input, 'frozen', []);
  if (reading.kind === 'not-read') return { ...plan, counts: { ...plan.counts, unread: true } };
  if (reading.kind !== 'found') return plan;
  return { ...plan, counts: planFound(input, reading.facts, reading.readAs).counts };
}

/** A plan that changes nothing. */
function still(input: PlanInput, position: SessionPlan['position'], problems: readonly PlanProblem[]): SessionPlan {
  const { ledger, reading } = input;
  const rows = Object.values(ledger.events);
  return {
    position,
    steps: [],
    roster: [],
    ledger: keep(ledger),
    mailbox: ledger.mailbox ?? routeByCourse(input.routing, ledger.courseId),
    startsAt: rows.map((r) => r.startsAt).sort()[0] ?? null,
    endsAt:
      rows
        .map((r) => r.endsAt)
        .sort()
        .at(-1) ?? null,
    counts: { events: rows.filter((r) => r.graphEventId !== null).length, learners: 0, instructors: 0 },
    problems,
    readProblems: reading.kind === 'found' || reading.kind === 'off' ? reading.problems : [],
  };
}

/** null: what a route asks for could not be read. */
function route({ reading, routing }: PlanInput, facts: SessionFacts): MailboxKey | null {
  const unreadPlaces = reading.kind === 'found' && reading.problems.some(({ subject }) => subject === 'place');
  return routeMailbox(routing, facts, unreadPlaces);
}

const ROUTE_UNREADABLE =
  'Which mailbox organises this session cannot be told: a route asks for a category, location or field that Docebo did not show. Nothing is sent before it does.';

function describe(input: PlanInput, facts: SessionFacts, routed: MailboxKey | null): SessionPlan {
  return {
    ...still(input, 'on', []),
    mailbox: routed ?? input.routing.defaultMailbox,
    startsAt: facts.events.map((e) => e.startsAt).sort()[0] ?? null,
    endsAt:
      facts.events
        .map((e) => e.endsAt)
        .sort()
        .at(-1) ?? null,
    counts: { events: facts.events.length, learners: 0, instructors: 0 },
  };
}

function keep(ledger: SessionLedger): SessionPlan['ledger'] {
  const { courseId, people, departed, factsHash, readAs } = ledger;
  return { courseId, people, departed, factsHash, readAs };
}

function cancelEverything(ledger: SessionLedger, now: Instant, reason: CancelReason): PlanStep[] {
  return liveFutureEvents(ledger, now).map(({ eventId, generation, graphEventId }) => ({
    kind: 'cancel',
    eventId,
    generation,
    graphEventId,
    reason,
  }));
}

function cancelRemoved(input: PlanInput, facts: SessionFacts): PlanStep[] {
  if (!facts.eventsComplete) return [];
  const there = new Set(facts.events.map((e) => e.eventId));
  return cancelEverything(input.ledger, input.now, 'event-removed').filter((step) => !there.has(step.eventId));
}

/** An event that the list leaves out still has everybody who was put on it, until it has been cancelled. */
function hidesEvents(ledger: SessionLedger, { events }: SessionFacts): boolean {
  const shown = new Set(events.map((e) => e.eventId));
  return Object.entries(ledger.events).some(([eventId, row]) => row.graphEventId !== null && !shown.has(eventId));
}

function toPeople(roster: Roster): SessionLedger['people'] {
  return { ...roster.kept, ...roster.seated };
}

function findDeparted(ledger: SessionLedger, people: SessionLedger['people']): Set<AddressKey> {
  const departed = new Set([...ledger.departed, ...Object.values(ledger.people).map((p) => p.addressKey)]);
  for (const { addressKey } of Object.values(people)) departed.delete(addressKey);
  return departed;
}

function resolveHide(facts: SessionFacts): boolean | null {
  switch (facts.session.hideAttendees) {
    case 'on':
      return true;
    case 'off':
      return false;
    case 'inherit':
      return facts.course.hideAttendees;
    case null:
      return null;
  }
}

/** The session's own facts: its properties, events, seats and instructors; nothing of the course. Null when not read in full. */
function hashOwnFacts(facts: SessionFacts, digest: Digest): string | null {
  if (!facts.eventsComplete || !facts.enrolmentsComplete || !facts.instructorsComplete) return null;
  const { additionalInputs: _ofCourseToo, ...session } = facts.session;
  const byId = (a: { eventId: string }, b: { eventId: string }) => (a.eventId < b.eventId ? -1 : 1);
  return digest(
    canonical({
      session: { ...session, instructors: [...session.instructors].sort() },
      events: [...facts.events].sort(byId).map((e) => ({ ...e, instructors: [...e.instructors].sort() })),
      seats: facts.enrolments.map((e) => `${e.userId} ${e.standing} ${e.level}`).sort(),
    }),
  );
}

function describeGaps(facts: SessionFacts): PlanProblem[] {
  const gaps = [
    facts.eventsComplete ? null : 'events',
    facts.enrolmentsComplete ? null : 'enrolments',
    facts.instructorsComplete ? null : 'instructors',
  ].filter((gap) => gap !== null);
  const problems: PlanProblem[] = gaps.map((gap) => ({
    code: 'PLAN_READ_INCOMPLETE',
    eventId: null,
    message: `Docebo's list of ${gap} could not be read in full: nobody and nothing is removed for being absent from it.`,
  }));
  if (resolveHide(facts) === null) {
    const message =
      'The setting "Hide attendees" cannot be read: new events hide them, others stay as they are. Check the tenant profile.';
    problems.push({ code: 'PLAN_HIDE_UNREADABLE', eventId: null, message });
  }
  return problems;
}
