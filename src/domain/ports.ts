import type { FailingSessions, OtherProblems, PlatformHealthReading } from './failures/failure-reading';
import type { Coverage } from './sweep/compute-coverage';
import type { HintBatch, UnknownEventShape, WebhookReading } from './hints';
import type {
  AddressKey,
  CalendarAttendee,
  CalendarEvent,
  CourseId,
  EventRef,
  GraphEventId,
  Instant,
  LearningPlanId,
  MailboxKey,
  PlatformKey,
  ReadAs,
  SessionId,
  SessionReading,
  SessionRef,
  SwitchedOff,
} from './model';
import type { EventPlace, EventSchedule } from './plan';

export interface Clock {
  now(): Date;
}

/** Lower-cases and trims before hashing; see `AddressKey`. */
export type AddressKeys = (address: string) => AddressKey;

/** Short, stable, non-secret hash (22 characters) for comparisons. */
export type Digest = (text: string) => string;

/** One Docebo platform. All methods throw the errors of `errors.ts` with codes `DOCEBO_*`. */
export interface TrainingSource {
  readonly platform: PlatformKey;
  /**
   * @param input.courseId what the ledger or a hint knows; needed to prove that a session is gone.
   * @param input.notOlderThan cached answers from before this instant are not used.
   */
  readSession(input: {
    readonly sessionId: SessionId;
    readonly courseId: CourseId | null;
    readonly notOlderThan: Instant;
  }): Promise<SessionReading>;
  /** The same, but goes no further than the switches where these say that invitations are off: one to three calls instead of a reading. */
  readUnlessOff(input: {
    readonly sessionId: SessionId;
    readonly courseId: CourseId | null;
    readonly notOlderThan: Instant;
  }): Promise<SessionReading | SwitchedOff>;
  /** Sessions of the course that end after `now`. `no-sessions`: Docebo says that this course cannot have any. */
  listFutureSessions(input: {
    readonly courseId: CourseId;
    readonly now: Instant;
  }): Promise<
    | { readonly kind: 'sessions'; readonly sessionIds: readonly SessionId[]; readonly complete: boolean }
    | { readonly kind: 'no-sessions' }
    | { readonly kind: 'gone' }
  >;
  listLearningPlanCourses(learningPlanId: LearningPlanId): Promise<readonly CourseId[]>;
  /** The token's user and level. */
  whoAmI(): Promise<ReadAs>;
}

/** What a create writes. A retry posts the same draft byte for byte. */
export interface EventDraft {
  readonly ref: EventRef;
  readonly generation: number;
  readonly transactionId: string;
  readonly invitationHash: string;
  readonly subject: string;
  /** Inner HTML; the store adds the marker. */
  readonly html: string;
  readonly schedule: EventSchedule;
  readonly place: EventPlace;
  readonly attendees: readonly { readonly address: string; readonly name: string }[];
  readonly teamsMeeting: boolean;
}

/** Only what differs is sent. */
export interface ContentChanges {
  readonly invitation?: { readonly subject: string; readonly html: string; readonly invitationHash: string };
  readonly schedule?: EventSchedule;
  readonly locationName?: string;
  readonly hideAttendees?: boolean;
}

/**
 * One organiser mailbox's primary calendar. Every method is one HTTP request (look-ups page), so that an activity never has two open.
 * Errors: `GRAPH_*` codes; a stale etag is a ConflictError `GRAPH_CONFLICT`, a missing event a NotFoundError `GRAPH_NOT_FOUND`.
 */
export interface CalendarStore {
  readonly mailbox: MailboxKey;
  /**
   * The mailbox's own address, lower-case: it is never invited to its own events. Where the settings do not name it (`me`, an object id), the
   * calendar's owner is asked for once; null when the calendar tells none.
   */
  organiserAddress(): Promise<string | null>;
  /** Facts needed at start: only a primary calendar tallies responses. */
  describeCalendar(): Promise<{
    readonly name: string;
    readonly isDefault: boolean;
    readonly talliesResponses: boolean;
    readonly onlineMeetingProviders: readonly string[];
  }>;
  /** null: there is no such event (any more). */
  get(graphEventId: GraphEventId): Promise<CalendarEvent | null>;
  /** All events that carry our extended property for this session, cancelled ones included. */
  findBySession(ref: SessionRef): Promise<readonly CalendarEvent[]>;
  /** By our extended property for this event. */
  findByEvent(ref: EventRef): Promise<readonly CalendarEvent[]>;
  /** calendarView between two instants; the caller matches transaction ids. */
  listBetween(range: { readonly from: Instant; readonly to: Instant }): Promise<readonly CalendarEvent[]>;
  /** `duplicate`: the transaction id has been used for other content; `existingId` when Graph names it. */
  create(
    draft: EventDraft,
  ): Promise<
    | { readonly kind: 'created'; readonly event: CalendarEvent }
    | { readonly kind: 'duplicate'; readonly existingId: GraphEventId | null }
  >;
  /** PATCH of content alone, with If-Match of `event`; keeps the online meeting's blob. */
  updateContent(event: CalendarEvent, changes: ContentChanges): Promise<CalendarEvent>;
  /** PATCH of attendees alone (whole list), with If-Match of `event`: Graph mails only those who changed. */
  replaceAttendees(event: CalendarEvent, attendees: readonly CalendarAttendee[]): Promise<CalendarEvent>;
  /** Stamps our extended properties on an adopted event; mails nobody. */
  stamp(event: CalendarEvent, ref: EventRef): Promise<CalendarEvent>;
  /** Sends the cancellation and moves the event to Deleted Items, with If-Match of `event`. */
  cancel(event: CalendarEvent, comment: string): Promise<void>;
}

/** Durable delivery of hints: resolves only after Temporal has stored them. */
export interface SessionHints {
  hint(input: {
    readonly platform: PlatformKey;
    readonly batch: HintBatch;
    readonly deadlineMs: number;
  }): Promise<void>;
}

/** What the operator should know of a platform, folded; never fails the caller. */
export interface PlatformReports {
  webhookReceived(platform: PlatformKey, at: Instant): void;
  unknownEvents(platform: PlatformKey, shapes: readonly UnknownEventShape[]): void;
  authenticationFailed(platform: PlatformKey): void;
  foreignDomain(platform: PlatformKey, domain: string): void;
  /** What the last sweep found. */
  covered(platform: PlatformKey, coverage: Coverage): void;
}

/** Turns a parsed webhook body into hints by the tenant profile. Throws InputError `INPUT_WEBHOOK_*` when it is no Docebo message. */
export type ReadWebhook = (body: unknown) => WebhookReading;

export interface Mail {
  /** Addresses: of people, of distribution lists, of other organisations. */
  readonly to: readonly string[];
  /** One line. */
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** The same mail, sent again by a retry, has the same key: it reaches people once, as far as the transport allows. */
  readonly key: string;
}

export interface MailReceipt {
  /** `earlier`: an attempt whose answer was lost had sent it. */
  readonly sent: 'now' | 'earlier';
  /** Recipients that were turned down while others were accepted. */
  readonly refused: number;
}

/**
 * Mail to people. Accepted is not delivered.
 * Errors: AccessError `MAIL_ACCESS` (an administrator must act), InputError `MAIL_REFUSED` (this mail or its recipients), UpstreamError
 * `MAIL_UNAVAILABLE`; through Graph also its `GRAPH_*` and `ENTRA_*`.
 */
export interface MailSender {
  send(mail: Mail): Promise<MailReceipt>;
}

/**
 * What is wrong now, bounded. Each rejects when it cannot be read at all: the digest is then tried again, and nothing counts as recovered.
 */
export interface FailureSources {
  failingSessions(): Promise<FailingSessions>;
  platformHealth(): Promise<PlatformHealthReading>;
  /** @param health what `platformHealth` answered: each platform's workflow is asked once. */
  otherProblems(health: PlatformHealthReading): Promise<OtherProblems>;
}

export type { AnswerSink, AnswerSource, SessionSignals } from './rsvp/ports';
