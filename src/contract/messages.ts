import type { Hint } from '../domain/hints';
import type { UnknownEventShape } from '../domain/hints';
import type { AddressKey, CourseId, EventId, Instant, PlatformKey, SessionId, UserId } from '../domain/model';
import type { SessionCounts, SessionLedger, SwitchPosition } from '../domain/plan';
import type { DeclinePolicy } from '../domain/rsvp/decide-decline';
import type { RsvpSignal, UnmatchedAnswer } from '../domain/rsvp/observed-answer';
import type { Pace } from '../domain/settings';

/** Names and payloads that Temporal stores in histories. Renaming one is a versioned change (docs/adr). */

export const WORKFLOWS = {
  courseSession: 'courseSession',
  fanOut: 'fanOut',
  platformHealth: 'platformHealth',
  pollRsvps: 'pollRsvps',
  sweep: 'sweep',
  notifyFailures: 'notifyFailures',
  onQueue: 'onQueue',
  backfill: 'backfill',
  /** Input `OwnQueueInput`. */
  ownQueue: 'ownQueue',
  watchMailbox: 'watchMailbox',
} as const;

export const SIGNALS = {
  /** Payload `HintSignal`, on courseSession and fanOut. */
  hint: 'hint',
  /** Payload `RsvpSignal`, on courseSession. */
  rsvpObserved: 'rsvpObserved',
  /** Payload `PlatformReport`, on platformHealth. */
  report: 'report',
  /** Payload `NotifiedSignal`, on watchMailbox. */
  notified: 'notified',
  /** Payload `WatchSettings`, on watchMailbox: as a worker that starts has them. */
  watch: 'watch',
  /** No payload, on every workflow that lives long: go on in a new run, whose history only the key in use encrypts. */
  renew: 'renew',
} as const;

export const UPDATES = {
  /** Payload `OperatorRequest`; answers after the hint is recorded. */
  resync: 'resync',
  /** Stops all writing for the session until `release`. */
  hold: 'hold',
  release: 'release',
} as const;

export const QUERIES = {
  /** Answers `SessionState`; on watchMailbox `WatchState`. */
  state: 'state',
  /** Answers `PlatformHealthState`. */
  health: 'health',
  /** Answers `BackfillProgress`. */
  backfillProgress: 'backfillProgress',
} as const;

export interface HintSignal {
  readonly receivedAt: Instant;
  readonly hints: readonly Hint[];
}

export interface OperatorRequest {
  /** Who asks, as an operator id; shown in the journal. */
  readonly requestedBy: string;
  readonly reason?: string;
}

export interface CourseSessionInput {
  readonly platform: PlatformKey;
  readonly sessionId: SessionId;
  /** Tempo for a new run; each plan brings the current one. */
  readonly pace: Pace;
  /** Only on continue-as-new. */
  readonly state?: SessionState;
}

/** What becomes of this session's answers, by configuration and course. */
export interface AnswerPolicy {
  readonly writeBack: boolean;
  readonly decline: DeclinePolicy;
  readonly mandatory: boolean;
}

/** Hints not yet acted on, folded: what matters is that there are some and how new the newest is. */
export interface Inbox {
  readonly count: number;
  readonly newestAt: Instant | null;
  /** Some hint came from outside (webhook): it is looked into once more when it led to no difference. */
  readonly settle: boolean;
}

export interface OperatorAnswer {
  /** What happens now, for the operator. */
  readonly note: string;
}

export interface SessionFailure {
  readonly code: string;
  readonly message: string;
  readonly step: string;
  readonly eventId: EventId | null;
  readonly since: Instant;
  readonly attempts: number;
  /** It is not tried again, and holds nothing up: it only stays to be seen for a while. */
  readonly final?: true;
}

export interface JournalEntry {
  readonly at: Instant;
  /** `hint`, `plan`, `create`, `updateContent`, `updateAttendees`, `cancel`, `adopt`, `failure`, `hold`, `release`, `settle`, ... */
  readonly what: string;
  readonly eventId?: EventId;
  /** Short text: ids, counts, codes; no personal data. */
  readonly note?: string;
  /** Docebo's ids of the people whom it is about, at most 20; more are only counted in the note. */
  readonly users?: readonly UserId[];
}

/** The whole state of a session's workflow: plain JSON, bounded, versioned; survives continue-as-new. */
export interface SessionState {
  readonly v: 1;
  readonly platform: PlatformKey;
  readonly sessionId: SessionId;
  /** As told by a hint: needed to prove that a session is gone before it was ever read. */
  courseId: CourseId | null;
  ledger: SessionLedger;
  /** Events whose create was given up with its outcome unknown: the next one looks before it posts. */
  unsure: EventId[];
  /** False until the calendar has been looked through for events of an earlier run. */
  adopted: boolean;
  /** The calendar is looked through only to compare it: when it holds what the ledger says, the plan that was made stands. */
  comparing?: boolean;
  inbox: Inbox;
  /** [key, received at in epoch seconds], oldest first. */
  seen: [string, number][];
  seenEvicted: number;
  /** A cycle is under way: planning, or carrying a plan out. */
  busy: boolean;
  settleAt: Instant | null;
  retryAt: Instant | null;
  failures: SessionFailure[];
  attempts: number;
  held: { readonly since: Instant; readonly by: string; readonly reason: string } | null;
  position: SwitchPosition | 'unknown';
  /** As the last plan brought it; null before there was one. */
  answerPolicy: AnswerPolicy | null;
  /** When answers have to be looked at next: to be written to Docebo, or a decline's time is up. */
  answersDueAt: Instant | null;
  /** Why answers could not be written; they are tried again at `answersDueAt`. */
  answerFailure: SessionFailure | null;
  /** Answers found with adopted events; whose they are is known after the next plan. */
  answered: RsvpSignal['events'];
  /** Answers that belong to nobody whom Convoke invited. */
  unmatched: readonly UnmatchedAnswer[];
  /** Whom Convoke unenrolled for a decline, and when: they may accept yet. */
  unenrolled: Readonly<Record<UserId, { readonly at: Instant; readonly addressKey: AddressKey }>>;
  startsAt: Instant | null;
  endsAt: Instant | null;
  counts: SessionCounts;
  lastPlanAt: Instant | null;
  lastChangeAt: Instant | null;
  journal: JournalEntry[];
}

export interface FanOutInput {
  readonly platform: PlatformKey;
  readonly target:
    | { readonly kind: 'course'; readonly courseId: CourseId }
    | { readonly kind: 'learning-plan'; readonly learningPlanId: string };
  readonly coalesceMs: number;
  readonly retryMs: readonly number[];
  /** How long "this course cannot have sessions" is believed. */
  readonly noSessionsMs: number;
  readonly state?: FanOutState;
}

export interface FanOutState {
  readonly v: 1;
  pending: Hint[];
  receivedAt: Instant | null;
  noSessionsUntil: Instant | null;
  swallowed: number;
}

export type PlatformReport =
  | { readonly kind: 'webhook'; readonly at: Instant; readonly count: number }
  | { readonly kind: 'unknown-event'; readonly at: Instant; readonly shape: UnknownEventShape; readonly count: number }
  | { readonly kind: 'authentication-failed'; readonly at: Instant; readonly count: number }
  | { readonly kind: 'foreign-domain'; readonly at: Instant; readonly domain: string; readonly count: number }
  | {
      readonly kind: 'coverage';
      readonly at: Instant;
      readonly count: number;
      readonly seats: number;
      readonly covered: number;
      readonly oldestGapSince: Instant | null;
    };

export interface PlatformHealthInput {
  readonly platform: PlatformKey;
  readonly state?: PlatformHealthState;
}

export interface PlatformHealthState {
  readonly v: 1;
  readonly platform: PlatformKey;
  lastWebhookAt: Instant | null;
  webhooks: number;
  authenticationFailures: number;
  lastAuthenticationFailureAt: Instant | null;
  /** By event name and reason; at most 50. */
  unknownEvents: {
    readonly shape: UnknownEventShape;
    readonly firstAt: Instant;
    readonly lastAt: Instant;
    readonly count: number;
  }[];
  /** As the last sweep found it; null before there was one. */
  coverage: {
    readonly at: Instant;
    readonly seats: number;
    readonly covered: number;
    readonly oldestGapSince: Instant | null;
  } | null;
  foreignDomains: { readonly domain: string; readonly count: number; readonly lastAt: Instant }[];
}
