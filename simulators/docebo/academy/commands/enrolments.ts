import { CommandError } from '../command-error';
import type { Draft } from '../draft';
import type { Enrolment, Session } from '../model';
import { command, is } from './command';
import { tellSessionChanged } from './sessions';

interface Who {
  readonly sessionId: number;
  readonly userIds: readonly number[];
}

const who = { sessionId: is.id, userIds: is.someIds };

/** Enrols in the session, and thereby in all its events. Without `status`, whoever finds no free seat goes to the waiting list. */
export const enrol = command<Who & { readonly status?: 'active' | 'waiting' }, Enrolment[]>(
  { ...who, status: { enum: ['active', 'waiting'] } },
  ['sessionId', 'userIds'],
  (draft, { sessionId, userIds, status }) => {
    const session = draft.get('sessions', sessionId);
    return userIds.map((userId) => {
      draft.get('users', userId);
      const row: Enrolment = {
        userId,
        status: status ?? (hasFreeSeat(draft, session) ? 'active' : 'waiting'),
        completed: false,
        enrolledAt: draft.nowIso,
      };
      if (enrolmentOf(draft, sessionId, userId)?.status === row.status)
        throw new CommandError(409, `user ${userId} is enrolled in session ${sessionId} already (${row.status})`);
      const isNew = !isInCourse(draft, session.courseId, userId);
      draft.setEnrolments(sessionId, [...draft.enrolments(sessionId).filter((r) => r.userId !== userId), row]);
      tellSessionChanged(draft, session);
      tellEnrolment(draft, session, row, isNew ? 'created' : 'updated');
      return row;
    });
  },
);

/** With `keepRow` the people stay on the list as inactive, as some Docebo lists show them. */
export const unenrol = command<Who & { readonly keepRow?: boolean }, null>(
  { ...who, keepRow: is.flag },
  ['sessionId', 'userIds'],
  (draft, { sessionId, userIds, keepRow = false }) => {
    const session = draft.get('sessions', sessionId);
    for (const userId of userIds) {
      const row = removeFromSession(draft, sessionId, userId, keepRow);
      tellSessionChanged(draft, session);
      tellEnrolment(draft, session, row, isInCourse(draft, session.courseId, userId) ? 'updated' : 'deleted');
    }
    return null;
  },
);

/** From the waiting list to a seat. */
export const promote = command<Who, Enrolment[]>(who, ['sessionId', 'userIds'], (draft, { sessionId, userIds }) =>
  userIds.map((userId) => {
    if (mustBeEnrolled(draft, sessionId, userId).status !== 'waiting')
      throw new CommandError(409, `user ${userId} is not on the waiting list of session ${sessionId}`);
    return changeRow(draft, sessionId, userId, { status: 'active' }, 'updated');
  }),
);

/** Marks as completed: the learner still holds their seat. Fires the most specific enrolment event only. */
export const completeEnrolment = command<Who, Enrolment[]>(
  who,
  ['sessionId', 'userIds'],
  (draft, { sessionId, userIds }) =>
    userIds.map((userId) => changeRow(draft, sessionId, userId, { completed: true }, 'completed')),
);

/** Takes one person off a session's list without telling anybody; returns their former row. */
export function removeFromSession(draft: Draft, sessionId: number, userId: number, keepRow: boolean): Enrolment {
  const row = mustBeEnrolled(draft, sessionId, userId);
  const others = draft.enrolments(sessionId).filter((r) => r.userId !== userId);
  draft.setEnrolments(sessionId, keepRow ? [...others, { ...row, status: 'inactive' }] : others);
  return row;
}

export function enrolmentOf(draft: Draft, sessionId: number, userId: number): Enrolment | undefined {
  return draft.enrolments(sessionId).find((row) => row.userId === userId);
}

function mustBeEnrolled(draft: Draft, sessionId: number, userId: number): Enrolment {
  draft.get('sessions', sessionId);
  const row = enrolmentOf(draft, sessionId, userId);
  if (row === undefined || row.status === 'inactive')
    throw new CommandError(404, `user ${userId} is not enrolled in session ${sessionId}`);
  return row;
}

function changeRow(
  draft: Draft,
  sessionId: number,
  userId: number,
  changes: Partial<Enrolment>,
  verb: 'updated' | 'completed',
): Enrolment {
  const changed = { ...mustBeEnrolled(draft, sessionId, userId), ...changes };
  draft.setEnrolments(
    sessionId,
    draft.enrolments(sessionId).map((row) => (row.userId === userId ? changed : row)),
  );
  const session = draft.get('sessions', sessionId);
  tellSessionChanged(draft, session);
  tellEnrolment(draft, session, changed, verb);
  return changed;
}

function tellEnrolment(
  draft: Draft,
  session: Session,
  row: Enrolment,
  verb: 'created' | 'updated' | 'deleted' | 'completed',
): void {
  const course = draft.get('courses', session.courseId);
  const user = draft.get('users', row.userId);
  draft.tell({ kind: 'enrolment', verb, course, user, enrolledAt: row.enrolledAt });
}

function hasFreeSeat(draft: Draft, session: Session): boolean {
  return draft.enrolments(session.id).filter((row) => row.status === 'active').length < session.maxEnroll;
}

/** Docebo enrols in the course with the first session, and takes that back with the last. */
function isInCourse(draft: Draft, courseId: number, userId: number): boolean {
  return draft.all('sessions').some((session) => {
    const row = session.courseId === courseId ? enrolmentOf(draft, session.id, userId) : undefined;
    return row !== undefined && row.status !== 'inactive';
  });
}
