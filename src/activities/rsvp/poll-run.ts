import { ContractError } from '../../domain/errors';
import type { EventRef, GraphEventId, Instant } from '../../domain/model';
import type { AddressKeys, AnswerSource } from '../../domain/ports';
import { shifted } from '../../domain/rsvp/poll-window';
import type { AnsweredEvent } from '../../domain/rsvp/ports';
import type { ObservedAnswer } from '../../domain/rsvp/observed-answer';
import type { RsvpPollSettings } from '../../domain/settings';
import type { SessionBatch } from './session-batch';

/** Reads of single events in one run: an event needs one only if nothing on it tells whose it is, or if it is said to be gone. */
const MAX_LOOK_UPS = 1_000;
const UNREADABLE_SHOWN = 20;
/** How late an answer may come in that is told although it is older than the overlap: written offline, or long on its way. */
const LATE_MS = 7 * 86_400_000;

/** One run of a poll: what it works with, and what it has found out so far. */
export class PollRun {
  readonly changed = new Set<GraphEventId>();
  readonly unreadable = new Set<GraphEventId>();
  private lookUps = 0;
  private newest: Instant | null;

  constructor(
    readonly given: {
      readonly source: AnswerSource;
      readonly settings: RsvpPollSettings;
      readonly batch: SessionBatch;
      readonly keyOf: AddressKeys;
      readonly now: Instant;
      readonly highWater: Instant | null;
      readonly onProgress: () => void;
    },
  ) {
    this.newest = given.highWater;
  }

  /** Time of the newest answer seen, at most now: an attendee's clock that is ahead would hide all answers to come. */
  get highWater(): Instant | null {
    return this.newest;
  }

  noteAnswers(answers: readonly ObservedAnswer[]): void {
    for (const { respondedAt } of answers) {
      const at = respondedAt < this.given.now ? respondedAt : this.given.now;
      if (this.newest === null || this.newest < at) this.newest = at;
    }
  }

  /**
   * Those answers of a changed event that may be new. An event on which none is new has changed for another reason, or by an answer that
   * came in late: then a week's answers are told.
   */
  freshAmong(answers: readonly ObservedAnswer[]): readonly ObservedAnswer[] {
    const { highWater, settings } = this.given;
    if (highWater === null) return answers;
    const since = shifted(highWater, -settings.overlapMs);
    const fresh = answers.filter((answer) => answer.respondedAt > since);
    if (fresh.length > 0) return fresh;
    const late = shifted(since, -LATE_MS);
    return answers.filter((answer) => answer.respondedAt > late);
  }

  /** Reads an event by itself. `unreadable`: it has an unknown form, or this run has read too many. */
  async lookUp(graphEventId: GraphEventId): Promise<AnsweredEvent | 'absent' | 'unreadable'> {
    if (this.lookUps >= MAX_LOOK_UPS) return this.giveUp(graphEventId);
    this.lookUps++;
    this.given.onProgress();
    try {
      return (await this.given.source.readEvent(graphEventId)) ?? 'absent';
    } catch (error) {
      if (error instanceof ContractError) return this.giveUp(graphEventId);
      throw error;
    }
  }

  /** Which event of Docebo it is; null: none, or none that can be told. */
  async refOf(event: AnsweredEvent): Promise<EventRef | null> {
    if (event.ref !== null) return event.ref;
    const read = await this.lookUp(event.graphEventId);
    return typeof read === 'string' ? null : read.ref;
  }

  private giveUp(graphEventId: GraphEventId): 'unreadable' {
    if (this.unreadable.size < UNREADABLE_SHOWN) this.unreadable.add(graphEventId);
    return 'unreadable';
  }
}
