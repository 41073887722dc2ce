import { receiveMeetingMail, takeSnapshot } from '../calendar/meeting-mail';
import type { StoredEvent } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';

export interface Forward {
  readonly event: StoredEvent;
  /** Address of who forwards. */
  readonly attendee: string;
  readonly to: string;
  readonly toName?: string;
}

/** An attendee forwards an invitation: the newcomer is invited, and gets a row on the organiser's copy. */
export function forward(state: SimulatorState, { event, attendee, to, toName }: Forward): void {
  const person = state.data.people[attendee.toLowerCase()];
  if (!person?.received.some((mail) => mail.iCalUId === event.iCalUId))
    throw new Error(`${attendee} has no invitation to this event`);
  const because = `forwarded by ${attendee}`;
  state.data.outbox.push({
    index: state.data.outbox.length,
    at: state.nowIso(),
    mailbox: attendee,
    to,
    kind: 'invitation',
    eventId: event.id,
    subject: `FW: ${event.subject}`,
    because,
    significant: false,
  });
  receiveMeetingMail(state, {
    recipient: { address: to, name: toName ?? to },
    snapshot: takeSnapshot(state, event),
    from: attendee,
    kind: 'invitation',
    because,
    significant: false,
    comment: null,
  });
  if (event.attendees.some((a) => a.address.toLowerCase() === to.toLowerCase())) return;
  event.attendees.push({
    address: to,
    name: toName ?? to,
    type: 'optional',
    response: 'none',
    respondedAt: null,
    proposedNewTime: null,
  });
  state.events.touch(event);
}
