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
  OperatorAnswer,
  OperatorRequest,
  SessionState,
} from '../contract/messages';
import type { RsvpSignal } from '../domain/rsvp/observed-answer';
import type { Pace } from '../domain/settings';
import { receiveAnswers, runAnswers } from './answers';
import { areAnswersDue, isDirty, isDue, isOver, untilNextDeadline } from './deadlines';
import { receiveRenewal, rollOverAsked } from './roll-over';
import { runCycle, takeCycle } from './run-cycle';
import { forgetSeen, freshState, journal, later, markDirty, now, receiveHints } from './session-state';
import { showSession, syncStatus, type Shown } from './show-session';
import { WakeUps } from './wake-ups';
import { tellRefusedAgain } from './write-answers';

export const hint = defineSignal<[HintSignal]>(SIGNALS.hint);
export const rsvpObserved = defineSignal<[RsvpSignal]>(SIGNALS.rsvpObserved);
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
  const rollOverAt = later(now(), input.pace.rollOverMs);
  const wakeUps = new WakeUps();
  let pace: Pace = input.pace;
  let wasDropped = false;
  let shown: Shown = shownAtStart(input);
  const show = (closing = false): void => {
    shown = showSession(session, shown, closing);
  };
  registerHandlers(session, seen, show);
  const renewalAsked = receiveRenewal();
  show();

  const rollOverDue = (): boolean =>
    rollOverAsked() || renewalAsked() || (now() >= rollOverAt && !isDue(session) && !areAnswersDue(session));

  for (;;) {
    const due = (): boolean => isDue(session) || areAnswersDue(session) || isOver(session, pace) || rollOverDue();
    // A decline that comes in brings a deadline of its own, for which the wait must be made anew.
    const { answersDueAt } = session;
    const hasNews = (): boolean => due() || session.answersDueAt !== answersDueAt;
    if (!due()) await wakeUps.wait(hasNews, untilNextDeadline(session, pace, rollOverAt));

    if (isDue(session)) {
      // One fixed window per burst: hints that arrive meanwhile join it.
      if (isDirty(session) && !rollOverAsked()) await condition(rollOverAsked, pace.coalesceMs);
      if (!rollOverAsked()) {
        const cycle = takeCycle(session, wasDropped);
        session.busy = true;
        const result = await runCycle(session, cycle, pace);
        session.busy = false;
        ({ pace, wasDropped } = result);
        forgetSeen(session, seen, now(), pace.hintMemoryMs);
        show();
      }
    }

    if (areAnswersDue(session) && !rollOverAsked()) {
      session.busy = true;
      await runAnswers(session, pace.retryMs);
      session.busy = false;
      show();
    }

    if (isOver(session, pace) && !isDirty(session)) {
      await condition(allHandlersFinished);
      // No await between this check and the exit: a message handled in between would be lost.
      if (isDirty(session)) continue;
      show(true);
      return session;
    }
    if (rollOverDue()) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof courseSession>({ ...input, pace, state: session });
    }
  }
}

function registerHandlers(session: SessionState, seen: Set<string>, show: () => void): void {
  setHandler(hint, (signal) => receiveHints(session, signal, seen), {
    description: 'Something about this session may have changed in Docebo.',
  });
  setHandler(rsvpObserved, (signal) => receiveAnswers(session, signal), {
    description: 'Answers that the poll of the mailbox saw.',
  });
  setHandler(
    resync,
    ({ requestedBy }) => {
      // Compares with the calendar itself, not only with what was written, and takes the rights that Docebo is read with now for meant.
      session.adopted = false;
      session.ledger = { ...session.ledger, readAs: null };
      tellRefusedAgain(session);
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
      show();
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
      show();
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

function shownAtStart(input: CourseSessionInput): Shown {
  const { state: before } = input;
  if (before === undefined) return { status: 'pending', course: null, mailbox: null, startsAt: null };
  // Search attributes survive a roll-over.
  return {
    status: syncStatus(before, false),
    course: before.ledger.courseId,
    mailbox: before.ledger.mailbox,
    startsAt: before.startsAt,
  };
}
