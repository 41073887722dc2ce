import { emptyContent } from '../calendar/event-fields';
import { appendMessage } from '../mail/append-message';
import type { MailKind, Mailbox, MeetingSnapshot, StoredAttendee, StoredEvent } from '../state/model';
import { defaultCalendarOf, folderOf, type SimulatorState } from '../state/simulator-state';

interface Delivery {
  readonly snapshot: MeetingSnapshot;
  readonly kind: Exclude<MailKind, 'mail'>;
  readonly significant: boolean;
}

/** An invited mailbox of this tenant gets the mail in its inbox and its own copy of the event in its calendar. */
export function deliverToMailbox(state: SimulatorState, mailbox: Mailbox, delivery: Delivery): void {
  const { snapshot, kind } = delivery;
  const copy = placeCopy(state, mailbox, delivery);
  appendMessage(state, mailbox, {
    folderId: folderOf(mailbox, 'inbox'),
    subject: kind === 'cancellation' ? `Canceled: ${snapshot.subject}` : snapshot.subject,
    bodyHtml: snapshot.bodyHtml,
    from: snapshot.organizer,
    to: [{ address: mailbox.address, name: mailbox.displayName }],
    meeting: {
      kind: kind === 'cancellation' ? 'cancellation' : 'request',
      responseType: null,
      eventId: copy?.id ?? null,
      startUtc: snapshot.startUtc,
      endUtc: snapshot.endUtc,
      location: snapshot.location,
      isOutOfDate: false,
      proposedNewTime: null,
    },
  });
}

function placeCopy(state: SimulatorState, mailbox: Mailbox, delivery: Delivery): StoredEvent | undefined {
  const { snapshot, kind, significant } = delivery;
  const present = state.events.of(mailbox.id).find((e) => e.iCalUId === snapshot.iCalUId && !e.isOrganizer);
  if (kind === 'cancellation') {
    if (present === undefined) return undefined;
    present.isCancelled = true;
    present.subject = `Canceled: ${snapshot.subject}`;
    state.events.touch(present);
    return present;
  }
  const told = {
    subject: snapshot.subject,
    bodyHtml: snapshot.bodyHtml,
    startUtc: snapshot.startUtc,
    endUtc: snapshot.endUtc,
    startZone: snapshot.startZone,
    endZone: snapshot.startZone,
    locations: snapshot.location === '' ? [] : [{ displayName: snapshot.location, locationType: 'default' as const }],
    attendees: (snapshot.attendees ?? [mailbox.address]).map(seenAttendee),
    hideAttendees: snapshot.attendees === null,
    responseRequested: snapshot.responseRequested,
    isCancelled: false,
  };
  if (present !== undefined) {
    if (significant) present.before = { startUtc: present.startUtc, endUtc: present.endUtc };
    Object.assign(present, told);
    if (significant) present.ownResponse = { response: 'notResponded', at: null };
    state.events.touch(present);
    return present;
  }
  return state.events.add({
    ...emptyContent(),
    ...told,
    mailboxId: mailbox.id,
    container: defaultCalendarOf(mailbox),
    before: null,
    iCalUId: snapshot.iCalUId,
    transactionId: null,
    isOnlineMeeting: snapshot.joinUrl !== null,
    online: null,
    showAs: 'tentative',
    organizer: snapshot.organizer,
    isOrganizer: false,
    ownResponse: { response: 'notResponded', at: null },
    extensions: [],
  });
}

/** Others' answers are the organiser's knowledge. */
function seenAttendee(address: string): StoredAttendee {
  return { address, name: address, type: 'required', response: 'none', respondedAt: null, proposedNewTime: null };
}
