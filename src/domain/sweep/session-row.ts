import { canonical } from '../ledger-hashes';
import type { CourseId, Instant, Override, SessionId } from '../model';
import type { Digest } from '../ports';

/** A course as Docebo's list of courses has it. */
export interface CourseRow {
  readonly courseId: CourseId;
  /** False: of a type that cannot have sessions. True also when the list does not tell. */
  readonly mayHaveSessions: boolean;
  /** The course's RSVP default; null: the list does not tell. */
  readonly rsvp: boolean | null;
  /** Everything in the row that changes with the course (its name, when it was last updated), in one canonical text. */
  readonly details: string;
}

/** A session as the session list of its course has it. Null is what Docebo does not tell readably. */
export interface SessionRow {
  readonly sessionId: SessionId;
  readonly courseId: CourseId;
  readonly name: string;
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly events: number | null;
  readonly enrolled: number | null;
  readonly waiting: number | null;
  readonly instructors: number | null;
  /** Length of all events together, in minutes. */
  readonly length: number | null;
  /** The session's own RSVP switch; null: the list does not tell. */
  readonly rsvp: Override | null;
  /** What else of the row an invitation may show (place, additional fields), in one canonical text. May hold personal data. */
  readonly details: string;
}

/**
 * What is remembered of a row to tell "as it was" from "changed". The numbers stand by themselves, because a workflow can be asked whether
 * it knows them; everything else is one hash.
 */
export interface Fingerprint {
  /** Minutes since 1970. */
  readonly starts: number | null;
  readonly ends: number | null;
  readonly events: number | null;
  readonly enrolled: number | null;
  readonly length: number | null;
  readonly texts: string;
}

/** Stands for texts that were read and not yet compared with what the session's workflow knows. */
export const UNSEEN = '-';

/** 48 bits: two different rows of one session agree by accident once in 10^14. */
const HASH_LENGTH = 8;

export function fingerprint(row: SessionRow, digest: Digest): Fingerprint {
  const { name, waiting, instructors, rsvp, details } = row;
  return {
    starts: toMinutes(row.startsAt),
    ends: toMinutes(row.endsAt),
    events: row.events,
    enrolled: row.enrolled,
    length: row.length,
    texts: shortHash(digest, canonical({ name, waiting, instructors, rsvp, details })),
  };
}

export function sameFingerprint(a: Fingerprint, b: Fingerprint): boolean {
  return a.texts === b.texts && sameTimes(a, b) && a.enrolled === b.enrolled && a.length === b.length;
}

/** When and how often: what a workflow knows too. */
export function sameTimes(a: Fingerprint, b: Fingerprint): boolean {
  return a.starts === b.starts && a.ends === b.ends && a.events === b.events;
}

export function shortHash(digest: Digest, text: string): string {
  return digest(text).slice(0, HASH_LENGTH);
}

export function toMinutes(at: Instant | null): number | null {
  return at === null ? null : Math.floor(Date.parse(at) / 60_000);
}

export function fromMinutes(minutes: number): Instant {
  return new Date(minutes * 60_000).toISOString();
}
