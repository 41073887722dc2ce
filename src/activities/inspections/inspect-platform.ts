import type { ClockSkew, PlatformFacts, SampledSession } from '../../domain/inspection/facts';
import { looked } from '../../domain/inspection/looked';
import type { CourseId, SessionId } from '../../domain/model';
import type { Clock, TrainingSource } from '../../domain/ports';
import type { SessionLister } from '../../domain/sweep/sweep-ports';

export interface PlatformLook {
  readonly source: Pick<TrainingSource, 'whoAmI' | 'readSession'>;
  readonly lister: Pick<SessionLister, 'listCourses' | 'listSessionRows'>;
  readonly skew: ClockSkew;
  readonly clock: Clock;
}

/** Courses looked into for a session that is still to come: each costs a call at least. */
const COURSES = 10;

/** One call after the other: who the token is, which courses it sees, and one future session read as a plan reads it. */
export async function inspectPlatform({ source, lister, skew, clock }: PlatformLook): Promise<PlatformFacts> {
  let courses = { seen: 0, lookedInto: 0 };
  const now = clock.now().toISOString();

  async function findSession(): Promise<{ readonly courseId: CourseId; readonly sessionId: SessionId } | null> {
    const listing = await lister.listCourses();
    if (listing.interruptedBy !== null) throw listing.interruptedBy;
    courses = { seen: listing.courses.length, lookedInto: 0 };
    // A course with the switch on shows most of what a profile names.
    const hopeful = listing.courses.filter((course) => course.mayHaveSessions);
    const first = [...hopeful.filter((c) => c.rsvp === true), ...hopeful.filter((c) => c.rsvp !== true)];
    for (const { courseId } of first.slice(0, COURSES)) {
      const found = await lister.listSessionRows({ courseId, from: now, to: null });
      courses = { ...courses, lookedInto: courses.lookedInto + 1 };
      const row = found.kind === 'sessions' ? found.rows[0] : undefined;
      if (row !== undefined) return { courseId, sessionId: row.sessionId };
    }
    return null;
  }

  async function readSample(): Promise<SampledSession | null> {
    const found = await findSession();
    if (found === null) return null;
    const reading = await source.readSession({ ...found, notOlderThan: now });
    if (reading.kind !== 'found') {
      return { ...found, kind: reading.kind, events: [], enrolments: 0, problems: [] };
    }
    const { facts, problems } = reading;
    const events = facts.events.map(({ eventId, timeZone, startsAt }) => ({ eventId, timeZone, startsAt }));
    return { ...found, kind: 'found', events, enrolments: facts.enrolments.length, problems };
  }

  const skewMs = await looked(skew);
  const readAs = await looked(() => source.whoAmI());
  const sample = await looked(readSample);
  return { skewMs, readAs, sample, courses };
}
