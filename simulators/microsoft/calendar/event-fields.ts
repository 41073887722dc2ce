import type { Event, Location } from '@microsoft/microsoft-graph-types';
import { invalidProperty, notSimulated } from '../graph/graph-error';
import type { Knobs } from '../state/knobs';
import type { StoredEvent } from '../state/model';
import { readAttendees } from './attendees';
import { normalizeBody } from './body-html';
import { isMidnight, toInstant } from './date-times';
import { mergeExtendedProperties } from './extended-properties';

/** What a client may set; the server makes the rest. */
export type EventContent = Pick<
  StoredEvent,
  | 'subject'
  | 'bodyHtml'
  | 'startUtc'
  | 'endUtc'
  | 'startZone'
  | 'endZone'
  | 'isAllDay'
  | 'locations'
  | 'attendees'
  | 'hideAttendees'
  | 'responseRequested'
  | 'allowNewTimeProposals'
  | 'importance'
  | 'sensitivity'
  | 'showAs'
  | 'categories'
  | 'isReminderOn'
  | 'reminderMinutesBeforeStart'
  | 'extendedProperties'
>;

export function emptyContent(): Omit<EventContent, 'startUtc' | 'endUtc' | 'startZone' | 'endZone'> {
  return {
    subject: '',
    bodyHtml: normalizeBody(null, { renameIds: false }),
    isAllDay: false,
    locations: [],
    attendees: [],
    hideAttendees: false,
    responseRequested: true,
    allowNewTimeProposals: true,
    importance: 'normal',
    sensitivity: 'normal',
    showAs: 'busy',
    categories: [],
    isReminderOn: true,
    reminderMinutesBeforeStart: 15,
    extendedProperties: [],
  };
}

/**
 * The part of the content that a checked request body sets, as the server keeps it.
 * @throws GraphError 400 for values that pass the type check and still cannot be.
 */
export function readContent(
  body: Event,
  present: Pick<EventContent, 'attendees' | 'extendedProperties'>,
  options: Pick<Knobs, 'renameBodyIds' | 'aliases'>,
): Partial<EventContent> {
  if (body.recurrence != null) throw notSimulated('recurring events');
  if (body.attachments != null) throw notSimulated('attachments');
  const content: Partial<EventContent> = {};
  if (body.subject !== undefined) content.subject = limited(body.subject ?? '', 'subject');
  if (body.body !== undefined) content.bodyHtml = normalizeBody(body.body, { renameIds: options.renameBodyIds });
  if (body.start !== undefined) {
    const { utc, zone } = toInstant(body.start, 'start');
    Object.assign(content, { startUtc: utc, startZone: zone });
  }
  if (body.end !== undefined) {
    const { utc, zone } = toInstant(body.end, 'end');
    Object.assign(content, { endUtc: utc, endZone: zone });
  }
  const locations = readLocations(body);
  if (locations !== undefined) content.locations = locations;
  if (body.attendees !== undefined)
    content.attendees = readAttendees(body.attendees ?? [], present.attendees, options.aliases);
  if (body.singleValueExtendedProperties !== undefined)
    content.extendedProperties = mergeExtendedProperties(
      present.extendedProperties,
      body.singleValueExtendedProperties ?? [],
    );
  return { ...content, ...readPlain(body) };
}

/** @throws GraphError 400 when the whole cannot be: end before start, all-day event off midnight. */
export function checkContent(content: EventContent): void {
  if (content.endUtc < content.startUtc)
    throw invalidProperty('The end of an event must not be earlier than its start.');
  if (!content.isAllDay) return;
  const midnights = isMidnight(content.startUtc, content.startZone) && isMidnight(content.endUtc, content.endZone);
  if (!midnights || content.startZone !== content.endZone || content.startUtc === content.endUtc)
    throw invalidProperty('An all-day event starts and ends at midnight, in one time zone.');
}

function readPlain(body: Event): Partial<EventContent> {
  const plain = {
    isAllDay: body.isAllDay,
    hideAttendees: body.hideAttendees,
    responseRequested: body.responseRequested,
    allowNewTimeProposals: body.allowNewTimeProposals,
    importance: canonical(body.importance, ['low', 'normal', 'high']),
    sensitivity: canonical(body.sensitivity, ['normal', 'personal', 'private', 'confidential']),
    showAs: canonical(body.showAs, ['unknown', 'free', 'tentative', 'busy', 'oof', 'workingElsewhere']),
    categories: body.categories,
    isReminderOn: body.isReminderOn,
    reminderMinutesBeforeStart: body.reminderMinutesBeforeStart,
  };
  return Object.fromEntries(Object.entries(plain).filter(([, value]) => value != null));
}

/** `location` and `locations` are two views of one thing; `location` wins when both are sent. */
function readLocations(body: Event): Location[] | undefined {
  if (body.location !== undefined) return body.location === null ? [] : [completed(body.location)];
  if (body.locations !== undefined) return (body.locations ?? []).map(completed);
  return undefined;
}

function completed(location: Location): Location {
  const displayName = limited(location.displayName ?? '', 'location');
  return { locationType: 'default', uniqueId: displayName, uniqueIdType: 'private', ...location, displayName };
}

function limited(text: string, property: string): string {
  if (text.length > 255) throw invalidProperty(`'${property}' takes at most 255 characters.`);
  return text;
}

/** Enum members are read without case and written as published. */
function canonical<T extends string>(value: T | null | undefined, members: readonly T[]): T | undefined {
  return members.find((m) => m.toLowerCase() === value?.toLowerCase());
}
