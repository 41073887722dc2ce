import { randomUUID } from 'node:crypto';
import { deliverToMailbox } from '../people/deliver-to-mailbox';
import type { MailKind, MeetingSnapshot, StoredEvent } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';

export interface MailWave {
  readonly kind: Exclude<MailKind, 'mail'>;
  readonly to: readonly { readonly address: string; readonly name: string }[];
  /** Why these people get it: a sentence for the outbox. */
  readonly because: string;
  /** Start or end changed. */
  readonly significant?: boolean;
  readonly comment?: string | null;
}

/** Sends one wave of meeting mail about an event as it is now. Nobody writes to himself. */
export function sendMeetingMail(state: SimulatorState, event: StoredEvent, wave: MailWave): void {
  const sender = event.organizer.address;
  const recipients = wave.to.filter((r) => r.address.toLowerCase() !== sender.toLowerCase());
  if (recipients.length === 0) return;
  const snapshot = takeSnapshot(state, event);
  const significant = wave.significant ?? false;
  for (const recipient of recipients) {
    state.data.outbox.push({
      index: state.data.outbox.length,
      at: state.nowIso(),
      mailbox: sender,
      to: recipient.address,
      kind: wave.kind,
      eventId: event.id,
      subject: subjectLine(wave.kind, event.subject),
      because: wave.because,
      significant,
    });
    receiveMeetingMail(state, {
      recipient,
      snapshot,
      from: sender,
      kind: wave.kind,
      because: wave.because,
      significant,
      comment: wave.comment ?? null,
    });
  }
}

interface MeetingMail {
  readonly recipient: { readonly address: string; readonly name: string };
  readonly snapshot: MeetingSnapshot;
  readonly from: string;
  readonly kind: Exclude<MailKind, 'mail'>;
  readonly because: string;
  readonly significant: boolean;
  readonly comment: string | null;
}

/** Puts a meeting mail before its reader, and into the calendar when the reader has a mailbox in this tenant. */
export function receiveMeetingMail(state: SimulatorState, mail: MeetingMail): void {
  const { snapshot, kind } = mail;
  const person = state.person(mail.recipient.address, mail.recipient.name);
  person.received.push({
    id: randomUUID(),
    at: state.nowIso(),
    kind,
    from: mail.from,
    subject: subjectLine(kind, snapshot.subject),
    iCalUId: snapshot.iCalUId,
    snapshotId: snapshot.id,
    because: mail.because,
    significant: mail.significant,
    text: mail.comment,
  });
  // A moved meeting asks again: what was answered before no longer counts, on either side.
  if (mail.significant) Reflect.deleteProperty(person.answers, snapshot.iCalUId);
  const mailbox = state.findMailbox(mail.recipient.address);
  if (mailbox !== undefined) deliverToMailbox(state, mailbox, { snapshot, kind, significant: mail.significant });
}

export function subjectLine(kind: MailKind, subject: string): string {
  return kind === 'cancellation' ? `Canceled: ${subject}` : subject;
}

export function takeSnapshot(state: SimulatorState, event: StoredEvent): MeetingSnapshot {
  const snapshot: MeetingSnapshot = {
    id: randomUUID(),
    iCalUId: event.iCalUId,
    organizerEventId: event.id,
    organizer: event.organizer,
    subject: event.subject,
    bodyHtml: event.bodyHtml,
    startUtc: event.startUtc,
    endUtc: event.endUtc,
    startZone: event.startZone,
    location: event.locations.map((l) => l.displayName ?? '').join('; '),
    joinUrl: event.online?.inBody === true ? event.online.joinUrl : null,
    attendees: event.hideAttendees ? null : event.attendees.map((a) => a.address),
    responseRequested: event.responseRequested,
  };
  state.data.snapshots[snapshot.id] = snapshot;
  return snapshot;
}
