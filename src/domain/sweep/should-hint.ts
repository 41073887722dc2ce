import type { Instant } from '../model';
import type { Digest } from '../ports';
import {
  fingerprint,
  sameFingerprint,
  sameTimes,
  toMinutes,
  UNSEEN,
  type Fingerprint,
  type SessionRow,
} from './session-row';
import type { SessionInspection, SessionStanding } from './session-standing';
import type { MemoryRow } from './sweep-memory';

/** Why a sweep hints a session. */
export type HintReason =
  /** Its row or its course is not as remembered, and its workflow does not know of it. */
  | 'differs'
  /** It has a workflow, and the complete list of its course lacks it. */
  | 'vanished'
  /** It needs a workflow and has none. */
  | 'missing'
  | 'failing'
  /** Its workflow was started and has not read Docebo since. */
  | 'stale'
  /** It has no workflow and its course's switch is off: only the session itself can tell whether it overrides that. */
  | 'unasked'
  /** Its turn in the rotating sample: list rows do not show everything. */
  | 'sample';

export type Verdict =
  | { readonly kind: 'settled' }
  | { readonly kind: 'hint'; readonly reason: HintReason }
  /** The workflow is asked what it knows: `explains` decides. */
  | { readonly kind: 'inspect' };

export interface RowCase {
  readonly row: SessionRow;
  readonly before: MemoryRow | null;
  /** Null: no workflow runs for it. */
  readonly standing: SessionStanding | null;
  /** False: the list of workflows may lack some, so that none counts as missing. */
  readonly standingsComplete: boolean;
  /** The course's RSVP default; null: not known. */
  readonly courseRsvp: boolean | null;
  /** What invitations show of the course is not as remembered. */
  readonly courseChanged: boolean;
  readonly now: Instant;
  readonly staleMs: number;
  readonly digest: Digest;
}

/** What one row of a session list calls for. */
export function shouldHint(input: RowCase): Verdict {
  const print = fingerprint(input.row, input.digest);
  return input.standing === null ? judgeWithoutWorkflow(input, print) : judgeWithWorkflow(input, print, input.standing);
}

function judgeWithoutWorkflow(input: RowCase, print: Fingerprint): Verdict {
  const { row, before, courseChanged, courseRsvp, standingsComplete } = input;
  const need = needsWorkflow(row, courseRsvp);
  if (need === 'no' || !standingsComplete) return settled;
  if (before?.asked === true && !courseChanged) return isKnownOff(before, print) ? settled : hint('unasked');
  return need === 'yes' ? hint('missing') : hint('unasked');
}

/**
 * A session that was asked before and whose workflow ended at once: its switch is off. Who enrols says nothing of the switch, and anything
 * else in the row little; the course's own change, the sample and a webhook are what turns it.
 */
export function isKnownOff(before: MemoryRow, print: Fingerprint): boolean {
  return before.asked && sameFingerprint({ ...before.print, enrolled: print.enrolled }, print);
}

function judgeWithWorkflow(input: RowCase, print: Fingerprint, standing: SessionStanding): Verdict {
  const { before, courseChanged, now, staleMs } = input;
  if (courseChanged) return hint('differs');
  const isNew = before === null || before.print.texts === UNSEEN;
  if (!isNew && !sameFingerprint(before.print, print)) {
    return isBeyondAsking(before.print, print) ? hint('differs') : { kind: 'inspect' };
  }
  if (standing.status === 'error') return hint('failing');
  if (standing.status === 'pending' && Date.parse(now) - Date.parse(standing.startedAt) > staleMs) return hint('stale');
  return isNew || before.gapSince !== null ? { kind: 'inspect' } : settled;
}

/** Whether something changed that no workflow can be asked about: a text, or the length of an event between the first and the last. */
function isBeyondAsking(before: Fingerprint, print: Fingerprint): boolean {
  return before.texts !== print.texts || (before.length !== print.length && sameTimes(before, print));
}

/**
 * Whether a session needs a workflow, from what lists tell. A session without events has nothing to invite to. Of a switch that no list
 * shows, only the session itself can tell; where its course's default is off, it is the less likely one.
 */
export function needsWorkflow(row: SessionRow, courseRsvp: boolean | null): 'yes' | 'unlikely' | 'no' {
  if (row.events === 0 || row.rsvp === 'off') return 'no';
  if (row.rsvp === 'on' || courseRsvp !== false) return 'yes';
  return row.rsvp === 'inherit' ? 'no' : 'unlikely';
}

/**
 * Whether the workflow knows what the row says: then a webhook or an earlier hint has done the work. One that is about to read Docebo
 * anew will know it. `courseSession` counts learners and events at each plan; sessions without invitations count nothing.
 */
export function explains(inspection: SessionInspection, row: SessionRow): boolean {
  const { position, busy, failingSince, startsAt, endsAt, events, learners } = inspection;
  if (busy) return true;
  if (failingSince !== null) return false;
  switch (position) {
    case 'on':
      return (
        row.events === events &&
        row.enrolled === learners &&
        (events === 0 || (sameMinute(row.startsAt, startsAt) && sameMinute(row.endsAt, endsAt)))
      );
    case 'off':
    case 'course-off-left':
    case 'session-cancelled':
      return true;
    // Frozen platforms are not swept: this one is so no more, and the session has not noticed yet.
    case 'frozen':
    case 'course-off-waiting':
    case 'session-gone':
    case 'unproven':
    case 'unknown':
      return false;
  }
}

function sameMinute(a: Instant | null, b: Instant | null): boolean {
  return toMinutes(a) === toMinutes(b);
}

const settled: Verdict = { kind: 'settled' };

function hint(reason: HintReason): Verdict {
  return { kind: 'hint', reason };
}
