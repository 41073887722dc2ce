import type { JournalEntry } from '../../contract/messages';
import type { EventId, Instant, UserId } from '../../domain/model';

/** What a line of the story is about, in the order of cause and effect. */
export type LineKind =
  'hint' | 'operator' | 'facts' | 'decision' | 'Graph' | 'mail' | 'answer' | 'Docebo' | 'failure' | 'other';

/** One line of a session's story. */
export interface Line {
  readonly at: Instant;
  readonly kind: LineKind;
  readonly text: string;
  readonly eventId: EventId | null;
  readonly users: readonly UserId[];
  /** What histories add. */
  readonly details: readonly string[];
}

/** A journal entry, or what a history tells of the time before the journal. */
export interface Told extends JournalEntry {
  readonly details: readonly string[];
}

export interface Focus {
  readonly learner?: UserId;
  readonly event?: EventId;
}

/** Lines about other people's or other events' matters are left out; those that name nobody and no event stay. */
export function isInFocus({ users, eventId }: Pick<Line, 'users' | 'eventId'>, { learner, event }: Focus): boolean {
  if (learner !== undefined && users.length > 0 && !users.includes(learner)) return false;
  return event === undefined || eventId === null || eventId === event;
}
