import type { CourseSessionInput, HintSignal, Inbox, JournalEntry, SessionState } from '../contract/messages';
import { createEmptyLedger } from '../domain/empty-ledger';
import type { Hint } from '../domain/hints';
import type { Instant } from '../domain/model';

/** Pure changes of a session's state. The state is bounded: everything that can grow is cut here. */

export const JOURNAL_LIMIT = 200;
export const SEEN_LIMIT = 2000;

const emptyInbox: Inbox = { count: 0, newestAt: null, settle: false };

export function freshState({ platform, sessionId }: CourseSessionInput): SessionState {
  return {
    v: 1,
    platform,
    sessionId,
    courseId: null,
    ledger: createEmptyLedger(),
    unsure: [],
    adopted: false,
    inbox: emptyInbox,
    seen: [],
    seenEvicted: 0,
    busy: false,
    settleAt: null,
    retryAt: null,
    failures: [],
    attempts: 0,
    held: null,
    position: 'unknown',
    answerPolicy: null,
    answersDueAt: null,
    answerFailure: null,
    answered: [],
    unmatched: [],
    unenrolled: {},
    startsAt: null,
    endsAt: null,
    counts: { events: 0, learners: 0, instructors: 0 },
    lastPlanAt: null,
    lastChangeAt: null,
    journal: [],
  };
}

/**
 * Takes a signal's hints in. A hint seen before is dropped, except while the session is failing or settling: then the duplicate may be the
 * only sign that something changed since.
 */
export function receiveHints(state: SessionState, signal: HintSignal, seen: Set<string>): void {
  const unsettled = state.failures.length > 0 || state.settleAt !== null;
  let fresh = 0;
  for (const hint of signal.hints) {
    if (hint.courseId !== null && state.courseId === null) state.courseId = hint.courseId;
    if (seen.has(hint.key) && !unsettled) continue;
    if (!seen.has(hint.key)) {
      seen.add(hint.key);
      state.seen.push([hint.key, epochSeconds(signal.receivedAt)]);
    }
    if (hint.kind === 'sample') compareWithCalendar(state);
    fresh++;
    journalHint(state, signal.receivedAt, hint);
  }
  if (fresh > 0)
    markDirty(state, signal.receivedAt, { count: fresh, settle: signal.hints.some((h) => fromOutside(h.kind)) });
}

/** As by a resync, but the rights that Docebo is read with stay what they were. */
function compareWithCalendar(state: SessionState): void {
  // A look-up that is due anyway is more than a comparison.
  if (state.adopted) state.comparing = true;
  state.adopted = false;
}

export function markDirty(state: SessionState, at: Instant, hint: { count: number; settle: boolean }): void {
  const { count, newestAt, settle } = state.inbox;
  state.inbox = {
    count: count + hint.count,
    newestAt: newestAt === null || newestAt < at ? at : newestAt,
    settle: settle || hint.settle,
  };
}

export function takeInbox(state: SessionState): Inbox {
  const taken = state.inbox;
  state.inbox = emptyInbox;
  return taken;
}

export function journal(state: SessionState, at: Instant, entry: Omit<JournalEntry, 'at'>): void {
  state.journal.push({ at, ...entry });
  if (state.journal.length > JOURNAL_LIMIT) state.journal.splice(0, state.journal.length - JOURNAL_LIMIT);
}

/** A burst of hints that say the same is one entry with a count, so that it does not push the decisions out. */
function journalHint(state: SessionState, at: Instant, { kind, eventId, userId }: Hint): void {
  const what = userId === null ? kind : `${kind} user ${userId}`;
  const last = state.journal.at(-1);
  const [, text, times = '1'] = /^(.*?)(?: x(\d+))?$/.exec(last?.note ?? '') ?? [];
  if (last?.what === 'hint' && text === what && last.eventId === (eventId ?? undefined)) {
    state.journal[state.journal.length - 1] = { ...last, at, note: `${what} x${Number(times) + 1}` };
    return;
  }
  const users = userId === null ? {} : { users: [userId] };
  journal(state, at, { what: 'hint', note: what, ...(eventId !== null && { eventId }), ...users });
}

/** Forgets message ids older than the memory, and the oldest above the limit; the latter are counted. */
export function forgetSeen(state: SessionState, seen: Set<string>, now: Instant, memoryMs: number): void {
  const horizon = epochSeconds(now) - memoryMs / 1000;
  const remembered = state.seen.filter(([, at]) => at >= horizon);
  const overflow = Math.max(0, remembered.length - SEEN_LIMIT);
  state.seenEvicted += overflow;
  const keep = remembered.slice(overflow);
  if (keep.length === state.seen.length) return;
  state.seen = keep;
  seen.clear();
  for (const [key] of keep) seen.add(key);
}

/** Webhooks run ahead of Docebo's API; hints of our own making do not. */
function fromOutside(kind: HintSignal['hints'][number]['kind']): boolean {
  return kind !== 'sweep' && kind !== 'sample' && kind !== 'backfill' && kind !== 'operator';
}

function epochSeconds(at: Instant): number {
  return Math.floor(Date.parse(at) / 1000);
}

export function later(at: Instant, ms: number): Instant {
  return new Date(Date.parse(at) + ms).toISOString();
}

/** Workflow time: the time of the task that is being handled, the same in every replay. */
export function now(): Instant {
  return new Date().toISOString();
}
