import type { CalendarOutcome } from '../../contract/activities';
import type { EventId, Instant, UserId } from '../../domain/model';
import type { PlanStep, SwitchPosition } from '../../domain/plan';

/** What histories tell of a session beyond its journal. */
export interface SessionStory {
  readonly runs: number;
  readonly events: number;
  /** Start of the oldest run that is still there; null: none is. */
  readonly from: Instant | null;
  /** False: runs before `from` have been deleted after their retention. */
  readonly complete: boolean;
  readonly calls: readonly StoryCall[];
}

/** One activity: what was asked for, how often it was tried, and what came of it. Ids, counts and codes only. */
export interface StoryCall {
  readonly activity: string;
  readonly summary: string;
  readonly askedAt: Instant;
  /** null: still under way. */
  readonly endedAt: Instant | null;
  readonly attempts: number;
  /** Code of the failure of the last attempt before the one that worked, or of the one that gave up. */
  readonly failure: string | null;
  readonly gaveUp: boolean;
  readonly eventId: EventId | null;
  readonly outcome: CalendarOutcome | null;
  readonly plan: StoryPlan | null;
}

export interface StoryPlan {
  readonly position: SwitchPosition;
  readonly steps: readonly { readonly kind: PlanStep['kind']; readonly eventId: EventId }[];
  readonly people: readonly UserId[];
  /** Codes of gaps in what Docebo showed, and of problems that the plan found. */
  readonly codes: readonly string[];
}
