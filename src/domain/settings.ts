import type { CourseId, MailboxKey, PlatformKey } from './model';

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
}

/** Which mailbox organises which course; the first match wins, else the platform's default. */
export interface MailboxRouting {
  readonly defaultMailbox: MailboxKey;
  readonly routes: readonly { readonly courses: readonly CourseId[]; readonly mailbox: MailboxKey }[];
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

export interface PlatformSettings {
  readonly platform: PlatformKey;
  readonly plan: PlanSettings;
  readonly routing: MailboxRouting;
  readonly render: RenderSettings;
  readonly calendar: CalendarSettings;
  readonly pace: Pace;
}
