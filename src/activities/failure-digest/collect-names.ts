import { nameKey } from '../../domain/failures/digest-view';
import type { FailureNotice } from '../../domain/failures/failure-notice';
import type { AffectedNames } from '../../domain/failures/failure-reading';
import type { PlatformKey, SessionRef } from '../../domain/model';
import type { TrainingSource } from '../../domain/ports';

/** null: not to be had. */
export type NamesOf = (ref: SessionRef) => Promise<AffectedNames | null>;

/** Each takes some calls to Docebo, which are scarce when much fails. */
const SESSIONS_NAMED = 5;
const PEOPLE_NAMED = 10;

/** Names for the mail's first sessions. A mail without names is better than none: a platform that cannot be asked is asked no further. */
export async function collectNames(
  failures: readonly Pick<FailureNotice, 'sessions'>[],
  namesOf: NamesOf,
): Promise<Map<string, AffectedNames>> {
  const refs = new Map(failures.flatMap(({ sessions }) => sessions).map((ref) => [nameKey(ref), ref]));
  const names = new Map<string, AffectedNames>();
  const silent = new Set<PlatformKey>();
  for (const [key, ref] of [...refs].slice(0, SESSIONS_NAMED)) {
    if (silent.has(ref.platform)) continue;
    try {
      const known = await namesOf(ref);
      if (known !== null) names.set(key, known);
    } catch {
      silent.add(ref.platform);
    }
  }
  return names;
}

/** Names as Docebo has them; what it told earlier is good enough. */
export function createNamesOf(trainingSourceOf: (platform: PlatformKey) => TrainingSource): NamesOf {
  return async ({ platform, sessionId }) => {
    const notOlderThan = new Date(0).toISOString();
    const reading = await trainingSourceOf(platform).readSession({ sessionId, courseId: null, notOlderThan });
    if (reading.kind !== 'found') return null;
    const { course, session, enrolments, people } = reading.facts;
    const learners = new Set(
      enrolments.filter((e) => e.standing === 'active' && e.level === 'learner').map((e) => e.userId),
    );
    return {
      course: course.name,
      session: session.name,
      people: people
        .filter(({ userId, name }) => learners.has(userId) && name !== '')
        .map(({ name }) => name)
        .slice(0, PEOPLE_NAMED),
    };
  };
}
