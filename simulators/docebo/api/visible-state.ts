import type { AcademyState, Table } from '../academy/model';
import type { Rights } from '../tenant-settings';

/** What a caller of this level gets to see: what is hidden is as if it did not exist, in lists and by id. */
export function visibleState(state: AcademyState, rights: Rights): AcademyState {
  const hidden = new Set(rights.hiddenCourseIds);
  const sees = (course: { id: number; isPublished: boolean }) =>
    !hidden.has(course.id) && (course.isPublished || rights.level === 'godadmin');
  if (Object.values(state.courses).every(sees)) return state;
  const courses = only(state.courses, sees);
  const sessions = only(state.sessions, (session) => session.courseId in courses);
  return { ...state, courses, sessions, events: only(state.events, (event) => event.sessionId in sessions) };
}

function only<T>(table: Table<T>, keep: (entity: T) => boolean): Table<T> {
  return Object.fromEntries(Object.entries(table).filter(([, entity]) => keep(entity)));
}
