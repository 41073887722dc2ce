import type { Attendee, Event, Location } from '@microsoft/microsoft-graph-types';
import type { Preferences } from '../graph/prefer';
import type { StoredAttendee, StoredEvent } from '../state/model';
import { htmlToText } from './body-html';
import { fromInstant, toOffsetTime } from './date-times';

export type WireEvent = Event & { '@odata.etag': string };

const never = '0001-01-01T00:00:00Z';

/** An event as Graph answers it: all structural properties, no navigation ones. */
export function toEvent(event: StoredEvent, preferences: Preferences): WireEvent {
  const { timeZone } = preferences;
  const start = fromInstant(event.startUtc, timeZone);
  return {
    '@odata.etag': etagOf(event),
    id: shownId(event, preferences),
    createdDateTime: withTicks(event.createdAt),
    lastModifiedDateTime: withTicks(event.modifiedAt),
    changeKey: event.changeKey,
    categories: event.categories,
    // The property is there only where a client set it.
    ...(event.transactionId === null ? {} : { transactionId: event.transactionId }),
    originalStartTimeZone: event.startZone,
    originalEndTimeZone: event.endZone,
    iCalUId: event.iCalUId,
    reminderMinutesBeforeStart: event.reminderMinutesBeforeStart,
    isReminderOn: event.isReminderOn,
    hasAttachments: false,
    subject: event.subject,
    bodyPreview: previewOf(event),
    importance: event.importance,
    sensitivity: event.sensitivity,
    isAllDay: event.isAllDay,
    isCancelled: event.isCancelled,
    isOrganizer: event.isOrganizer,
    responseRequested: event.responseRequested,
    seriesMasterId: null,
    showAs: event.showAs,
    type: 'singleInstance',
    webLink: `https://outlook.office365.com/owa/?itemid=${encodeURIComponent(event.restId)}&exvsurl=1&path=/calendar/item`,
    onlineMeetingUrl: null,
    isOnlineMeeting: event.isOnlineMeeting,
    onlineMeetingProvider: event.isOnlineMeeting ? 'teamsForBusiness' : 'unknown',
    allowNewTimeProposals: event.allowNewTimeProposals,
    isDraft: false,
    hideAttendees: event.hideAttendees,
    recurrence: null,
    responseStatus: { response: event.ownResponse.response, time: respondedTime(event.ownResponse.at) },
    body:
      preferences.bodyType === 'text'
        ? { contentType: 'text', content: htmlToText(event.bodyHtml) }
        : { contentType: 'html', content: event.bodyHtml },
    start,
    end: fromInstant(event.endUtc, timeZone),
    location: mainLocation(event.locations),
    locations: event.locations,
    attendees: event.attendees.map((a) => toAttendee(a, timeZone)),
    organizer: { emailAddress: event.organizer },
    onlineMeeting:
      event.online?.inBody === true ? { joinUrl: event.online.joinUrl, conferenceId: event.online.conferenceId } : null,
  };
}

const previews = new WeakMap<StoredEvent, { html: string; text: string }>();

/** Lists show hundreds of events whose bodies have not changed since the last look. */
function previewOf(event: StoredEvent): string {
  const known = previews.get(event);
  if (known?.html === event.bodyHtml) return known.text;
  const text = htmlToText(event.bodyHtml).slice(0, 255);
  previews.set(event, { html: event.bodyHtml, text });
  return text;
}

export function etagOf(item: { readonly changeKey: string }): string {
  return `W/"${item.changeKey}"`;
}

export function shownId(item: { id: string; restId: string }, preferences: Preferences): string {
  return preferences.immutableIds ? item.id : item.restId;
}

function toAttendee(attendee: StoredAttendee, timeZone: string): Attendee {
  const proposal = attendee.proposedNewTime;
  return {
    type: attendee.type,
    status: { response: attendee.response, time: respondedTime(attendee.respondedAt) },
    emailAddress: { name: attendee.name, address: attendee.address },
    ...(proposal === null
      ? {}
      : {
          proposedNewTime: {
            start: fromInstant(proposal.startUtc, timeZone),
            end: fromInstant(proposal.endUtc, timeZone),
          },
        }),
  };
}

function mainLocation(locations: readonly Location[]): Location {
  const first = locations[0];
  if (first === undefined)
    return { displayName: '', locationType: 'default', uniqueIdType: 'unknown', address: {}, coordinates: {} };
  return { ...first, displayName: locations.map((l) => l.displayName ?? '').join('; ') };
}

function respondedTime(at: string | null): string {
  return at === null ? never : toOffsetTime(at);
}

/** Created and modified times carry seven decimals, too. */
export function withTicks(utc: string): string {
  return `${utc.slice(0, 23)}0000Z`;
}
