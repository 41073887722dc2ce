import type { AppError } from '../errors';
import type { CourseId, GraphEventId, Instant, MailboxKey, PlatformKey, SessionId } from '../model';
import type { CourseRow, SessionRow } from './session-row';
import type { SessionInspection, Standings } from './session-standing';

interface Listed {
  /** Calls made for it. */
  readonly calls: number;
  /** False: the list may lack items, so that nothing follows from an absence. */
  readonly complete: boolean;
  /** What cut the list short after its first page; what was read until then is there. */
  readonly interruptedBy: AppError | null;
}

export interface CourseListing extends Listed {
  readonly courses: readonly CourseRow[];
}

export type SessionListing =
  | (Listed & {
      readonly kind: 'sessions';
      /** Sessions within the range, and those without readable dates. */
      readonly rows: readonly SessionRow[];
      /** The others of the course. */
      readonly outside: readonly SessionId[];
    })
  /** Docebo says that this course cannot have any. */
  | { readonly kind: 'no-sessions'; readonly calls: number }
  | { readonly kind: 'gone'; readonly calls: number };

/** What invitations show of a course, and its RSVP default. */
export interface CourseLook {
  /** Canonical text; may hold what administrators wrote. */
  readonly facts: string;
  /** Null: unreadable. */
  readonly rsvp: boolean | null;
  readonly calls: number;
}

/** One platform's lists, cheap and shallow. All methods throw the errors of `errors.ts` with codes `DOCEBO_*`. */
export interface SessionLister {
  readonly platform: PlatformKey;
  /** All courses; one call for each 200. */
  listCourses(): Promise<CourseListing>;
  /**
   * Sessions of one course; one call for each 200 of them, past ones included.
   *
   * @param range.from sessions that ended before for certain, in whatever zone, are outside.
   * @param range.to sessions that begin later for certain are outside; null: no end.
   */
  listSessionRows(range: {
    readonly courseId: CourseId;
    readonly from: Instant;
    readonly to: Instant | null;
  }): Promise<SessionListing>;
  /** The course itself; null: there is none. Two calls. */
  lookAtCourse(courseId: CourseId): Promise<CourseLook | null>;
}

/** The sessions' workflows, seen from outside. Errors: UpstreamError `TEMPORAL_UNAVAILABLE`. */
export interface SessionRegistry {
  /** All running session workflows of the platform, by Temporal's list: some calls for thousands of them. */
  listRunning(platform: PlatformKey): Promise<{
    readonly standings: Standings;
    /** False: the list may lack some. */
    readonly complete: boolean;
  }>;
  /** Asks each of these workflows by its query `state`, through `inspectSession`. Those that run no more or do not answer in time are left out. */
  inspect(platform: PlatformKey, sessionIds: readonly SessionId[]): Promise<ReadonlyMap<SessionId, SessionInspection>>;
}

/** How far an attempt got, kept by Temporal with its heartbeats. */
export interface Progress<T> {
  /** What the attempt before this one told last; null: there was none. */
  last(): T | null;
  tell(progress: T): void;
}

/** Events of one mailbox's primary calendar with their transaction ids, and nothing else of them. */
export interface TransactionLister {
  readonly mailbox: MailboxKey;
  /** Those that are neither cancelled nor over before `from`. Errors: `GRAPH_*`; a list is whole or it is an error. */
  listTransactions(range: { readonly from: Instant; readonly to: Instant }): Promise<{
    readonly events: readonly { readonly graphEventId: GraphEventId; readonly transactionId: string }[];
    readonly calls: number;
  }>;
}
