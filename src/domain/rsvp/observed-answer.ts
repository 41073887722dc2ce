import type { AddressKey, EventId, GraphEventId, Instant, Response } from '../model';

/** One answer on an event, as the mailbox shows it. `respondedAt` orders answers of one person. */
export interface ObservedAnswer {
  /** Of the address that the answer came from. It may be nobody's: an alias, an X.500 name, a delegate, somebody the invitation was forwarded to. */
  readonly addressKey: AddressKey;
  readonly response: Exclude<Response, 'none'>;
  readonly respondedAt: Instant;
  /** Of everybody else on the event who has the same display name and has not answered: whose answer it may be if the address is nobody's. */
  readonly namesakes: readonly AddressKey[];
}

/** Payload of the signal `rsvpObserved` on courseSession. */
export interface RsvpSignal {
  readonly observedAt: Instant;
  readonly events: readonly {
    readonly eventId: EventId;
    /** A copy of the event that somebody made by hand claims the same `eventId`: only the ledger's own counts. */
    readonly graphEventId: GraphEventId;
    readonly answers: readonly ObservedAnswer[];
  }[];
  /** Events that a delta named as removed and a read confirmed: the session makes them anew, unless it cancelled them itself. */
  readonly removed: readonly GraphEventId[];
}

/** An answer that belongs to nobody whom Convoke invited, for the operator. */
export interface UnmatchedAnswer extends Omit<ObservedAnswer, 'namesakes'> {
  readonly eventId: EventId;
}
