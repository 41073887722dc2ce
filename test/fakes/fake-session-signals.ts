import type { SessionId, SessionRef } from '../../src/domain/model';
import type { SessionSignals } from '../../src/domain/ports';
import type { RsvpSignal } from '../../src/domain/rsvp/observed-answer';

/** Remembers the signals that sessions got. */
export class FakeSessionSignals implements SessionSignals {
  readonly stored: (SessionRef & { readonly signal: RsvpSignal })[] = [];
  /** Sessions without a workflow. */
  readonly missing = new Set<SessionId>();
  /** Runs before a signal is stored; it may throw. */
  before: (sessionId: SessionId) => void = () => undefined;

  async rsvpObserved(input: SessionRef & { readonly signal: RsvpSignal }): Promise<boolean> {
    this.before(input.sessionId);
    if (this.missing.has(input.sessionId)) return false;
    this.stored.push(input);
    return true;
  }

  /** `54: 101 accepted, 102 declined`, by session, since the last look. */
  told(): string[] {
    return this.stored
      .splice(0)
      .map(({ sessionId, signal }) => {
        const answers = signal.events.flatMap((e) => e.answers.map((a) => `${e.eventId} ${a.response}`));
        return `${sessionId}: ${[...answers, ...signal.removed.map((id) => `removed ${id}`)].join(', ')}`;
      })
      .sort();
  }
}
