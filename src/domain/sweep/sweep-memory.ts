import type { CourseId, Instant, SessionId } from '../model';
import type { Fingerprint } from './session-row';

/**
 * What one sweep leaves to the next; kept as the schedule's last result. Rows are packed into short texts: 10,000 sessions in 500 courses
 * are about 0.5 MB of JSON, and the settings' `maxRows` bounds them.
 */
export interface SweepMemory {
  readonly v: 1;
  /** When the sweep that left it began; null: there was none. */
  readonly at: Instant | null;
  /** By session: `packRow`. */
  readonly rows: Readonly<Record<SessionId, string>>;
  readonly courses: Readonly<Record<CourseId, CourseMemory>>;
  /** Where the rotating sample of all sessions goes on, and that of those near at hand. */
  readonly sampleFrom: number;
  readonly nearSampleFrom: number;
  /** A walk through all courses that is not over yet: courses visited before it began are still to come. */
  readonly fullFrom: Instant | null;
  /** When the last walk through all courses began that came to its end. */
  readonly fullAt: Instant | null;
}

export interface CourseMemory {
  /** Last visit, in minutes since 1970. */
  readonly at: number;
  /** Hash of its row in the list of courses. */
  readonly row: string;
  /** Hash of what its invitations show of it; absent until it was looked at. */
  readonly facts?: string;
  /** Its RSVP default, as last read; absent: not known. */
  readonly rsvp?: boolean;
  /** It cannot have sessions. */
  readonly none?: true;
}

/** One session as it was remembered. */
export interface MemoryRow {
  readonly courseId: CourseId;
  readonly print: Fingerprint;
  /** It was hinted when no workflow looked after it: if none does now either, there is nothing to do for it. */
  readonly asked: boolean;
  /** Since when its calendar lags behind Docebo, in minutes since 1970; null: it does not. */
  readonly gapSince: number | null;
}

export const emptySweepMemory: SweepMemory = {
  v: 1,
  at: null,
  rows: {},
  courses: {},
  sampleFrom: 0,
  nearSampleFrom: 0,
  fullFrom: null,
  fullAt: null,
};

/** `<course> <starts> <ends> <events> <enrolled> <length> <texts>`, then `a` if asked and `g<since>` if lagging; numbers in base 36, `-` for none. */
export function packRow({ courseId, print, asked, gapSince }: MemoryRow): string {
  const { starts, ends, events, enrolled, length, texts } = print;
  const numbers = [starts, ends, events, enrolled, length].map((n) => (n === null ? '-' : n.toString(36)));
  const marks = [...(asked ? ['a'] : []), ...(gapSince === null ? [] : [`g${gapSince.toString(36)}`])];
  return [courseId, ...numbers, texts, ...marks].join(' ');
}

/** Null for what `packRow` did not make: such a row is looked at as if it were new. */
export function unpackRow(packed: string): MemoryRow | null {
  const match = /^(\S+) (-|\w+) (-|\w+) (-|\w+) (-|\w+) (-|\w+) ([\w-]+)( a)?(?: g(\w+))?$/.exec(packed);
  const [, courseId, starts, ends, events, enrolled, length, texts, asked, gap] = match ?? [];
  if (courseId === undefined || texts === undefined) return null;
  return {
    courseId,
    print: {
      starts: toNumber(starts),
      ends: toNumber(ends),
      events: toNumber(events),
      enrolled: toNumber(enrolled),
      length: toNumber(length),
      texts,
    },
    asked: asked !== undefined,
    gapSince: toNumber(gap),
  };
}

/** Sessions in a stable order, so that a sample can go on where it stopped: by number where ids are numbers. */
export function inOrder(ids: Iterable<SessionId>): SessionId[] {
  return [...ids].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/**
 * The rows that fit: those that start last are forgotten first, and looked at as new ones by the next sweep that meets them.
 */
export function boundRows(
  rows: ReadonlyMap<SessionId, MemoryRow>,
  maxRows: number,
): { readonly rows: SweepMemory['rows']; readonly forgotten: number } {
  const kept = [...rows];
  if (kept.length > maxRows) {
    kept.sort(([, a], [, b]) => (a.print.starts ?? Infinity) - (b.print.starts ?? Infinity));
    kept.length = maxRows;
  }
  return {
    rows: Object.fromEntries(kept.map(([id, row]) => [id, packRow(row)])),
    forgotten: rows.size - kept.length,
  };
}

function toNumber(text: string | undefined): number | null {
  return text === undefined || text === '-' ? null : parseInt(text, 36);
}
