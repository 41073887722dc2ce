import type { Instant, PlatformKey, SessionRef } from '../model';

/** A session that a failure keeps from its invitations. */
export interface AffectedSession extends SessionRef {
  readonly startsAt: Instant | null;
  readonly learners: number;
}

/** Something that people must hear of once. `cause` folds repeats. */
export interface FailureNotice {
  /** Stable: code and scope, `GRAPH_ACCESS mailbox/training`. */
  readonly cause: string;
  readonly code: string;
  /** What is broken, see `scopeOf`: everything with the same code and scope has one cause. */
  readonly scope: string;
  /** null: several platforms are concerned, or none. */
  readonly platform: PlatformKey | null;
  /** At most `SESSIONS_TOLD`, those that start soonest first; `count` tells all. */
  readonly sessions: readonly AffectedSession[];
  /** Sessions concerned; 0 when the problem is a platform's or Convoke's as a whole. */
  readonly count: number;
  /** Learners of all sessions concerned. */
  readonly learners: number;
  readonly since: Instant;
  /** As in the sessions' states, without personal data; different ones, the oldest first, at most `MESSAGES_TOLD`. */
  readonly messages: readonly string[];
  /** Workflow ids beside the sessions' own that tell more; at most `WORKFLOWS_TOLD`. */
  readonly workflows: readonly string[];
}

export const SESSIONS_TOLD = 20;
export const MESSAGES_TOLD = 3;
export const WORKFLOWS_TOLD = 5;

/** What has been mailed, by cause. Plain JSON, bounded: it is kept as the schedule's last result. */
export interface DigestMemory {
  readonly v: 1;
  readonly sent: Readonly<Record<string, SentCause>>;
}

export interface SentCause {
  /** When its failure was mailed last. */
  readonly at: Instant;
  /** Since when it failed. */
  readonly since: Instant;
  /** People were told of the failure and not yet of its end. */
  readonly open: boolean;
}

export function causeOf(code: string, scope: string): string {
  return `${code} ${scope}`;
}

/** Inverse of `causeOf`: codes have no blanks, scopes may have. */
export function parseCause(cause: string): { readonly code: string; readonly scope: string } {
  const [code = '', ...scope] = cause.split(' ');
  return { code, scope: scope.join(' ') };
}
