import type {
  CalendarEvent,
  CourseId,
  EventId,
  EventRef,
  GraphEventId,
  Instant,
  MailboxKey,
  PlatformKey,
  Response,
  SessionId,
  SessionRef,
  UserId,
} from '../model';
import type { GivenResponse } from './match-answers';
import type { RsvpSignal } from './observed-answer';

/** Where a walk through changes begins: in a window of time, or where an earlier one ended (path and query below our own base address). */
export type ChangesFrom =
  | { readonly kind: 'window'; readonly from: Instant; readonly to: Instant }
  | { readonly kind: 'link'; readonly link: string };

/** An event with its attendees' answers. */
export interface AnsweredEvent extends Pick<
  CalendarEvent,
  'graphEventId' | 'startsAt' | 'endsAt' | 'isCancelled' | 'organiserAddress' | 'attendees'
> {
  /** From the transaction id, else the body's marker, else (only where the event was read by itself) our extended property. */
  readonly ref: EventRef | null;
}

interface Page {
  readonly kind: 'page';
  /** Goes on from here: to the next page, or after the last one to what changes from now on. */
  readonly link: string;
  readonly isLast: boolean;
}

/** `expired`: the service forgot where the link stands; only a new window tells what there is. */
export type EventChanges =
  | { readonly kind: 'expired' }
  | (Page & {
      /** Meetings that the mailbox organises. An event may come twice; the later one holds. */
      readonly events: readonly AnsweredEvent[];
      /** Left the window, it is said; also said of events outside it that were merely touched. */
      readonly removed: readonly GraphEventId[];
      /** Of a form that the page's other events do not have: to be read one by one. */
      readonly unread: readonly GraphEventId[];
    });

export interface MeetingResponse extends GivenResponse {
  readonly messageId: string;
  /** Null: the service does not say, or not in a readable form, what was answered. */
  readonly event: AnsweredEvent | null;
  /** To an earlier version of the meeting: it does not count. */
  readonly isOutOfDate: boolean;
}

export type ResponseChanges =
  { readonly kind: 'expired' } | (Page & { readonly responses: readonly MeetingResponse[] });

/**
 * Where attendees' answers are read: the primary calendar and the inbox of one organiser mailbox. One request at a time.
 * Errors: `GRAPH_*` and `ENTRA_*` codes.
 */
export interface AnswerSource {
  readonly mailbox: MailboxKey;
  /** What the mailbox is called there, an address as a rule: links are of this one alone. */
  readonly account: string;
  /** One page, one request. */
  changedEvents(from: ChangesFrom): Promise<EventChanges>;
  /** Null: there is no such event (any more). Cancelled and deleted ones may still be there. */
  readEvent(graphEventId: GraphEventId): Promise<AnsweredEvent | null>;
  /** Whether it lies in the calendar: one that was deleted without a cancellation still answers to its id. */
  isInCalendar(event: AnsweredEvent): Promise<boolean>;
  /** One page, one request. `since`: by arrival. */
  meetingResponses(
    from: { readonly kind: 'since'; readonly at: Instant } | { readonly kind: 'link'; readonly link: string },
  ): Promise<ResponseChanges>;
  /** Id of the mail folder of that name; made when there is none. */
  folderNamed(name: string): Promise<string>;
  /** Repeatable: a response that is gone is cleared away. */
  clearResponse(
    messageId: string,
    how: { readonly kind: 'delete' } | { readonly kind: 'move'; readonly folderId: string },
  ): Promise<void>;
  /** Requests that this source has sent so far. */
  calls(): number;
}

/** Durable delivery of answers to the workflows of sessions. */
export interface SessionSignals {
  /** Resolves after Temporal has stored the signal. False: the session has no workflow (any more), which is no error. */
  rsvpObserved(input: SessionRef & { readonly signal: RsvpSignal }): Promise<boolean>;
}

/**
 * Where one platform learns of answers. Each call says the whole of it, so that a repeat is harmless. Errors: `DOCEBO_*` codes;
 * InputError `DOCEBO_COURSE_UNKNOWN` when the tenant profile wants a course id that is not known.
 */
export interface AnswerSink {
  readonly platform: PlatformKey;
  writeAnswer(input: {
    readonly courseId: CourseId | null;
    readonly sessionId: SessionId;
    readonly eventId: EventId;
    readonly userId: UserId;
    readonly response: Response;
  }): Promise<{ readonly kind: 'written' | 'off' }>;
  /** Frees the learner's seat in the session. `absent`: Docebo answers 404, as for somebody who has no seat. */
  unenrol(input: {
    readonly courseId: CourseId | null;
    readonly sessionId: SessionId;
    readonly userId: UserId;
  }): Promise<{ readonly kind: 'unenrolled' | 'absent' | 'off' }>;
}
