import type {
  CreateCalendarEventInput,
  Invitee,
  UpdateAttendeesInput,
  UpdateCalendarEventInput,
} from '../../src/contract/activities';
import type { EventDraft } from '../../src/domain/ports';
import type { CalendarSettings } from '../../src/domain/settings';
import { keyOf } from './builders';

/** Builders of the calendar activities' inputs: one event of one session, with two people. */

const target = { platform: 'acme', sessionId: '54', eventId: '101', mailbox: 'training', generation: 1 };
const content = {
  invitationHash: 'hash-1',
  schedule: { startsAt: '2030-05-06T07:00:00.000Z', endsAt: '2030-05-06T15:00:00.000Z', timeZone: 'Europe/Rome' },
  place: { locationName: 'Room 4', hideAttendees: false },
};

export function anInvitation(text = 'Bring your boots.') {
  return { subject: 'Forklift safety', html: `<p>${text}</p>`, omissions: [] };
}

export function invitees(...names: readonly string[]): Invitee[] {
  return names.map((name) => {
    const address = `${name}@academy.example`;
    return { address, name, addressKey: keyOf(address) };
  });
}

export function createInput(over: Partial<CreateCalendarEventInput> = {}): CreateCalendarEventInput {
  return {
    ...target,
    ...content,
    invitation: anInvitation(),
    attendees: invitees('ada', 'ben'),
    webinar: false,
    ...over,
  };
}

export function updateInput(
  graphEventId: string,
  over: Partial<UpdateCalendarEventInput> = {},
): UpdateCalendarEventInput {
  return { ...target, ...content, graphEventId, invitation: null, ...over };
}

export function attendeesInput(graphEventId: string, over: Partial<UpdateAttendeesInput> = {}): UpdateAttendeesInput {
  return { ...target, graphEventId, phase: 'all', attendees: invitees('ada', 'ben'), remove: [], ...over };
}

export function cancelInput(graphEventId: string) {
  return { ...target, graphEventId, reason: 'event-removed' as const };
}

export function calendarSettings(over: Partial<CalendarSettings> = {}): CalendarSettings {
  return {
    forwarded: 'keep',
    teamsMeeting: 'webinars',
    cancelComment: 'Cancelled in Docebo.',
    adoptStamp: false,
    ...over,
  };
}

export const ref = { platform: 'acme', sessionId: '54', eventId: '101' };

/** What a calendar store creates. */
export function aDraft(over: Partial<EventDraft> = {}): EventDraft {
  return {
    ref,
    generation: 1,
    transactionId: 'cvk1-acme-54-101-1',
    invitationHash: 'hash-1',
    subject: 'Forklift safety',
    html: '<p>Bring your boots.</p>',
    schedule: { startsAt: '2030-05-06T07:00:00.000Z', endsAt: '2030-05-06T15:00:00.000Z', timeZone: 'Europe/Rome' },
    place: { locationName: 'Room 4', hideAttendees: false },
    attendees: [
      { address: 'ada@academy.example', name: 'Ada' },
      { address: 'ben@academy.example', name: 'Ben' },
    ],
    teamsMeeting: false,
    ...over,
  };
}
