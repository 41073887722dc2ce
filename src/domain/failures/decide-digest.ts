import type { Instant } from '../model';
import type { Digest } from '../ports';
import { parseCause, type DigestMemory, type FailureNotice, type SentCause } from './failure-notice';
import type { FailureReading } from './failure-reading';

const DAY_MS = 86_400_000;
/** A schedule never runs to the second: a mail that is due with this run must not wait for the next. */
const JITTER_MS = 600_000;
/** Causes told in one mail, which keeps it below the 102 KB that Gmail shows; what finds no room is told by the next run's. */
export const CAUSES_PER_MAIL = 20;
/** Beyond it the oldest are forgotten: they would be mailed again before their day is over, and their end would not be told. */
export const CAUSES_REMEMBERED = 500;

/** Kinds of causes that one reading tells of. */
export type Area = 'sessions' | 'webhooks';

export interface DigestFailure extends FailureNotice {
  /** It has been mailed before and lasts. */
  readonly again: boolean;
}

export interface Recovery {
  readonly cause: string;
  readonly code: string;
  readonly scope: string;
  readonly since: Instant;
}

export interface DigestDecision {
  readonly failures: readonly DigestFailure[];
  readonly recovered: readonly Recovery[];
  /** Causes that should be told and found no room. */
  readonly waiting: number;
  /** To be kept once the mail is accepted. */
  readonly memory: DigestMemory;
}

/** Areas of which the reading may not know everything: absence proves nothing there. */
export function blindTo({ sessions, health, other }: FailureReading): Area[] {
  const areas: Area[] = [];
  if (sessions.further > 0 || sessions.unreadable.length > 0 || !other.complete) areas.push('sessions');
  if (!health.complete || !other.complete) areas.push('webhooks');
  return areas;
}

/**
 * What to mail now. A failure is mailed at once, then at most once a day while it lasts; a failure that comes back soon after its end was told
 * waits for the day to be over. The end of a mailed failure is told once, unless the reading is blind to it.
 */
export function decideDigest(input: {
  readonly notices: readonly FailureNotice[];
  readonly memory: DigestMemory | null;
  readonly now: Instant;
  readonly blind?: readonly Area[];
}): DigestDecision {
  const { notices, now, blind = [] } = input;
  const sent = input.memory?.sent ?? {};
  const isDue = ({ cause }: FailureNotice): boolean => {
    const before = sent[cause];
    return before === undefined || age(before, now) >= DAY_MS - JITTER_MS;
  };
  const due = notices
    .filter(isDue)
    .map((notice) => toFailure(notice, sent[notice.cause]))
    .sort(byWeight);
  const failing = new Set(notices.map(({ cause }) => cause));
  const over = Object.entries(sent)
    .filter(([cause, { open }]) => open && !failing.has(cause) && !blind.includes(areaOf(cause)))
    .map(([cause, { since }]): Recovery => ({ cause, ...parseCause(cause), since }))
    .sort((a, b) => (a.since < b.since ? -1 : 1));
  const failures = due.slice(0, CAUSES_PER_MAIL);
  const recovered = over.slice(0, CAUSES_PER_MAIL);
  return {
    failures,
    recovered,
    waiting: due.length + over.length - failures.length - recovered.length,
    memory: remember({ sent, failures, recovered, failing, now }),
  };
}

/**
 * Key of the mail that a decision leads to: an attempt that follows a lost answer, be it a later run's, finds the mail by it. The day stands
 * in it, so that a forgotten cause is mailed again.
 */
export function digestKey(decision: DigestDecision, memory: DigestMemory | null, now: Instant, digest: Digest): string {
  const { failures, recovered } = decision;
  const lastAt = (cause: string): string => memory?.sent[cause]?.at ?? '';
  return digest(
    JSON.stringify([
      now.slice(0, 10),
      failures.map(({ cause }) => [cause, lastAt(cause)]).sort(),
      recovered.map(({ cause }) => [cause, lastAt(cause)]).sort(),
    ]),
  );
}

function toFailure(notice: FailureNotice, before: SentCause | undefined): DigestFailure {
  const again = before?.open === true;
  const since = again && before.since < notice.since ? before.since : notice.since;
  return { ...notice, since, again };
}

/** New ones first, then those that keep most learners from their invitations, then the oldest. */
function byWeight(a: DigestFailure, b: DigestFailure): number {
  if (a.again !== b.again) return a.again ? 1 : -1;
  if (a.learners !== b.learners) return b.learners - a.learners;
  if (a.count !== b.count) return b.count - a.count;
  return `${a.since} ${a.cause}` < `${b.since} ${b.cause}` ? -1 : 1;
}

function areaOf(cause: string): Area {
  return cause.startsWith('WEBHOOK_') ? 'webhooks' : 'sessions';
}

function age({ at }: SentCause, now: Instant): number {
  return Date.parse(now) - Date.parse(at);
}

function remember(input: {
  readonly sent: DigestMemory['sent'];
  readonly failures: readonly DigestFailure[];
  readonly recovered: readonly Recovery[];
  readonly failing: ReadonlySet<string>;
  readonly now: Instant;
}): DigestMemory {
  const { sent, failures, recovered, failing, now } = input;
  const ended = new Set(recovered.map(({ cause }) => cause));
  const entries = new Map(
    Object.entries(sent).map(([cause, entry]) => [cause, ended.has(cause) ? { ...entry, open: false } : entry]),
  );
  for (const { cause, since } of failures) entries.set(cause, { at: now, since, open: true });
  const kept = [...entries].filter(([cause, entry]) => entry.open || failing.has(cause) || age(entry, now) < DAY_MS);
  // Those whose end is still to be told last longest.
  kept.sort(([, a], [, b]) => (a.open !== b.open ? (a.open ? -1 : 1) : a.at < b.at ? 1 : -1));
  return { v: 1, sent: Object.fromEntries(kept.slice(0, CAUSES_REMEMBERED)) };
}
