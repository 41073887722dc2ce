import type { CourseId, EventId, Instant, MailboxKey, PlatformKey, ReadAs, ReadProblem, SessionId } from '../model';

/**
 * What a look at a live system told, for `convoke doctor`. Ids, names of fields and counts: no personal data. They cross Temporal as results
 * of activities.
 */

/** Something that was looked at, or why it could not be. */
export type Looked<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      /** As in docs/errors.md. */
      readonly code: string;
      readonly message: string;
      /** HTTP status that refused; null: there was none. */
      readonly status: number | null;
    };

export interface PlatformFacts {
  /** Docebo's clock less this process's, in milliseconds; positive: ours is behind. */
  readonly skewMs: Looked<number>;
  readonly readAs: Looked<ReadAs>;
  /** Null: no future session was found in the courses that were looked into. */
  readonly sample: Looked<SampledSession | null>;
  /** Courses that the token sees, and those looked into for a session. */
  readonly courses: { readonly seen: number; readonly lookedInto: number };
}

/** One future session, read as `planSession` reads it. */
export interface SampledSession {
  readonly courseId: CourseId;
  readonly sessionId: SessionId;
  readonly kind: 'found' | 'gone' | 'unproven';
  readonly events: readonly { readonly eventId: EventId; readonly timeZone: string; readonly startsAt: Instant }[];
  readonly enrolments: number;
  readonly problems: readonly ReadProblem[];
}

export interface MailboxFacts {
  readonly skewMs: Looked<number>;
  readonly calendar: Looked<CalendarFacts>;
  /** Null: the token tells nothing about itself. */
  readonly token: Looked<TokenFacts | null>;
  /** Another mailbox, which must not be readable; null: nobody named one. */
  readonly other: Looked<'refused' | 'readable'> | null;
  /** Sessions whose events stand in the calendar's next weeks, by Convoke's keys on them. */
  readonly marked: Looked<readonly MarkedSession[]>;
  /** Convoke's subscription to its changes, and until when; null inside: Graph has none. Null or absent: none is wanted. */
  readonly subscription?: Looked<{ readonly expiresAt: Instant } | null> | null;
  /** Whether mail may be sent from it; null: not asked. Nothing is sent by the look. */
  readonly mail: Looked<'allowed'> | null;
}

export interface CalendarFacts {
  readonly name: string;
  readonly isDefault: boolean;
  readonly talliesResponses: boolean;
  readonly canEdit: boolean;
}

/** Claims of an access token that say what it may do. */
export interface TokenFacts {
  /** Permissions of the application, consented to for the whole tenant. Rights that Exchange grants by RBAC are never among them. */
  readonly roles: readonly string[];
  /** Delegated permissions of a signed-in account. */
  readonly scopes: readonly string[];
  readonly tenant: string | null;
}

export interface MarkedSession {
  readonly platform: PlatformKey;
  readonly sessionId: SessionId;
  readonly events: number;
}

/** What a platform publishes about its own API: the paths that were asked for or look as if they mattered. */
export interface ApiDefinition {
  readonly services: readonly { readonly service: string; readonly paths: number; readonly problem: string | null }[];
  readonly operations: readonly ApiOperation[];
}

export interface ApiOperation {
  readonly method: string;
  /** With its base path; variables as `{name}`. */
  readonly path: string;
  readonly summary: string;
  /** Pointers to every scalar or list in `data` (of a list: in one item), as the tenant profile writes them. */
  readonly fields: readonly string[];
}

export interface InspectMailbox {
  readonly mailbox: MailboxKey;
  /** Address of a mailbox that must not be reachable; null: none is tried. */
  readonly other: string | null;
  readonly mail: boolean;
}

/** One mailbox, looked at through Graph one request at a time; writes and mails nothing. Each look that fails says so in its place. */
export interface MailboxInspector {
  inspect(input: Pick<InspectMailbox, 'other' | 'mail'>): Promise<MailboxFacts>;
}

/** Errors: the domain's, with `DOCEBO_*` codes. */
export interface ApiDefinitionSource {
  /** Paths to describe; those that look as if a profile may need them come besides. */
  readDefinition(wanted: readonly string[]): Promise<ApiDefinition>;
}

/** How far a system's clock is from ours, by its answers; milliseconds. Errors: UpstreamError. */
export type ClockSkew = () => Promise<number>;
