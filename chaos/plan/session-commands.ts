import type { ChangeKind } from './changes';
import { isInstructor, pickSession, type Command, type CommandsOf, type Scene } from './scene';

type SessionChange = Extract<
  ChangeKind,
  | 'moveEvent'
  | 'renameEvent'
  | 'addEvent'
  | 'removeEvent'
  | 'eventInstructors'
  | 'sessionInstructors'
  | 'room'
  | 'webinar'
  | 'renameSession'
  | 'sessionText'
  | 'hideAttendees'
  | 'sessionSwitch'
  | 'cancelSession'
  | 'restoreSession'
  | 'deleteSession'
  | 'createSession'
>;

const ZONES = ['Europe/Rome', 'America/New_York', 'Asia/Kolkata', 'UTC', 'Asia/Tokyo'];
const OVERRIDES = ['inherit', 'on', 'off'] as const;
/** More would make the academy grow. */
const MOST_SESSIONS = 12;
const MOST_EVENTS = 4;

/** Sessions and their events. */
export const sessionCommands: Readonly<Record<SessionChange, CommandsOf>> = {
  moveEvent: (scene) => change(scene, () => times(scene)),
  renameEvent: (scene) => change(scene, () => ({ name: `Day ${scene.draw.between(1, 99)}` })),
  eventInstructors: (scene) => change(scene, () => ({ instructorIds: teachers(scene) })),
  webinar: (scene) =>
    change(scene, () => {
      const none = { locationId: null, classroomId: null };
      return { ...none, webinarTool: 'teams', webinarUrl: `https://teams.example/${scene.draw.between(1, 9)}` };
    }),
  room: (scene) => change(scene, () => ({ ...place(scene), webinarTool: null, webinarUrl: null })),

  addEvent(scene) {
    const session = pickSession(scene);
    const there = scene.truth.events.filter((e) => e.sessionId === session?.id).length;
    if (session === undefined || there >= MOST_EVENTS) return [];
    return [{ command: 'add-event', args: { sessionId: session.id, ...times(scene), ...place(scene) } }];
  },
  removeEvent(scene) {
    const event = scene.draw.pick(scene.truth.events);
    return event === undefined ? [] : [{ command: 'remove-event', args: { eventId: event.id } }];
  },

  sessionInstructors: (scene) => update(scene, { instructorIds: teachers(scene) }),
  renameSession: (scene) => update(scene, { name: `Cohort ${scene.draw.between(1, 999)}` }),
  sessionText: (scene) => update(scene, { description: `<p>Bring item <b>${scene.draw.between(1, 999)}</b>.</p>` }),
  hideAttendees: (scene) => update(scene, { hideAttendees: scene.draw.pick(OVERRIDES) }),
  sessionSwitch: (scene) => update(scene, { rsvp: scene.draw.happens(0.3) ? 'off' : scene.draw.pick(OVERRIDES) }),

  cancelSession: (scene) => ofStatus(scene, 'active', 'cancel-session', { reason: 'Too few people' }),
  restoreSession: (scene) => ofStatus(scene, 'cancelled', 'restore-session', {}),
  deleteSession(scene) {
    const session = scene.truth.sessions.length > 4 ? pickSession(scene) : undefined;
    return session === undefined ? [] : [{ command: 'delete-session', args: { sessionId: session.id } }];
  },
  createSession(scene) {
    const course = scene.draw.pick(scene.truth.courses);
    if (course === undefined || scene.truth.sessions.length >= MOST_SESSIONS) return [];
    return [{ command: 'create-session', args: newSession(scene, course.id) }];
  },
};

export function newSession(scene: Scene, courseId: number): Readonly<Record<string, unknown>> {
  const { draw } = scene;
  const events = Array.from({ length: draw.between(1, 3) }, () => ({ ...times(scene), ...place(scene) }));
  const name = `Cohort ${draw.between(1, 999)}`;
  return { courseId, name, instructorIds: teachers(scene), maxEnroll: draw.between(4, 30), events };
}

function change(scene: Scene, changes: () => Readonly<Record<string, unknown>>): readonly Command[] {
  const event = scene.draw.pick(scene.truth.events);
  return event === undefined ? [] : [{ command: 'update-event', args: { eventId: event.id, ...changes() } }];
}

function update(scene: Scene, changes: Readonly<Record<string, unknown>>): readonly Command[] {
  const session = pickSession(scene);
  return session === undefined ? [] : [{ command: 'update-session', args: { sessionId: session.id, ...changes } }];
}

function ofStatus(
  { truth, draw }: Scene,
  status: string,
  command: string,
  more: Readonly<Record<string, unknown>>,
): readonly Command[] {
  const session = draw.pick(truth.sessions.filter((s) => s.status === status));
  return session === undefined ? [] : [{ command, args: { sessionId: session.id, ...more } }];
}

/** Within the days that every sweep looks at, and far enough that nothing ends meanwhile. */
function times({ draw, day }: Scene) {
  const begin = draw.between(6, 21);
  const time = (hour: number): string => `${String(hour).padStart(2, '0')}:${draw.pick(['00', '30'])}`;
  return {
    date: day(draw.between(3, 12)),
    timeBegin: time(begin),
    timeEnd: time(begin + draw.between(1, 2)),
    timezone: draw.pick(ZONES) ?? 'UTC',
  };
}

function place({ truth, draw }: Scene) {
  const room = draw.pick(truth.classrooms);
  return room === undefined || draw.happens(0.2) ? {} : { locationId: room.locationId, classroomId: room.id };
}

/** Now and then one of the learners teaches, who may have a seat as well. */
function teachers({ truth, draw }: Scene): number[] {
  const who = truth.users.filter((user) => isInstructor(user) || draw.happens(0.03));
  return draw.happens(0.2)
    ? []
    : draw.some(
        who.map(({ id }) => id),
        2,
      );
}
