import { ContractError, InputError, NotFoundError } from '../../../domain/errors';
import type { CourseId, Instant, SessionId } from '../../../domain/model';
import type { TrainingSource } from '../../../domain/ports';
import type { DoceboReader } from '../api/client';
import { NO_SESSIONS } from '../api/error-body';
import type { DoceboList } from '../api/paging';
import { isObject, toId, toUtcDate } from '../api/wire';

interface ListedSession {
  readonly sessionId: SessionId;
  /** null: Docebo gives no readable end. */
  readonly endsAt: Date | null;
}

/**
 * `date_end` is held to be UTC, which Docebo nowhere says, and may be a date without a time. A session counts as past only when it has ended
 * in every reading: looking once more at one that is over costs a few calls, passing over one that is not costs its update.
 */
export const END_SLACK_MS = 36 * 3_600_000;

/** Items of a course's session list: `id` and `date_end`, seen in public clients. One without an id leaves the list incomplete. */
export function toListedSessions(list: DoceboList): {
  readonly sessions: readonly ListedSession[];
  readonly complete: boolean;
} {
  const sessions: ListedSession[] = [];
  for (const item of list.items) {
    const sessionId = isObject(item) ? (toId(item['id']) ?? toId(item['id_session'])) : null;
    if (isObject(item) && sessionId !== null) sessions.push({ sessionId, endsAt: toUtcDate(item['date_end']) });
  }
  return { sessions, complete: list.faults.length === 0 && sessions.length === list.items.length };
}

/** Sessions that have not ended for certain. A session without readable dates is one of them. */
export async function listFutureSessions(
  docebo: DoceboReader,
  { courseId, now }: { readonly courseId: CourseId; readonly now: Instant },
): ReturnType<TrainingSource['listFutureSessions']> {
  let list: DoceboList;
  try {
    list = await docebo.list('courseSessions', { course_id: courseId });
  } catch (error) {
    if (error instanceof InputError && error.context['upstreamCode'] === NO_SESSIONS) return { kind: 'no-sessions' };
    if (!(error instanceof NotFoundError)) throw error;
    return proveCourseGone(docebo, courseId, error);
  }
  const { sessions, complete } = toListedSessions(list);
  const pastBeforeMs = Date.parse(now) - END_SLACK_MS;
  const future = sessions.filter(({ endsAt }) => endsAt === null || endsAt.getTime() > pastBeforeMs);
  return { kind: 'sessions', sessionIds: [...new Set(future.map((s) => s.sessionId))], complete };
}

async function proveCourseGone(
  docebo: DoceboReader,
  courseId: CourseId,
  cause: NotFoundError,
): Promise<{ readonly kind: 'gone' }> {
  try {
    await docebo.get('course', { course_id: courseId });
  } catch (error) {
    if (error instanceof NotFoundError) return { kind: 'gone' };
    throw error;
  }
  throw new ContractError(
    `DOCEBO has course ${courseId} but no session list of it: check endpoints.courseSessions of the tenant profile`,
    { code: 'DOCEBO_CONTRACT', cause },
  );
}
