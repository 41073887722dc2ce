import type { EventRef, SessionRef } from '../../domain/model';

/** How Convoke marks its events in a mailbox. The contract owns the keys; the composition root hands them in. */
export interface CalendarKeys {
  /** Ids of the single-value extended properties, in Graph's notation. */
  readonly sessionPropertyId: string;
  readonly eventPropertyId: string;
  readonly sessionPropertyValue: (ref: SessionRef) => string;
  readonly eventPropertyValue: (ref: EventRef) => string;
  readonly parseEventPropertyValue: (value: string) => EventRef | null;
  readonly parseTransactionId: (text: string) => { readonly ref: EventRef; readonly generation: number } | null;
  readonly bodyMarker: (ref: EventRef, generation: number, invitationHash: string) => string;
  readonly parseBodyMarker: (text: string) => BodyMarker | null;
}

export interface BodyMarker {
  readonly ref: EventRef;
  readonly generation: number;
  readonly invitationHash: string;
  /** As it stands in the text. */
  readonly marker: string;
}
