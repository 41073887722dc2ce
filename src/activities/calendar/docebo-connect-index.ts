import { parseDoceboConnectTransactionId } from '../../contract/calendar-keys';
import { InputError } from '../../domain/errors';
import type { EventId, GraphEventId, SessionId } from '../../domain/model';
import type { Clock } from '../../domain/ports';
import type { TransactionLister } from '../../domain/sweep/sweep-ports';

export interface ConnectEvent {
  readonly eventId: EventId;
  readonly graphEventId: GraphEventId;
}

export interface DoceboConnectIndexOptions {
  readonly lister: TransactionLister;
  readonly clock: Clock;
  /** How far into the future the calendar is paged through. */
  readonly aheadMs?: number;
  /** A later look-up pages through it again: nobody makes such events any more, but somebody may delete them. */
  readonly keepMs?: number;
  readonly maxEvents?: number;
}

interface Built {
  readonly atMs: number;
  readonly bySession: ReadonlyMap<SessionId, readonly ConnectEvent[]>;
  readonly events: number;
  readonly calls: number;
}

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;

/**
 * Docebo Connect's events of one mailbox, by Docebo session: their transaction id is `<session>-<event>`, which Graph cannot be asked for.
 * The calendar is paged through once for all sessions, when the first one asks, in the process that serves the mailbox.
 */
export class DoceboConnectIndex {
  private built: Built | null = null;
  private building: Promise<Built> | null = null;

  constructor(private readonly options: DoceboConnectIndexOptions) {}

  /** Candidates: each may have been changed or deleted since. */
  async eventsOf(sessionId: SessionId): Promise<readonly ConnectEvent[]> {
    return (await this.current()).bySession.get(sessionId) ?? [];
  }

  /** Pages through the calendar now, whatever is known. */
  async refresh(): Promise<{ readonly sessions: number; readonly events: number; readonly calls: number }> {
    const { bySession, events, calls } = await this.build();
    return { sessions: bySession.size, events, calls };
  }

  private async current(): Promise<Built> {
    const { clock, keepMs = 6 * HOUR_MS } = this.options;
    const isFresh = this.built !== null && clock.now().getTime() - this.built.atMs < keepMs;
    return isFresh && this.built !== null ? this.built : this.build();
  }

  /** Whoever asks while the calendar is being paged through waits for the same answer. */
  private async build(): Promise<Built> {
    this.building ??= this.read().finally(() => (this.building = null));
    this.built = await this.building;
    return this.built;
  }

  private async read(): Promise<Built> {
    const { lister, clock, aheadMs = 3 * YEAR_MS, maxEvents = 100_000 } = this.options;
    const atMs = clock.now().getTime();
    const from = new Date(atMs).toISOString();
    const { events, calls } = await lister.listTransactions({ from, to: new Date(atMs + aheadMs).toISOString() });
    const bySession = new Map<SessionId, ConnectEvent[]>();
    let count = 0;
    for (const { graphEventId, transactionId } of events) {
      const ids = parseDoceboConnectTransactionId(transactionId);
      if (ids === null) continue;
      if (++count > maxEvents) throw tooMany(lister.mailbox, maxEvents);
      const group = bySession.get(ids.sessionId) ?? [];
      bySession.set(ids.sessionId, [...group, { eventId: ids.eventId, graphEventId }]);
    }
    return { atMs, bySession, events: count, calls };
  }
}

/** Half an index would let the other half be invited twice. */
function tooMany(mailbox: string, maxEvents: number): InputError {
  return new InputError(
    `Mailbox ${mailbox} holds more than ${maxEvents} future events of Docebo Connect. Let it take over in parts: give some courses a mailbox of their own first.`,
    { code: 'GRAPH_TOO_MANY_CONNECT_EVENTS', context: { mailbox, maxEvents } },
  );
}
