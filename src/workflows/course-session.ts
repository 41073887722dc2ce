import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  setHandler,
} from '@temporalio/workflow';
import { QUERIES, SIGNALS, UPDATES } from '../contract/messages';
import type {
  CourseSessionInput,
  HintSignal,
  Inbox,
  OperatorAnswer,
  OperatorRequest,
  SessionState,
} from '../contract/messages';
import type { Instant } from '../domain/model';
import type { SessionPlan } from '../domain/plan';
import { liveFutureEvents } from '../domain/planning/live-events';
import type { Pace } from '../domain/settings';
import { explainActivityFailure } from './activity-failures';
import { doceboActivities, graphActivities } from './activity-proxies';
import { performStep, recordOutcome } from './perform-step';
import { ROLL_OVER, rollOverAsked, unlessRollOver } from './roll-over';
import { forgetSeen, freshState, journal, later, markDirty, receiveHints, takeInbox } from './session-state';
import { showSession, type Shown } from './show-session';

export const hint = defineSignal<[HintSignal]>(SIGNALS.hint);
export const resync = defineUpdate<OperatorAnswer, [OperatorRequest]>(UPDATES.resync);
export const hold = defineUpdate<OperatorAnswer, [OperatorRequest]>(UPDATES.hold);
export const release = defineUpdate<OperatorAnswer, [OperatorRequest]>(UPDATES.release);
export const state = defineQuery<SessionState>(QUERIES.state);

/**
 * One Docebo session for as long as it lives: hints come in, the session reads the truth, plans, and carries the plan out. Order is all
 * that this file knows; what to do is decided by `planSession`, how it is done by the calendar's activities.
 */
export async function courseSession(input: CourseSessionInput): Promise<SessionState> {
  const session: SessionState = input.state ?? freshState(input);
  const seen = new Set(session.seen.map(([key]) => key));
  const runStartedAt = now();
  let pace: Pace = input.pace;
  let shown: Shown = shownAtStart(input);
  registerHandlers(session, seen);

  const rollOverDue = (): boolean =>
    rollOverAsked() || (now() >= later(runStartedAt, pace.rollOverMs) && !dirty(session));

  for (;;) {
    const due = (): boolean => isDue(session) || isOver(session, pace) || rollOverDue();
    if (!due()) await condition(due, untilNextDeadline(session, pace, later(runStartedAt, pace.rollOverMs)));

    if (isDue(session)) {
      // One fixed window per burst: hints that arrive meanwhile join it.
      if (dirty(session) && !rollOverAsked()) await condition(rollOverAsked, pace.coalesceMs);
      if (!rollOverAsked()) {
        const cycle = takeCycle(session);
        session.busy = true;
        const result = await runCycle(session, cycle);
        session.busy = false;
        if (result.pace !== null) pace = result.pace;
        forgetSeen(session, seen, now(), pace.hintMemoryMs);
        shown = showSession(session, shown);
      }
    }

    if (isOver(session, pace) && !dirty(session)) {
      await condition(allHandlersFinished);
      // No await between this check and the exit: a message handled in between would be lost.
      if (dirty(session)) continue;
      showSession(session, shown, true);
      return session;
    }
    if (rollOverDue()) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof courseSession>({ ...input, pace, state: session });
    }
  }
}

/** What a cycle set out with; put back when it could not be finished. */
interface Cycle {
  readonly inbox: Inbox;
  readonly notOlderThan: Instant;
  /** A second look after a hint that led to no difference. */
  readonly isSettling: boolean;
}

interface CycleResult {
  readonly pace: Pace | null;
}

function takeCycle(session: SessionState): Cycle {
  const isSettling = session.settleAt !== null && session.settleAt <= now();
  const inbox = takeInbox(session);
  const newest = inbox.newestAt;
  session.settleAt = null;
  session.retryAt = null;
  // A second look must not be served from what the first one read.
  return { inbox, isSettling, notOlderThan: isSettling || newest === null ? now() : newest };
}

/** Plan, then step by step until the plan is done or the inbox is dirty again, which drops the rest. */
async function runCycle(session: SessionState, cycle: Cycle): Promise<CycleResult> {
  const failures: { code: string; message: string; step: string; eventId: string | null }[] = [];
  let pace: Pace | null = null;
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
      const adopted = await unlessRollOver(() => adopt(session, planned.mailboxes));
      if (adopted === ROLL_OVER) return putBack(session, cycle, pace);
      if (adopted === 'found') return putBack(session, cycle, pace);
    }
    takePlanIn(session, plan);
    failures.push(
      ...plan.problems.map((p) => ({ code: p.code, message: p.message, step: 'plan', eventId: p.eventId })),
    );
    const outcome = await carryOut(session, plan, failures);
    if (outcome === ROLL_OVER || outcome === 'dropped') return putBack(session, cycle, pace);
    // Every event is rid of them.
    if (failures.length === 0) session.ledger = { ...session.ledger, departed: [] };
    const look = cycle.inbox.settle && !cycle.isSettling && plan.steps.length === 0;
    closeCycle(session, failures, pace, look);
  } catch (error) {
    failures.push({ ...explainActivityFailure(error), step: 'plan', eventId: null });
    closeCycle(session, failures, pace, false);
  }
  return { pace };
}

/** The work goes on in the next cycle, with hints at least as new as these. */
function putBack(session: SessionState, cycle: Cycle, pace: Pace | null): CycleResult {
  markDirty(session, cycle.notOlderThan, { count: Math.max(1, cycle.inbox.count), settle: cycle.inbox.settle });
  return { pace };
}

function takePlanIn(session: SessionState, plan: SessionPlan): void {
  const before = session.position;
  session.position = plan.position;
  session.ledger = { ...session.ledger, ...plan.ledger };
  session.courseId = plan.ledger.courseId ?? session.courseId;
  session.startsAt = plan.startsAt;
  session.endsAt = plan.endsAt;
  session.counts = plan.counts;
  const turned = before === plan.position ? '' : `; ${plan.position}`;
  journal(session, now(), { what: 'plan', note: `${plan.steps.length} steps${turned}` });
}

async function carryOut(
  session: SessionState,
  plan: SessionPlan,
  failures: { code: string; message: string; step: string; eventId: string | null }[],
): Promise<'done' | 'dropped' | typeof ROLL_OVER> {
  for (const step of plan.steps) {
    if (dirty(session) || session.held !== null) {
      journal(session, now(), { what: 'drop', note: 'the rest of the plan is made anew' });
      return 'dropped';
    }
    // The mailbox is settled by the first create; a later change of routing moves nothing.
    const mailbox = session.ledger.mailbox ?? plan.mailbox;
    if (session.ledger.mailbox === null) session.ledger = { ...session.ledger, mailbox };
    try {
      const outcome = await unlessRollOver(() => performStep(step, { state: session, plan, mailbox }));
      if (outcome === ROLL_OVER) return ROLL_OVER;
      recordOutcome(session, step, outcome);
      const note = `${outcome.did}; mails ${outcome.mails}; +${outcome.added} -${outcome.removed}`;
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

/** Looks through the calendars for events that an earlier run left, and enters them into the ledger. */
async function adopt(session: SessionState, mailboxes: readonly string[]): Promise<'found' | 'nothing'> {
  const { platform, sessionId, ledger } = session;
  const knowsPeople = Object.keys(ledger.events).length > 0;
  const known = knowsPeople ? [...Object.values(ledger.people).map((p) => p.addressKey), ...ledger.departed] : null;
  for (const mailbox of ledger.mailbox === null ? mailboxes : [ledger.mailbox]) {
    const found = await graphActivities(mailbox).findCalendarEvents.executeWithOptions(
      { summary: 'look for events of an earlier run' },
      [{ platform, sessionId, mailbox, known }],
    );
    for (const { eventId, graphEventId, generation } of found.surplus) {
      const target = {
        platform,
        sessionId,
        mailbox,
        eventId,
        graphEventId,
        generation,
        reason: 'event-removed' as const,
      };
      await graphActivities(mailbox).cancelCalendarEvent.executeWithOptions({ summary: 'cancel a second copy' }, [
        target,
      ]);
    }
    if (Object.keys(found.events).length === 0 && !knowsPeople) continue;
    enterFound(session, found, mailbox, known === null);
    return 'found';
  }
  session.adopted = true;
  return 'nothing';
}

function enterFound(
  session: SessionState,
  found: { readonly events: SessionState['ledger']['events']; readonly present: readonly string[] },
  mailbox: string,
  isNewRun: boolean,
): void {
  const events = { ...session.ledger.events };
  for (const [eventId, row] of Object.entries(events)) {
    // Not in the calendar any more: somebody deleted it there. Past events are left alone.
    if (found.events[eventId] === undefined && row.endsAt > now()) events[eventId] = { ...row, graphEventId: null };
  }
  for (const [eventId, row] of Object.entries(found.events)) {
    events[eventId] = { ...row, answers: events[eventId]?.answers ?? {} };
  }
  const departed = isNewRun ? [...found.present] : session.ledger.departed;
  session.ledger = { ...session.ledger, mailbox, events, departed };
  session.adopted = true;
  journal(session, now(), { what: 'adopt', note: `${Object.keys(found.events).length} events found in ${mailbox}` });
}

function closeCycle(
  session: SessionState,
  failures: readonly { code: string; message: string; step: string; eventId: string | null }[],
  pace: Pace | null,
  lookOnceMore: boolean,
): void {
  const at = now();
  if (failures.length === 0) {
    session.failures = [];
    session.attempts = 0;
    if (lookOnceMore && pace !== null) session.settleAt = later(at, pace.settleMs);
    if (session.position === 'frozen') session.retryAt = later(at, pace?.retryMs.at(-1) ?? DEFAULT_RETRY_MS);
    return;
  }
  const waits = pace?.retryMs ?? [];
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
/** Before any plan has brought the configured tempo. */
const DEFAULT_RETRY_MS = 60_000;

function registerHandlers(session: SessionState, seen: Set<string>): void {
  setHandler(hint, (signal) => receiveHints(session, signal, seen), {
    description: 'Something about this session may have changed in Docebo.',
  });
  setHandler(
    resync,
    ({ requestedBy }) => {
      // Compares with the calendar itself, not only with what was written, and takes the rights that Docebo is read with now for meant.
      session.adopted = false;
      session.ledger = { ...session.ledger, readAs: null };
      markDirty(session, now(), { count: 1, settle: false });
      journal(session, now(), { what: 'resync', note: `asked by ${requestedBy}` });
      return {
        note:
          session.held === null ? 'The session is read and compared now.' : 'The session is held; release it first.',
      };
    },
    { validator: requireOperator, description: 'Read Docebo and the calendar again and mend every difference.' },
  );
  setHandler(
    hold,
    ({ requestedBy, reason }) => {
      session.held = { since: now(), by: requestedBy, reason: reason ?? 'no reason given' };
      journal(session, now(), { what: 'hold', note: `by ${requestedBy}` });
      return { note: 'Nothing is written for this session until it is released. Hints are kept.' };
    },
    { validator: requireOperator, description: 'Stop all writing for this session.' },
  );
  setHandler(
    release,
    ({ requestedBy }) => {
      session.held = null;
      markDirty(session, now(), { count: 1, settle: false });
      journal(session, now(), { what: 'release', note: `by ${requestedBy}` });
      return { note: 'The session is read and compared now.' };
    },
    { validator: requireOperator, description: 'End a hold.' },
  );
  setHandler(state, () => session, { description: 'Ledger, inbox, problems and journal: ids only.' });
}

function requireOperator(request: OperatorRequest): void {
  if (typeof request?.requestedBy !== 'string' || request.requestedBy.trim() === '') {
    throw new Error('requestedBy is missing: pass {"requestedBy": "<your operator id>"}');
  }
}

function ledgerForPlan(session: SessionState): SessionState['ledger'] {
  return { ...session.ledger, courseId: session.ledger.courseId ?? session.courseId };
}

function dirty(session: SessionState): boolean {
  return session.inbox.count > 0;
}

function isDue(session: SessionState): boolean {
  if (session.held !== null) return false;
  const at = now();
  const reached = (deadline: Instant | null): boolean => deadline !== null && deadline <= at;
  return dirty(session) || reached(session.settleAt) || reached(session.retryAt);
}

/** Nothing is left to look after: the workflow completes, and a later hint starts a new run that adopts what is there. */
function isOver(session: SessionState, pace: Pace): boolean {
  if (dirty(session) || session.settleAt !== null || session.held !== null || session.lastPlanAt === null) return false;
  const nothingLive = liveFutureEvents(session.ledger, now()).length === 0;
  const unexplained = session.position === 'unproven' && nothingLive && session.attempts > pace.retryMs.length;
  if (session.failures.length > 0 || session.retryAt !== null) return unexplained;
  switch (session.position) {
    case 'off':
    case 'session-gone':
    case 'session-cancelled':
      return nothingLive;
    case 'on':
    case 'course-off-waiting':
    case 'course-off-left':
      return nothingLive && session.endsAt !== null && now() >= later(session.endsAt, pace.graceMs);
    case 'unproven':
    case 'frozen':
    case 'unknown':
      return false;
  }
}

function untilNextDeadline(session: SessionState, pace: Pace, rollOverAt: Instant): number {
  const over = session.endsAt === null || session.held !== null ? null : later(session.endsAt, pace.graceMs);
  const deadlines = session.held === null ? [session.settleAt, session.retryAt, over, rollOverAt] : [rollOverAt];
  const next = deadlines.filter((d) => d !== null && d > now()).sort()[0] ?? rollOverAt;
  return Math.max(1, Date.parse(next ?? rollOverAt) - Date.parse(now()));
}

function shownAtStart(input: CourseSessionInput): Shown {
  const { state: before } = input;
  if (before === undefined) return { status: 'pending', course: null, mailbox: null, startsAt: null };
  // Search attributes survive a roll-over.
  return { status: null, course: before.ledger.courseId, mailbox: before.ledger.mailbox, startsAt: before.startsAt };
}

function now(): Instant {
  return new Date().toISOString();
}
