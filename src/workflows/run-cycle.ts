import type { Inbox, SessionState } from '../contract/messages';
import { pruneAliases } from '../domain/aliases';
import type { Instant } from '../domain/model';
import type { SessionPlan } from '../domain/plan';
import type { Pace } from '../domain/settings';
import { explainActivityFailure } from './activity-failures';
import { doceboActivities } from './activity-proxies';
import { adoptEvents } from './adopt-events';
import { receiveAnswers } from './answers';
import { isDirty } from './deadlines';
import { notePlan, noteStep } from './journal-notes';
import { performStep, recordOutcome } from './perform-step';
import { ROLL_OVER, unlessRollOver } from './roll-over';
import { journal, later, markDirty, now, takeInbox } from './session-state';
import { forgetEarlierEnrolments } from './write-answers';

/** What a cycle set out with; put back when it could not be finished. */
export interface Cycle {
  readonly inbox: Inbox;
  readonly notOlderThan: Instant;
  /** A second look after a hint that led to no difference. */
  readonly isSettling: boolean;
  /** An earlier hint still waits for its second look. */
  readonly owesLook: boolean;
  /** New hints had the plan before this one dropped: this one is carried out, whatever comes meanwhile. */
  readonly isOverdue: boolean;
}

export interface CycleResult {
  readonly pace: Pace;
  /** New hints came before the plan was carried out. */
  readonly wasDropped: boolean;
}

/** @param isOverdue the cycle before was dropped: without an end to that, hints without an end would keep the calendar as it is for ever. */
export function takeCycle(session: SessionState, isOverdue: boolean): Cycle {
  const inbox = takeInbox(session);
  // A hint that comes while the second look is due has had no look at all.
  const isSettling = session.settleAt !== null && session.settleAt <= now() && inbox.count === 0;
  const owesLook = session.settleAt !== null && !isSettling;
  const newest = inbox.newestAt;
  session.settleAt = null;
  session.retryAt = null;
  // A second look must not be served from what the first one read.
  return { inbox, isSettling, owesLook, isOverdue, notOlderThan: isSettling || newest === null ? now() : newest };
}

/**
 * Plan, then step by step until the plan is done or the inbox is dirty again, which drops the rest, but not twice in a row.
 *
 * @param known the tempo until a plan brings another one; that of the last plan also where this one fails.
 */
export async function runCycle(session: SessionState, cycle: Cycle, known: Pace): Promise<CycleResult> {
  const failures: { code: string; message: string; step: string; eventId: string | null }[] = [];
  let pace = known;
  try {
    const planned = await unlessRollOver(() =>
      doceboActivities(session.platform).planSession.executeWithOptions(
        { summary: cycle.isSettling ? 'look once more' : `plan after ${cycle.inbox.count} hints` },
        [
          {
            platform: session.platform,
            sessionId: session.sessionId,
            ledger: ledgerForPlan(session),
            notOlderThan: cycle.notOlderThan,
          },
        ],
      ),
    );
    if (planned === ROLL_OVER) return putBack(session, cycle, pace);
    pace = planned.pace;
    session.lastPlanAt = now();
    const { plan } = planned;
    if (!session.adopted && plan.position !== 'frozen') {
      const adopted = await unlessRollOver(() => adoptEvents(session, planned.mailboxes));
      if (adopted === ROLL_OVER) return putBack(session, cycle, pace);
      if (adopted === 'found') return putBack(session, cycle, pace);
    }
    takePlanIn(session, plan, whyOf(cycle));
    session.answerPolicy = planned.answers;
    receiveAnswers(session, { observedAt: now(), events: session.answered, removed: [] });
    session.answered = [];
    failures.push(
      ...plan.problems.map((p) => ({ code: p.code, message: p.message, step: 'plan', eventId: p.eventId })),
    );
    const outcome = await carryOut(session, cycle, plan, failures);
    if (outcome === 'dropped') return { ...putBack(session, cycle, pace), wasDropped: true };
    if (outcome === ROLL_OVER) return putBack(session, cycle, pace);
    // Every event is rid of them.
    if (failures.length === 0) session.ledger = { ...session.ledger, departed: [] };
    closeCycle(session, failures, pace, needsLook(cycle, plan));
  } catch (error) {
    failures.push({ ...explainActivityFailure(error), step: 'plan', eventId: null });
    closeCycle(session, failures, pace, false);
  }
  return { pace, wasDropped: false };
}

/** Of hints that travel together one may be ahead of what Docebo shows although another one led to a difference. */
function needsLook({ inbox, owesLook, isSettling }: Cycle, { steps }: SessionPlan): boolean {
  if (owesLook) return true;
  return inbox.settle && !isSettling && (steps.length === 0 || inbox.count > 1);
}

/** The work goes on in the next cycle, with hints at least as new as these. */
function putBack(session: SessionState, cycle: Cycle, pace: Pace): CycleResult {
  const { inbox, owesLook, notOlderThan } = cycle;
  markDirty(session, notOlderThan, {
    count: Math.max(1, inbox.count) + (owesLook ? 1 : 0),
    settle: inbox.settle || owesLook,
  });
  return { pace, wasDropped: false };
}

/** For the journal. */
function whyOf({ inbox, isSettling }: Cycle): string {
  if (inbox.count > 0) return `after ${inbox.count} hints`;
  return isSettling ? 'second look' : 'next attempt';
}

function takePlanIn(session: SessionState, plan: SessionPlan, why: string): void {
  const entry = { what: 'plan', ...notePlan(session, plan, why) };
  session.position = plan.position;
  forgetUnenrolment(session, plan);
  forgetEarlierEnrolments(session, plan.ledger.people);
  const { aliases: _aliases, ...ledger } = { ...session.ledger, ...plan.ledger };
  session.ledger = { ...ledger, events: withBaselines(ledger.events, plan), ...keepAliases(session, plan.ledger) };
  session.courseId = plan.ledger.courseId ?? session.courseId;
  session.startsAt = plan.startsAt;
  session.endsAt = plan.endsAt;
  session.counts = plan.counts;
  journal(session, now(), entry);
}

/** Events that were adopted as they were found count as what the inputs are now. */
function withBaselines(
  events: SessionState['ledger']['events'],
  { baselines = {} }: SessionPlan,
): SessionState['ledger']['events'] {
  const rows = Object.entries(events).map(([eventId, row]) => [eventId, { ...row, ...baselines[eventId] }]);
  return Object.fromEntries(rows) as SessionState['ledger']['events'];
}

/** Of everybody who is on an event, has to go from it, or may take an answer back. */
function keepAliases(session: SessionState, { people, departed }: SessionPlan['ledger']) {
  const placed = [...Object.values(people), ...Object.values(session.unenrolled)].map((p) => p.addressKey);
  return pruneAliases(session.ledger.aliases, new Set([...placed, ...departed]));
}

/** Whoever was unenrolled for a decline and has a seat again is like anybody else. */
function forgetUnenrolment(session: SessionState, plan: SessionPlan): void {
  const { people } = session.ledger;
  const back = Object.keys(session.unenrolled).filter(
    (id) => plan.ledger.people[id] !== undefined && people[id] === undefined,
  );
  if (back.length === 0) return;
  session.unenrolled = Object.fromEntries(Object.entries(session.unenrolled).filter(([id]) => !back.includes(id)));
}

async function carryOut(
  session: SessionState,
  { isOverdue }: Cycle,
  plan: SessionPlan,
  failures: { code: string; message: string; step: string; eventId: string | null }[],
): Promise<'done' | 'dropped' | typeof ROLL_OVER> {
  for (const step of plan.steps) {
    if ((isDirty(session) && !isOverdue) || session.held !== null) {
      journal(session, now(), { what: 'drop', note: 'the rest of the plan is made anew' });
      return 'dropped';
    }
    // The mailbox is settled by the first create; a later change of routing moves nothing.
    const mailbox = session.ledger.mailbox ?? plan.mailbox;
    if (session.ledger.mailbox === null) session.ledger = { ...session.ledger, mailbox };
    const startedAt = now();
    try {
      const outcome = await unlessRollOver(() => performStep(step, { state: session, plan, mailbox }));
      if (outcome === ROLL_OVER) return ROLL_OVER;
      const note = noteStep(step, session.ledger.events[step.eventId], outcome);
      recordOutcome(session, step, { ...outcome, startedAt });
      journal(session, now(), { what: step.kind, eventId: step.eventId, note });
      if (outcome.did !== 'unchanged') session.lastChangeAt = now();
      // Somebody deleted the event in the mailbox: the next plan makes it anew.
      if (outcome.did === 'gone' && step.kind !== 'cancel') markDirty(session, now(), { count: 1, settle: false });
    } catch (error) {
      failures.push({ ...explainActivityFailure(error), step: step.kind, eventId: step.eventId });
    }
  }
  return 'done';
}

function closeCycle(
  session: SessionState,
  failures: readonly { code: string; message: string; step: string; eventId: string | null }[],
  pace: Pace,
  lookOnceMore: boolean,
): void {
  const at = now();
  if (failures.length === 0) {
    session.failures = [];
    session.attempts = 0;
    if (lookOnceMore) {
      session.settleAt = later(at, pace.settleMs);
      journal(session, at, { what: 'settle', note: `nothing to do; looks once more at ${session.settleAt}` });
    }
    if (session.position === 'frozen') session.retryAt = later(at, pace.retryMs.at(-1) ?? DEFAULT_RETRY_MS);
    return;
  }
  const waits = pace.retryMs;
  const wait = waits[Math.min(session.attempts, waits.length - 1)] ?? DEFAULT_RETRY_MS;
  session.attempts++;
  session.retryAt = later(at, wait);
  session.failures = failures.slice(0, FAILURE_LIMIT).map((f) => {
    const before = session.failures.find((b) => b.code === f.code && b.step === f.step && b.eventId === f.eventId);
    return { ...f, since: before?.since ?? at, attempts: session.attempts };
  });
  for (const f of session.failures) {
    journal(session, at, {
      what: 'failure',
      note: `${f.code} at ${f.step}`,
      ...(f.eventId !== null && { eventId: f.eventId }),
    });
  }
}

const FAILURE_LIMIT = 50;
/** Where the settings name no wait. */
const DEFAULT_RETRY_MS = 60_000;

function ledgerForPlan(session: SessionState): SessionState['ledger'] {
  return { ...session.ledger, courseId: session.ledger.courseId ?? session.courseId };
}
