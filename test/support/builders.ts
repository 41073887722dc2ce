import { createHash } from 'node:crypto';
import { createEmptyLedger } from '../../src/domain/empty-ledger';
import type { EnrolmentFacts, EventFacts, PersonFacts, SessionFacts, SessionReading } from '../../src/domain/model';
import type { LedgerEvent, PlanStep, SessionLedger, SessionPlan } from '../../src/domain/plan';
import { planSession, type PlanInput } from '../../src/domain/planning/plan-session';
import type { PlanSettings } from '../../src/domain/settings';

/** Builders of domain objects: each gives something plausible, and takes what a test is about. */

export const NOW = '2026-05-01T08:00:00.000Z';

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

export function keyOf(address: string): string {
  return digest(address.trim().toLowerCase()).slice(0, 11);
}

export function anEvent(over: Partial<EventFacts> = {}): EventFacts {
  return {
    eventId: '101',
    name: 'Day 1',
    description: '',
    startsAt: '2026-06-01T07:00:00.000Z',
    endsAt: '2026-06-01T15:00:00.000Z',
    timeZone: 'Europe/Rome',
    location: null,
    classroom: null,
    webinarTool: '',
    webinarUrl: '',
    instructors: [],
    ...over,
  };
}

export function aLearner(userId: string, over: Partial<EnrolmentFacts> = {}): EnrolmentFacts {
  return { userId, standing: 'active', level: 'learner', ...over };
}

export function aPerson(userId: string, over: Partial<PersonFacts> = {}): PersonFacts {
  return { userId, address: `user${userId}@example.com`, name: `User ${userId}`, ...over };
}

/** Facts of a session with two learners and one event; people are made up for everybody named unless given. */
export function someFacts(
  over: {
    course?: Partial<SessionFacts['course']>;
    session?: Partial<SessionFacts['session']>;
    events?: readonly EventFacts[];
    enrolments?: readonly EnrolmentFacts[];
    people?: readonly PersonFacts[];
    eventsComplete?: boolean;
    enrolmentsComplete?: boolean;
    instructorsComplete?: boolean;
  } = {},
): SessionFacts {
  const events = over.events ?? [anEvent()];
  const enrolments = over.enrolments ?? [aLearner('1'), aLearner('2')];
  const session: SessionFacts['session'] = {
    sessionId: '54',
    name: 'Example Session',
    slugName: null,
    description: '',
    status: 'active',
    rsvp: 'inherit',
    hideAttendees: 'inherit',
    instructors: [],
    additionalInputs: {},
    ...over.session,
  };
  const named = new Set([
    ...enrolments.map((e) => e.userId),
    ...session.instructors,
    ...events.flatMap((e) => e.instructors),
  ]);
  return {
    course: { courseId: '190', name: 'Course', description: '', rsvp: true, hideAttendees: false, ...over.course },
    session,
    events,
    eventsComplete: over.eventsComplete ?? true,
    enrolments,
    enrolmentsComplete: over.enrolmentsComplete ?? true,
    instructorsComplete: over.instructorsComplete ?? true,
    people: over.people ?? [...named].map((userId) => aPerson(userId)),
  };
}

export function found(facts: SessionFacts, readAs = '7/godadmin'): SessionReading {
  return { kind: 'found', readAs, facts, problems: [] };
}

export const emptyLedger: SessionLedger = createEmptyLedger();

export const planSettings: PlanSettings = {
  rsvp: 'on',
  courseOff: 'nextUpdate',
  addInstructors: true,
  maxAttendees: 500,
  askBeforeRemoving: 10,
};

export function planOf(
  reading: PlanInput['reading'] | SessionFacts,
  ledger: SessionLedger = emptyLedger,
  over: Partial<Omit<PlanInput, 'settings'>> & { settings?: Partial<PlanSettings> } = {},
): SessionPlan {
  return planSession({
    routing: { defaultMailbox: 'training', routes: [] },
    now: NOW,
    digest,
    keyOf,
    ...over,
    reading: 'kind' in reading ? reading : found(reading),
    ledger,
    settings: { ...planSettings, ...over.settings },
  });
}

/** What the ledger is after the plan's steps have been carried out: a model of what the workflow records. */
export function afterSteps(
  ledger: SessionLedger,
  plan: SessionPlan,
  steps: readonly PlanStep[] = plan.steps,
): SessionLedger {
  const events: Record<string, LedgerEvent> = { ...ledger.events };
  for (const [eventId, hashes] of Object.entries(plan.baselines ?? {})) {
    const row = events[eventId];
    if (row !== undefined) events[eventId] = { ...row, ...hashes };
  }
  for (const step of steps) {
    const row = events[step.eventId];
    if (step.kind === 'create') {
      const { generation, invitationHash, placeHash, peopleHash, schedule } = step;
      const graphEventId = `g-${step.eventId}-${generation}`;
      const { startsAt, endsAt } = schedule;
      events[step.eventId] = {
        graphEventId,
        generation,
        invitationHash,
        placeHash,
        peopleHash,
        startsAt,
        endsAt,
        answers: {},
      };
    } else if (row !== undefined && step.kind === 'updateContent') {
      const { invitationHash, placeHash, schedule } = step;
      events[step.eventId] = {
        ...row,
        invitationHash,
        placeHash,
        startsAt: schedule.startsAt,
        endsAt: schedule.endsAt,
      };
    } else if (row !== undefined && step.kind === 'updateAttendees') {
      events[step.eventId] = { ...row, peopleHash: step.peopleHash ?? row.peopleHash };
    } else if (row !== undefined) {
      events[step.eventId] = { ...row, graphEventId: null };
    }
  }
  const mailbox = ledger.mailbox ?? (plan.steps.length > 0 ? plan.mailbox : null);
  return { ...ledger, ...plan.ledger, mailbox, events };
}

/** The ledger of a session that has been planned and carried out. */
export function ledgerOf(facts: SessionFacts, over: Parameters<typeof planOf>[2] = {}): SessionLedger {
  return afterSteps(emptyLedger, planOf(facts, emptyLedger, over));
}

/** "create 101, updateAttendees/all 101": what a plan does, in order. */
export function outline(plan: SessionPlan): string[] {
  return plan.steps.map((s) => `${s.kind}${s.kind === 'updateAttendees' ? `/${s.phase}` : ''} ${s.eventId}`);
}
