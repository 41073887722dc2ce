import { GraphError } from '../graph/graph-error';
import type { Mailbox, StoredEvent } from '../state/model';
import { folderOf, isInCalendar, type SimulatorState } from '../state/simulator-state';
import { sendMeetingMail } from './meeting-mail';

/** `POST cancel`: organiser only; everybody gets the cancellation, and the event goes to Deleted Items. */
export function cancelEvent(state: SimulatorState, mailbox: Mailbox, event: StoredEvent, comment: string | null): void {
  if (!event.isOrganizer)
    throw new GraphError(
      400,
      'ErrorInvalidRequest',
      "Your request can't be completed. You need to be an organizer to cancel a meeting.",
    );
  if (!isInCalendar(mailbox, event))
    throw new GraphError(400, 'ErrorInvalidRequest', "Your request can't be completed. The event is in Deleted Items.");
  endMeeting(state, mailbox, event, { because: 'the event was cancelled', comment });
}

/** `DELETE`: on the organiser's calendar also a cancellation, without a comment. In Deleted Items: gone for good, silently. */
export function deleteEvent(state: SimulatorState, mailbox: Mailbox, event: StoredEvent): void {
  if (!isInCalendar(mailbox, event)) {
    state.events.purge(event);
    return;
  }
  if (event.isOrganizer && event.attendees.length > 0) {
    endMeeting(state, mailbox, event, { because: 'the event was deleted', comment: null });
    return;
  }
  state.events.move(event, folderOf(mailbox, 'deleteditems'));
}

function endMeeting(
  state: SimulatorState,
  mailbox: Mailbox,
  event: StoredEvent,
  reason: { because: string; comment: string | null },
): void {
  event.isCancelled = true;
  sendMeetingMail(state, event, { kind: 'cancellation', to: event.attendees, ...reason });
  state.events.move(event, folderOf(mailbox, 'deleteditems'));
}
