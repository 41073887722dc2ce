import { CommandError } from '../command-error';
import type { Draft } from '../draft';
import { canHaveSessions, type AdditionalField, type Override, type Session } from '../model';
import { command, is } from './command';
import { addOneEvent, eventSchema, type EventArgs } from './events';

interface SessionArgs {
  readonly name?: string;
  readonly code?: string;
  readonly description?: string;
  readonly rsvp?: Override;
  readonly hideAttendees?: Override;
  readonly instructorIds?: readonly number[];
  readonly maxEnroll?: number;
  readonly additionalFields?: readonly AdditionalField[];
}

interface NewSession extends SessionArgs {
  readonly id?: number;
  readonly courseId: number;
  readonly name: string;
  readonly events?: readonly EventArgs[];
}

const properties = {
  name: is.name,
  code: is.text,
  description: is.text,
  rsvp: is.override,
  hideAttendees: is.override,
  instructorIds: is.ids,
  maxEnroll: is.count,
  additionalFields: is.additionalFields,
};

export const createSession = command<NewSession, Session>(
  { id: is.id, courseId: is.id, events: { type: 'array', items: eventSchema }, ...properties },
  ['courseId', 'name'],
  (draft, { id: wanted, events = [], ...given }) => {
    const course = draft.get('courses', given.courseId);
    if (!canHaveSessions(course))
      throw new CommandError(400, `course ${course.id} is of type ${course.type}: it cannot have sessions`);
    draft.mustExist('users', given.instructorIds);
    const id = draft.newId('sessions', wanted);
    const session = draft.put('sessions', {
      code: `S-${id}`,
      description: '',
      rsvp: 'inherit',
      hideAttendees: 'inherit',
      instructorIds: [],
      maxEnroll: 30,
      additionalFields: [],
      ...given,
      id,
      uid: `S${id.toString(36).toUpperCase().padStart(6, '0')}`,
      status: 'active',
      cancelReason: '',
      createdAt: draft.nowIso,
      updatedAt: draft.nowIso,
    });
    draft.setEnrolments(id, []);
    draft.tell({ kind: 'extSession', courseId: course.id, sessionId: id });
    for (const event of events) addOneEvent(draft, session, event);
    return session;
  },
);

export const updateSession = command<SessionArgs & { readonly sessionId: number }, Session>(
  { sessionId: is.id, ...properties },
  ['sessionId'],
  (draft, { sessionId, ...changes }) => {
    draft.mustExist('users', changes.instructorIds);
    return change(draft, sessionId, changes);
  },
);

export const cancelSession = command<{ readonly sessionId: number; readonly reason: string }, Session>(
  { sessionId: is.id, reason: is.name },
  ['sessionId', 'reason'],
  (draft, { sessionId, reason }) => {
    if (draft.get('sessions', sessionId).status === 'cancelled')
      throw new CommandError(409, `session ${sessionId} is cancelled already`);
    return change(draft, sessionId, { status: 'cancelled', cancelReason: reason });
  },
);

export const restoreSession = command<{ readonly sessionId: number }, Session>(
  { sessionId: is.id },
  ['sessionId'],
  (draft, { sessionId }) => {
    if (draft.get('sessions', sessionId).status === 'active')
      throw new CommandError(409, `session ${sessionId} is not cancelled`);
    return change(draft, sessionId, { status: 'active', cancelReason: '' });
  },
);

export const deleteSession = command<{ readonly sessionId: number }, null>(
  { sessionId: is.id },
  ['sessionId'],
  (draft, { sessionId }) => {
    eraseSession(draft, draft.get('sessions', sessionId));
    return null;
  },
);

/** Removes a session with its events and enrolments; only the session's end is told, not each event's. */
export function eraseSession(draft: Draft, session: Session): void {
  const course = draft.get('courses', session.courseId);
  for (const event of draft.all('events')) if (event.sessionId === session.id) draft.remove('events', event.id);
  draft.dropEnrolments(session.id);
  draft.remove('sessions', session.id);
  draft.tell({ kind: 'extSession', courseId: course.id, sessionId: session.id });
  draft.tell({ kind: 'sessionDeleted', course, session });
}

/** Docebo tells of a session's change whether its RSVP switch is on or off: that is how a course switched off takes effect at "the next update". */
export function tellSessionChanged(draft: Draft, session: Session): void {
  draft.tell({ kind: 'extSession', courseId: session.courseId, sessionId: session.id });
}

function change(draft: Draft, sessionId: number, changes: Partial<Session>): Session {
  const session = draft.put('sessions', { ...draft.get('sessions', sessionId), ...changes, updatedAt: draft.nowIso });
  tellSessionChanged(draft, session);
  draft.tell({ kind: 'sessionUpdated', course: draft.get('courses', session.courseId), session });
  return session;
}
