import { propertyName } from '../calendar/extended-properties';
import type { StoredEvent } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';

/** An event in the simulator's own plain words, for checkers that must not share Graph's reading with the product. */
export function describeEvent(state: SimulatorState, event: StoredEvent): object {
  const mailbox = state.mailbox(event.mailboxId);
  const calendar = mailbox.calendars.find((c) => c.id === event.container);
  const folder = mailbox.folders.find((f) => f.id === event.container);
  const named = event.extendedProperties.map((p) => [propertyName(p.id) ?? p.id, p.value]);
  return {
    id: event.id,
    defaultId: event.restId,
    iCalUId: event.iCalUId,
    changeKey: event.changeKey,
    mailbox: mailbox.address,
    /** `calendar` = the primary one, else the calendar's or folder's name. */
    folder: calendar === undefined ? (folder?.wellKnown ?? null) : calendar.isDefault ? 'calendar' : calendar.name,
    isCancelled: event.isCancelled,
    isOrganizer: event.isOrganizer,
    transactionId: event.transactionId,
    subject: event.subject,
    startUtc: event.startUtc,
    endUtc: event.endUtc,
    startZone: event.startZone,
    endZone: event.endZone,
    isAllDay: event.isAllDay,
    location: event.locations.map((l) => l.displayName ?? '').join('; '),
    hideAttendees: event.hideAttendees,
    responseRequested: event.responseRequested,
    allowNewTimeProposals: event.allowNewTimeProposals,
    categories: event.categories,
    joinUrl: event.online?.inBody === true ? event.online.joinUrl : null,
    isOnlineMeeting: event.isOnlineMeeting,
    attendees: event.attendees,
    extendedProperties: Object.fromEntries(named) as Record<string, string>,
    extendedPropertyIds: event.extendedProperties.map((p) => p.id),
    body: event.bodyHtml,
    createdAt: event.createdAt,
    modifiedAt: event.modifiedAt,
  };
}
