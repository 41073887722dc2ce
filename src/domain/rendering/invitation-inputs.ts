import type { CourseFacts, EventFacts, SessionProperties } from '../model';

/**
 * The inputs of the invitation template by the names that Docebo Connect's message template gives them (21 inputs and 2 flags), as they
 * are in Docebo; `extra` holds the inputs that the configuration adds from additional fields.
 */
export interface InvitationInputs {
  readonly course_id: string;
  readonly course_name: string;
  readonly course_description: string;
  readonly session_id: string;
  readonly session_name: string;
  readonly session_description: string;
  readonly event_id: string;
  readonly event_name: string;
  readonly event_description: string;
  readonly webinar_tool: string;
  readonly location_name: string;
  readonly location_address: string;
  readonly location_phone_number: string;
  readonly location_email: string;
  readonly location_direction: string;
  readonly location_accommodations: string;
  readonly location_other_info: string;
  readonly classroom_name: string;
  readonly classroom_details: string;
  readonly classroom_seats: string;
  readonly classroom_equipment: string;
  readonly is_location_present: boolean;
  readonly is_classroom_present: boolean;
  /** Docebo's own slug of the session, for the link; null when Docebo gives none. */
  readonly slug_name: string | null;
  readonly extra: Readonly<Record<string, string>>;
}

export function toInvitationInputs(
  course: CourseFacts,
  session: SessionProperties,
  event: EventFacts,
): InvitationInputs {
  return {
    course_id: course.courseId,
    course_name: course.name,
    course_description: course.description,
    session_id: session.sessionId,
    session_name: session.name,
    session_description: session.description,
    event_id: event.eventId,
    event_name: event.name,
    event_description: event.description,
    webinar_tool: event.webinarTool,
    location_name: event.location?.name ?? '',
    location_address: event.location?.address ?? '',
    location_phone_number: event.location?.phone ?? '',
    location_email: event.location?.email ?? '',
    location_direction: event.location?.direction ?? '',
    location_accommodations: event.location?.accommodations ?? '',
    location_other_info: event.location?.otherInfo ?? '',
    classroom_name: event.classroom?.name ?? '',
    classroom_details: event.classroom?.details ?? '',
    classroom_seats: event.classroom?.seats ?? '',
    classroom_equipment: event.classroom?.equipment ?? '',
    is_location_present: event.location !== null,
    is_classroom_present: event.classroom !== null,
    slug_name: session.slugName,
    extra: session.additionalInputs,
  };
}
