import type { EventRef } from '../../domain/model';
import type { ContentChanges, EventDraft } from '../../domain/ports';
import { wrapInvitation } from './body';
import type { CalendarKeys } from './calendar-keys';
import { toZonedPeriod } from './windows-zone';

/** The body of the POST. The same draft gives the same bytes: Graph tells a repeated create from a different one by its content. */
export function toCreatePayload(draft: EventDraft, keys: CalendarKeys): Record<string, unknown> {
  const { ref, generation, invitationHash, html, place } = draft;
  return {
    transactionId: draft.transactionId,
    subject: draft.subject,
    body: toBody(wrapInvitation(html, keys.bodyMarker(ref, generation, invitationHash))),
    ...toZonedPeriod(draft.schedule),
    location: { displayName: place.locationName },
    hideAttendees: place.hideAttendees,
    allowNewTimeProposals: false,
    responseRequested: true,
    attendees: draft.attendees.map(({ address, name }) => ({ type: 'required', emailAddress: { address, name } })),
    singleValueExtendedProperties: toProperties(ref, keys),
    // The provider can only be chosen here: Graph ignores later changes.
    ...(draft.teamsMeeting && { isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' }),
  };
}

/**
 * The body of a content PATCH, without `attendees` (their PATCH is its own, so that only those who changed get mail) and without the
 * online meeting (sending it again can lose it).
 *
 * @param body the whole new body, when the invitation changes.
 */
export function toContentPayload(changes: ContentChanges, body: string | null): Record<string, unknown> {
  const { invitation, schedule, locationName, hideAttendees } = changes;
  return {
    ...(invitation !== undefined && body !== null && { subject: invitation.subject, body: toBody(body) }),
    ...(schedule !== undefined && toZonedPeriod(schedule)),
    ...(locationName !== undefined && { location: { displayName: locationName } }),
    ...(hideAttendees !== undefined && { hideAttendees }),
  };
}

export function toProperties(ref: EventRef, keys: CalendarKeys): { readonly id: string; readonly value: string }[] {
  return [
    { id: keys.sessionPropertyId, value: keys.sessionPropertyValue(ref) },
    { id: keys.eventPropertyId, value: keys.eventPropertyValue(ref) },
  ];
}

function toBody(content: string): { readonly contentType: 'html'; readonly content: string } {
  return { contentType: 'html', content };
}
