import { CommandError } from '../command-error';
import type { Draft } from '../draft';
import type { Session, SessionEvent } from '../model';
import { problemWith } from '../times';
import { command, is } from './command';

type Changes = Partial<Omit<SessionEvent, 'id' | 'sessionId'>>;

export type EventArgs = Changes &
  Pick<SessionEvent, 'date' | 'timeBegin' | 'timeEnd' | 'timezone'> & { readonly id?: number };

const properties = {
  name: is.text,
  description: is.text,
  date: is.date,
  timeBegin: is.time,
  timeEnd: is.time,
  timezone: is.name,
  locationId: is.idOrNull,
  classroomId: is.idOrNull,
  webinarTool: is.textOrNull,
  webinarUrl: is.textOrNull,
  instructorIds: is.ids,
};
const required = ['date', 'timeBegin', 'timeEnd', 'timezone'] as const;

/** An event inside the arguments of `create-session`. */
export const eventSchema = {
  type: 'object',
  additionalProperties: false,
  properties: { id: is.id, ...properties },
  required,
};

export const addEvent = command<EventArgs & { readonly sessionId: number }, SessionEvent>(
  { id: is.id, sessionId: is.id, ...properties },
  ['sessionId', ...required],
  (draft, { sessionId, ...event }) => addOneEvent(draft, draft.get('sessions', sessionId), event),
);

/** Any change of an event: its time, zone, place, room, webinar, texts or instructors. */
export const updateEvent = command<Changes & { readonly eventId: number }, SessionEvent>(
  { eventId: is.id, ...properties },
  ['eventId'],
  (draft, { eventId, ...changes }) => {
    const event = { ...draft.get('events', eventId), ...changes };
    check(draft, event);
    draft.put('events', event);
    tell(draft, event);
    return event;
  },
);

export const removeEvent = command<{ readonly eventId: number }, null>(
  { eventId: is.id },
  ['eventId'],
  (draft, { eventId }) => {
    const event = draft.get('events', eventId);
    draft.remove('events', eventId);
    tell(draft, event);
    return null;
  },
);

export function addOneEvent(draft: Draft, session: Session, { id, ...given }: EventArgs): SessionEvent {
  const event = {
    name: `Day ${draft.all('events').filter((e) => e.sessionId === session.id).length + 1}`,
    description: '',
    locationId: null,
    classroomId: null,
    webinarTool: null,
    webinarUrl: null,
    instructorIds: [],
    ...given,
    id: draft.newId('events', id),
    sessionId: session.id,
  };
  check(draft, event);
  draft.put('events', event);
  tell(draft, event);
  return event;
}

function check(draft: Draft, event: SessionEvent): void {
  const problem = problemWith(event);
  if (problem !== undefined) throw new CommandError(400, problem);
  if (event.locationId !== null) draft.get('locations', event.locationId);
  if (event.classroomId !== null) {
    const classroom = draft.get('classrooms', event.classroomId);
    if (classroom.locationId !== event.locationId)
      throw new CommandError(
        400,
        `classroom ${classroom.id} belongs to location ${classroom.locationId}: give that location with it`,
      );
  }
  draft.mustExist('users', event.instructorIds);
}

function tell(draft: Draft, event: SessionEvent): void {
  const { courseId } = draft.get('sessions', event.sessionId);
  draft.tell({ kind: 'extEvent', courseId, sessionId: event.sessionId, eventId: event.id });
}
