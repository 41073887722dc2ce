import type { Event } from '@microsoft/microsoft-graph-types';
import { GraphError } from '../graph/graph-error';
import type { Mailbox, StoredAttendee, StoredEvent } from '../state/model';
import { isInCalendar, type SimulatorState } from '../state/simulator-state';
import { diffAttendees, type AttendeeDifference } from './attendees';
import { checkContent, readContent } from './event-fields';
import { sendMeetingMail } from './meeting-mail';
import { loseJoinLinkWithBody, newOnlineMeeting, revealJoinLink } from './online-meeting';

/** Properties that nobody but the organiser sees. */
const quiet: ReadonlySet<string> = new Set([
  'categories',
  'isReminderOn',
  'reminderMinutesBeforeStart',
  'singleValueExtendedProperties',
  'multiValueExtendedProperties',
  'extensions',
]);

/** Made by the server; a client may echo them, to no effect. */
const readOnly: ReadonlySet<string> = new Set([
  'id',
  'changeKey',
  'createdDateTime',
  'lastModifiedDateTime',
  'bodyPreview',
  'cancelledOccurrences',
  'hasAttachments',
  'iCalUId',
  'isCancelled',
  'isDraft',
  'isOrganizer',
  'onlineMeeting',
  'onlineMeetingUrl',
  'organizer',
  'originalEndTimeZone',
  'originalStart',
  'originalStartTimeZone',
  'recurrence',
  'responseStatus',
  'seriesMasterId',
  'transactionId',
  'type',
  'webLink',
]);

/**
 * Applies a PATCH and mails whom Exchange mails. Whether a value differs from the present one makes no difference: naming a
 * property that people see mails everybody.
 */
export function updateEvent(state: SimulatorState, mailbox: Mailbox, event: StoredEvent, body: Event): void {
  if (!isInCalendar(mailbox, event) || (event.isCancelled && event.isOrganizer)) throw cannotUpdateDeleted();
  if (body.transactionId !== undefined && body.transactionId !== event.transactionId)
    throw new GraphError(400, 'ErrorInvalidPropertySet', "The property 'transactionId' cannot be changed.");
  const named = Object.keys(body).filter((name) => !name.includes('@') && !readOnly.has(name));
  if (named.length === 0) return;

  revealJoinLink(state, event);
  const content = readContent(body, event, state.data.knobs);
  const next = { ...event, ...content };
  checkContent(next);
  const difference = diffAttendees(event.attendees, next.attendees);
  const moved = next.startUtc !== event.startUtc || next.endUtc !== event.endUtc;
  const wasOnline = event.isOnlineMeeting;
  if (moved) event.before = { startUtc: event.startUtc, endUtc: event.endUtc };
  Object.assign(event, content);
  if (content.bodyHtml !== undefined) loseJoinLinkWithBody(event);
  // Echoing isOnlineMeeting does not bring back what a body without the join text has just ended.
  if (body.isOnlineMeeting === true && !wasOnline) {
    event.online = newOnlineMeeting(state, mailbox);
    event.isOnlineMeeting = event.online !== null;
    revealJoinLink(state, event);
  }
  if (moved && event.responseRequested) forgetAnswers(event.attendees);
  state.events.touch(event);
  if (event.isOrganizer) mailChanges(state, event, { named, difference, moved });
}

interface Changes {
  readonly named: readonly string[];
  readonly difference: AttendeeDifference;
  readonly moved: boolean;
}

function mailChanges(state: SimulatorState, event: StoredEvent, { named, difference, moved }: Changes): void {
  const loud = named.filter(
    (name) => name !== 'attendees' && (!quiet.has(name) || state.data.knobs.quietFieldsMailEverybody),
  );
  const { added, removed, changed } = difference;
  const because = (what: string) => `${what} by an update of ${named.join(', ')}`;
  sendMeetingMail(state, event, { kind: 'invitation', to: added, because: because('added') });
  sendMeetingMail(state, event, { kind: 'cancellation', to: removed, because: because('removed') });
  sendMeetingMail(state, event, { kind: 'update', to: changed, because: because('attendee entry changed') });
  if (loud.length === 0) return;
  const why = `update of ${loud.join(', ')} goes to everybody`;
  sendMeetingMail(state, event, { kind: 'update', to: event.attendees, because: why, significant: moved });
}

function forgetAnswers(attendees: StoredAttendee[]): void {
  for (const attendee of attendees)
    Object.assign(attendee, { response: 'none', respondedAt: null, proposedNewTime: null });
}

function cannotUpdateDeleted(): GraphError {
  return new GraphError(
    400,
    'ErrorCalendarCannotUpdateDeletedItem',
    'The item is in the Deleted Items folder and cannot be updated.',
  );
}
