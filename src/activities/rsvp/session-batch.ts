import type { AddressKey, EventId, EventRef, GraphEventId, SessionRef } from '../../domain/model';
import type { ObservedAnswer, RsvpSignal } from '../../domain/rsvp/observed-answer';
import type { Clock, SessionSignals } from '../../domain/ports';

/** Held in memory before they are told, so that a session hears of all its events at once. */
const ANSWERS_HELD = 20_000;
/** A signal of so many answers is some 50 KB in history. */
const ANSWERS_A_SIGNAL = 1_000;
const AT_ONCE = 10;

interface SeenEvent {
  readonly eventId: EventId;
  readonly answers: Map<AddressKey, ObservedAnswer>;
}

interface SeenSession {
  readonly ref: SessionRef;
  readonly events: Map<GraphEventId, SeenEvent>;
  readonly removed: Set<GraphEventId>;
}

/** What one poll has to tell, by session. */
export class SessionBatch {
  private held = new Map<string, SeenSession>();
  private heldAnswers = 0;
  private readonly told = new Set<string>();
  private readonly missing = new Set<string>();

  constructor(private readonly ports: { readonly signals: SessionSignals; readonly clock: Clock }) {}

  /** Of several sights of one answer, on the event and in the inbox, the latest counts; of two as late, the first. */
  async add(ref: EventRef, graphEventId: GraphEventId, answers: readonly ObservedAnswer[]): Promise<void> {
    const session = this.session(ref);
    const event: SeenEvent = session.events.get(graphEventId) ?? { eventId: ref.eventId, answers: new Map() };
    session.events.set(graphEventId, event);
    for (const answer of answers) {
      const known = event.answers.get(answer.addressKey);
      if (known === undefined) this.heldAnswers++;
      if (known === undefined || known.respondedAt < answer.respondedAt) event.answers.set(answer.addressKey, answer);
    }
    if (this.heldAnswers > ANSWERS_HELD) await this.flush();
  }

  addRemoved(ref: SessionRef, graphEventId: GraphEventId): void {
    this.session(ref).removed.add(graphEventId);
  }

  /** Resolves after Temporal has stored everything that was added. */
  async flush(): Promise<void> {
    const sessions = [...this.held.values()];
    this.held = new Map();
    this.heldAnswers = 0;
    for (let at = 0; at < sessions.length; at += AT_ONCE) {
      await Promise.all(sessions.slice(at, at + AT_ONCE).map((session) => this.tell(session)));
    }
  }

  /** Sessions that have been told. */
  get signalled(): number {
    return this.told.size;
  }

  /** Sessions that have no workflow. */
  get unknown(): number {
    return this.missing.size;
  }

  isMissing(ref: SessionRef): boolean {
    return this.missing.has(keyOfSession(ref));
  }

  private async tell({ ref, events, removed }: SeenSession): Promise<void> {
    const observedAt = this.ports.clock.now().toISOString();
    const { platform, sessionId } = ref;
    for (const [index, part] of inParts(events).entries()) {
      const signal: RsvpSignal = { observedAt, events: part, removed: index === 0 ? [...removed] : [] };
      const stored = await this.ports.signals.rsvpObserved({ platform, sessionId, signal });
      (stored ? this.told : this.missing).add(keyOfSession(ref));
      if (!stored) return;
    }
  }

  private session(ref: SessionRef): SeenSession {
    const key = keyOfSession(ref);
    const known = this.held.get(key);
    if (known !== undefined) return known;
    const session = { ref, events: new Map<GraphEventId, SeenEvent>(), removed: new Set<GraphEventId>() };
    this.held.set(key, session);
    return session;
  }
}

function keyOfSession({ platform, sessionId }: SessionRef): string {
  return `${platform}/${sessionId}`;
}

/** Events in signals of bearable size. An event is never divided. */
function inParts(events: ReadonlyMap<GraphEventId, SeenEvent>): RsvpSignal['events'][] {
  const parts: RsvpSignal['events'][number][][] = [[]];
  let size = 0;
  for (const [graphEventId, { eventId, answers }] of events) {
    if (size > 0 && size + answers.size > ANSWERS_A_SIGNAL) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push({ eventId, graphEventId, answers: [...answers.values()] });
    size += answers.size;
  }
  return parts;
}
