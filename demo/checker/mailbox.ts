/** What the checker reads of the organiser's mailbox, in the simulator's own words (`describeEvent`, `OutboxEntry`). */
export interface MailboxEvent {
  readonly id: string;
  readonly isCancelled: boolean;
  /** `calendar`: the primary one. */
  readonly folder: string | null;
  readonly transactionId: string | null;
  readonly subject: string;
  readonly body: string;
  readonly startUtc: string;
  readonly endUtc: string;
  readonly location: string;
  readonly hideAttendees: boolean;
  readonly attendees: readonly { readonly address: string }[];
  readonly extendedProperties: Readonly<Record<string, string>>;
}

export interface SentMail {
  readonly index: number;
  readonly to: string;
  readonly kind: 'invitation' | 'update' | 'cancellation' | 'mail';
  readonly eventId: string | null;
  readonly because: string;
}

/** `<session>/<event>` of the key that Convoke puts on its events; null: an event of somebody else's. */
export function keyOf(event: Pick<MailboxEvent, 'extendedProperties'>): string | null {
  const [, session, part] = event.extendedProperties.ConvokeEvent?.split('/') ?? [];
  return session === undefined || part === undefined ? null : `${session}/${part}`;
}
