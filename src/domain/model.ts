/**
 * What training is, in the words of Docebo, and what a calendar holds, in the words of Microsoft Graph.
 * Everything here is plain JSON: it crosses Temporal.
 */

/** UTC, ISO 8601 with milliseconds: `2026-05-04T09:00:00.000Z`. Compare as strings only after `toISOString`. */
export type Instant = string;
/** Immutable keys from convoke.yaml, `[a-z0-9-]{1,32}`. */
export type PlatformKey = string;
export type MailboxKey = string;
/** Docebo's numeric ids, as strings. */
export type CourseId = string;
export type SessionId = string;
export type EventId = string;
export type UserId = string;
export type LearningPlanId = string;
/** Graph's immutable id: opaque, case-sensitive. */
export type GraphEventId = string;
/** First 11 characters of an HMAC of the lower-case address: tells two people apart without naming them. */
export type AddressKey = string;

export interface SessionRef {
  readonly platform: PlatformKey;
  readonly sessionId: SessionId;
}

export interface EventRef extends SessionRef {
  readonly eventId: EventId;
}

/** A setting that a session inherits from its course or overrides. */
export type Override = 'inherit' | 'on' | 'off';

export interface CourseFacts {
  readonly courseId: CourseId;
  readonly name: string;
  readonly description: string;
  /** The course's default of "Enrollment invitations via external calendar"; null: unreadable, so leave everything as it is. */
  readonly rsvp: boolean | null;
  readonly hideAttendees: boolean | null;
}

export interface SessionProperties {
  readonly sessionId: SessionId;
  readonly name: string;
  /** Docebo's own slug, when it gives one. */
  readonly slugName: string | null;
  readonly description: string;
  readonly status: 'active' | 'cancelled';
  /** null: unreadable, so leave everything as it is. */
  readonly rsvp: Override | null;
  readonly hideAttendees: Override | null;
  /** Instructors of the session as a whole. */
  readonly instructors: readonly UserId[];
  /** Docebo's additional fields of course and session, by the input names that the configuration gives them. */
  readonly additionalInputs: Readonly<Record<string, string>>;
}

export interface LocationFacts {
  readonly name: string;
  readonly address: string;
  readonly phone: string;
  readonly email: string;
  readonly direction: string;
  readonly accommodations: string;
  readonly otherInfo: string;
}

export interface ClassroomFacts {
  readonly name: string;
  readonly details: string;
  readonly seats: string;
  readonly equipment: string;
}

export interface EventFacts {
  readonly eventId: EventId;
  readonly name: string;
  readonly description: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** IANA zone in which the event was scheduled. */
  readonly timeZone: string;
  readonly location: LocationFacts | null;
  readonly classroom: ClassroomFacts | null;
  readonly webinarTool: string;
  readonly webinarUrl: string;
  readonly instructors: readonly UserId[];
}

export interface EnrolmentFacts {
  readonly userId: UserId;
  /** Active: holds a seat. Waiting and inactive people get no invitation. Instructors enrolled as such come with `level: instructor`. */
  readonly standing: 'active' | 'waiting' | 'inactive';
  readonly level: 'learner' | 'instructor' | 'other';
}

export interface PersonFacts {
  readonly userId: UserId;
  readonly address: string;
  readonly name: string;
}

/** Something that Docebo's answer should have told and did not. It is reported, and it forbids removals where `subject` says so. */
export interface ReadProblem {
  readonly code: string;
  readonly subject: 'course' | 'session' | 'event' | 'enrolment' | 'instructor' | 'person' | 'place';
  readonly id: string | null;
  /** For people; no personal data. */
  readonly detail: string;
}

/** What routes to mailboxes ask for; null: could not be read. */
export interface RouteFacts {
  /** Id and name of the course's category. */
  readonly category: readonly string[] | null;
  /** Values of additional fields, by `session:<field>` or `course:<field>` as routes name it. */
  readonly fields: Readonly<Record<string, readonly string[] | null>>;
}

export interface SessionFacts {
  readonly course: CourseFacts;
  readonly session: SessionProperties;
  readonly events: readonly EventFacts[];
  /** False: the list may lack events, so that none may be cancelled for being absent. */
  readonly eventsComplete: boolean;
  readonly enrolments: readonly EnrolmentFacts[];
  /** False: the list may lack people, so that nobody may be removed for being absent. */
  readonly enrolmentsComplete: boolean;
  /** False: an instructor may be missing from some list. */
  readonly instructorsComplete: boolean;
  /** Everybody named above whose address could be read. Someone named above but absent here keeps the seat they have. */
  readonly people: readonly PersonFacts[];
  /** Only where a route asks for it. */
  readonly routing?: RouteFacts;
}

/** The rights with which Docebo was read: user id and level of the token's user. */
export type ReadAs = string;

export type SessionReading =
  | {
      readonly kind: 'found';
      readonly readAs: ReadAs;
      readonly facts: SessionFacts;
      readonly problems: readonly ReadProblem[];
    }
  /** 404, and a complete session list of its course lacks it or the course is gone too, and the token still passes its self-test. */
  | { readonly kind: 'gone'; readonly readAs: ReadAs; readonly evidence: 'absent-from-course' | 'course-gone' }
  /** Not there, but nothing proves that it is gone. Nobody is removed on such an answer. */
  | { readonly kind: 'unproven'; readonly problem: ReadProblem };

/**
 * Invitations are off, whatever the session's events and people are. They were not read. Only for a session of which nothing was written: what
 * stands in a calendar is withdrawn by what a whole reading says.
 */
export interface SwitchedOff {
  readonly kind: 'off';
  readonly readAs: ReadAs;
  readonly position: 'off' | 'session-cancelled';
  readonly courseId: CourseId;
  readonly problems: readonly ReadProblem[];
}

/** Nothing of what Docebo says would be used, so that it was not asked. */
export interface NotRead {
  readonly kind: 'not-read';
}

export type Response = 'none' | 'accepted' | 'tentative' | 'declined';

export interface CalendarAttendee {
  readonly address: string;
  readonly name: string;
  readonly type: 'required' | 'optional' | 'resource';
  readonly response: Response;
  readonly respondedAt: Instant | null;
}

/** An event as the calendar holds it now. */
export interface CalendarEvent {
  readonly graphEventId: GraphEventId;
  /** For If-Match. */
  readonly etag: string;
  readonly transactionId: string | null;
  /** By the calendar's clock; null when it does not tell. */
  readonly createdAt: Instant | null;
  /** From our extended property, else the body's marker, else the transaction id. */
  readonly ref: EventRef | null;
  readonly generation: number | null;
  /** From the body's marker: hash of the template inputs that the body was rendered from. */
  readonly invitationHash: string | null;
  readonly subject: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly locationName: string;
  readonly hideAttendees: boolean;
  readonly isCancelled: boolean;
  /** Lower-case; null when the calendar does not tell. */
  readonly organiserAddress: string | null;
  readonly attendees: readonly CalendarAttendee[];
  /** True as soon as a Teams meeting was asked for; its link may show up later. */
  readonly isOnlineMeeting: boolean;
  readonly joinUrl: string | null;
  /** HTML as Exchange keeps it: normalised, with the online meeting's blob if there is one. */
  readonly body: string;
}
