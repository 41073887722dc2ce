import { AppError, InputError, NotFoundError } from '../../../domain/errors';
import type { CourseId, SessionId, SessionReading } from '../../../domain/model';
import type { DoceboReader } from '../api/client';
import type { Identity } from '../api/identity';
import { NO_SESSIONS } from '../api/error-body';
import { toListedSessions } from './course-sessions';
import { READ } from './read-problems';

/**
 * What a 404 on a session means. It is gone only with evidence: a complete list of its course's sessions lacks it, or the course itself is
 * not found either, and the token still passes its self-test. Everything else proves nothing and removes nobody.
 */
export async function judgeMissingSession(
  docebo: DoceboReader,
  identity: Identity,
  session: { readonly sessionId: SessionId; readonly courseId: CourseId | null },
): Promise<SessionReading> {
  const { sessionId, courseId } = session;
  const unproven = (why: string): SessionReading => ({
    kind: 'unproven',
    problem: {
      code: READ.sessionUnproven,
      subject: 'session',
      id: sessionId,
      detail: `Session ${sessionId} is not found in Docebo, but ${why}. Nothing is withdrawn.`,
    },
  });
  if (courseId === null) return unproven('its course is not known, so nothing proves that it was deleted');

  const absence = await findAbsence(docebo, sessionId, courseId);
  if (absence.kind === 'none') return unproven(absence.why);
  try {
    return { kind: 'gone', readAs: await identity.ask(docebo), evidence: absence.kind };
  } catch (error) {
    if (!(error instanceof AppError) || !['access', 'not-found', 'contract', 'input'].includes(error.kind)) throw error;
    return unproven(`the API user does not pass its self-test (${error.code})`);
  }
}

type Absence =
  { readonly kind: 'absent-from-course' | 'course-gone' } | { readonly kind: 'none'; readonly why: string };

async function findAbsence(docebo: DoceboReader, sessionId: SessionId, courseId: CourseId): Promise<Absence> {
  try {
    const list = toListedSessions(await docebo.list('courseSessions', { course_id: courseId }));
    if (list.sessions.some((s) => s.sessionId === sessionId)) return none(`course ${courseId} still lists it`);
    if (!list.complete) return none(`the session list of course ${courseId} could not be read in full`);
    return { kind: 'absent-from-course' };
  } catch (error) {
    if (error instanceof InputError && error.context['upstreamCode'] === NO_SESSIONS) {
      return none(`course ${courseId} is said to be of a type that has no sessions`);
    }
    if (!(error instanceof NotFoundError)) throw error;
  }
  try {
    await docebo.get('course', { course_id: courseId });
    return none(`course ${courseId} exists while its session list does not`);
  } catch (error) {
    if (error instanceof NotFoundError) return { kind: 'course-gone' };
    throw error;
  }
}

function none(why: string): Absence {
  return { kind: 'none', why };
}
