import type { CourseId, EventId, Instant, LearningPlanId, SessionId, UserId } from './model';

export type HintKind =
  | 'session-changed'
  | 'event-changed'
  | 'course-changed'
  | 'learning-plan-left'
  | 'sweep'
  /** Its turn in the rotating sample: the calendar is compared too. */
  | 'sample'
  | 'backfill'
  | 'operator';

/** "Something about this may have changed": never a command. Ids only. */
export interface Hint {
  /** Short hash of the message id and the position in the message; saves work, correctness never rests on it. */
  readonly key: string;
  readonly kind: HintKind;
  readonly courseId: CourseId | null;
  readonly eventId: EventId | null;
  readonly userId: UserId | null;
}

export type HintTarget =
  | { readonly kind: 'session'; readonly sessionId: SessionId }
  | { readonly kind: 'course'; readonly courseId: CourseId }
  | { readonly kind: 'learning-plan'; readonly learningPlanId: LearningPlanId };

export interface TargetedHint {
  readonly target: HintTarget;
  readonly hint: Hint;
}

/** All hints of one webhook message for one target: what one signal carries. */
export interface HintBatch {
  readonly target: HintTarget;
  readonly receivedAt: Instant;
  readonly hints: readonly Hint[];
}

/** The keys (never the values) of a payload that no profile entry knows, for the operator to assign. */
export interface UnknownEventShape {
  readonly event: string;
  /** JSON pointers of the leaves, sorted, at most 60. */
  readonly pointers: readonly string[];
  readonly reason: 'unknown-event' | 'missing-id';
}

/** What a webhook message turned out to be. */
export interface WebhookReading {
  readonly event: string;
  readonly originalDomain: string | null;
  readonly hints: readonly TargetedHint[];
  /** Payloads that need no work, by reason: `elearning`. */
  readonly ignored: Readonly<Record<string, number>>;
  readonly unknown: readonly UnknownEventShape[];
}
