import type { RenderedInvitation } from '../../contract/activities';
import { AppError } from '../../domain/errors';
import type { CalendarEvent } from '../../domain/model';
import type { EventPlace, EventSchedule } from '../../domain/plan';
import type { CalendarStore, ContentChanges } from '../../domain/ports';

export interface ContentWish {
  /** null: the body stays as it is. */
  readonly invitation: RenderedInvitation | null;
  readonly invitationHash: string;
  readonly schedule: EventSchedule;
  readonly place: EventPlace;
}

/** What must be written to bring the event to the wish; null when nothing must: a PATCH without a difference mails everybody too. */
export function contentChanges(event: CalendarEvent, wish: ContentWish): ContentChanges | null {
  const { invitation, invitationHash, schedule, place } = wish;
  const changes: ContentChanges = {
    ...(invitation !== null &&
      event.invitationHash !== invitationHash && {
        invitation: { subject: invitation.subject, html: invitation.html, invitationHash },
      }),
    ...(!isAt(event, schedule) && { schedule }),
    ...(event.locationName.trim() !== place.locationName.trim() && { locationName: place.locationName }),
    ...(event.hideAttendees !== place.hideAttendees && { hideAttendees: place.hideAttendees }),
  };
  return Object.keys(changes).length === 0 ? null : changes;
}

/** Whether the calendar has the event at the schedule's instants, in whatever zone they were written. */
export function isAt(event: Pick<CalendarEvent, 'startsAt' | 'endsAt'>, schedule: EventSchedule): boolean {
  return (
    Date.parse(event.startsAt) === Date.parse(schedule.startsAt) &&
    Date.parse(event.endsAt) === Date.parse(schedule.endsAt)
  );
}

/**
 * One PATCH of the content. When the body must not be touched (`GRAPH_BODY_MARKER`) the rest is still written before that error goes up:
 * a moved session matters more than its text. When the calendar reads the zone otherwise than we do, the times are written again in UTC.
 */
export async function writeContent(
  store: CalendarStore,
  event: CalendarEvent,
  changes: ContentChanges,
): Promise<CalendarEvent> {
  const { invitation, ...rest } = changes;
  try {
    return await atTheRightTime(store, await store.updateContent(event, changes), changes.schedule);
  } catch (error) {
    const bodyRefused = error instanceof AppError && error.code === 'GRAPH_BODY_MARKER' && invitation !== undefined;
    if (bodyRefused && Object.keys(rest).length > 0) await writeContent(store, event, rest);
    throw error;
  }
}

/** Exchange's rules of a zone may be older than ours; UTC has no rules. */
export async function atTheRightTime(
  store: CalendarStore,
  event: CalendarEvent,
  schedule: EventSchedule | undefined,
): Promise<CalendarEvent> {
  if (schedule === undefined || schedule.timeZone === 'UTC' || isAt(event, schedule)) return event;
  return store.updateContent(event, { schedule: { ...schedule, timeZone: 'UTC' } });
}
