import type { CourseId, MailboxKey, PlatformKey } from './model';
import type { DeclinePolicy } from './rsvp/decide-decline';

/** What the planner must know of the configuration. */
export interface PlanSettings {
  /** `frozen`: this platform's calendars are not touched at all. */
  readonly rsvp: 'on' | 'frozen';
  /** What happens to sent invitations when a course switches its RSVP default off. Docebo Connect's way is `nextUpdate`. */
  readonly courseOff: 'nextUpdate' | 'now' | 'leave';
  /** ADD_INSTRUCTOR_FLAG of Docebo Connect. */
  readonly addInstructors: boolean;
  /** Graph documents 500 attendees an event. */
  readonly maxAttendees: number;
  /** So many learners of a session, and half of them at least, missing from its list at once keep their places until an operator agrees. 0: none do. */
  readonly askBeforeRemoving: number;
}

/** Which mailbox organises which session; the first match wins, else the platform's default. */
export interface MailboxRouting {
  readonly defaultMailbox: MailboxKey;
  readonly routes: readonly MailboxRoute[];
}

/** Every condition that is given must hold; of the values of one condition, any. Names are compared without case. */
export interface MailboxRoute {
  readonly mailbox: MailboxKey;
  readonly courses?: readonly CourseId[];
  /** Ids or names of the course's category. */
  readonly categories?: readonly string[];
  /** Names of locations: one of the session's events is there. */
  readonly locations?: readonly string[];
  /** Additional fields, by id or name. */
  readonly fields?: readonly {
    readonly of: 'course' | 'session';
    readonly field: string;
    readonly values: readonly string[];
  }[];
}

export interface RenderSettings {
  /** Mustache source of the body. */
  readonly bodyTemplate: string;
  /** File name of the body template, for error messages. */
  readonly bodyTemplateName: string;
  readonly subjectTemplate: string;
  /** `slug`: after the edit in Docebo Connect's guide, `{{session_name}}` is the slug. */
  readonly sessionName: 'text' | 'slug';
  /** Host that learners use, `platform.example.com`. */
  readonly lmsBaseUri: string;
  /** RFC 6570 template with `lms_base_uri, course_id, session_id, session_slug`. */
  readonly sessionLink: string;
}

export interface CalendarSettings {
  /** Attendees that Convoke did not place: people to whom an invitation was forwarded. */
  readonly forwarded: 'keep' | 'drop';
  /** Ask Graph for a Teams meeting on events with a webinar tool. */
  readonly teamsMeeting: 'never' | 'webinars';
  readonly cancelComment: string;
  readonly adoptStamp: boolean;
}

/** How answers are read from one mailbox. */
export interface RsvpPollSettings {
  /** Events up to so many days ahead are watched. The service freezes the window when it is opened. */
  readonly windowDays: number;
  /** A new window is opened as soon as the old one ends in fewer days than these. */
  readonly rollBelowDays: number;
  /** Answers this much older than the newest one known are told again: they may have come in later. Milliseconds. */
  readonly overlapMs: number;
  readonly inbox: {
    /** Meeting responses in the inbox are read too. Needs the right Mail.Read, and Mail.ReadWrite to clear them away. */
    readonly read: boolean;
    /** What happens to a response once its session has been told. */
    readonly after: 'leave' | 'move' | 'delete';
    /** Name of the mail folder that they are moved to; it is made when there is none. */
    readonly folder: string;
  };
}

/** The session workflow's tempo; milliseconds. */
export interface Pace {
  /** One fixed window per burst of hints. */
  readonly coalesceMs: number;
  /** A hint that led to no difference is looked into once more after this time: webhooks run ahead of Docebo's API. */
  readonly settleMs: number;
  /** Waits after a failed attempt; the last one repeats. */
  readonly retryMs: readonly number[];
  /** How long a session stays after its end. */
  readonly graceMs: number;
  /** An idle run is rolled over after this time. */
  readonly rollOverMs: number;
  /** How long message ids are remembered. */
  readonly hintMemoryMs: number;
}

/** What becomes of answers. */
export interface AnswerSettings {
  /** The tenant profile says how Docebo is told. */
  readonly writeBack: boolean;
  readonly decline: DeclinePolicy;
  /** Courses with a rule of their own; the first match wins. */
  readonly courseRules: readonly { readonly courses: readonly CourseId[]; readonly decline: DeclinePolicy }[];
  /** Nobody is ever unenrolled from these for a decline. */
  readonly mandatoryCourses: readonly CourseId[];
}

export interface PlatformSettings {
  readonly platform: PlatformKey;
  readonly plan: PlanSettings;
  readonly routing: MailboxRouting;
  readonly render: RenderSettings;
  readonly calendar: CalendarSettings;
  readonly answers: AnswerSettings;
  readonly pace: Pace;
}
