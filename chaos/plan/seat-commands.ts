import type { ChangeKind } from './changes';
import { isInstructor, pickSession, seatsOf, type Command, type CommandsOf, type Scene } from './scene';

type SeatChange = Extract<
  ChangeKind,
  'enrol' | 'enrolMany' | 'unenrol' | 'unenrolKeepRow' | 'waitingList' | 'promote' | 'reshuffle' | 'backAndForth'
>;

/** Who has a seat. */
export const seatCommands: Readonly<Record<SeatChange, CommandsOf>> = {
  enrol: (scene) => enrol(scene, 3),
  enrolMany: (scene) => enrol(scene, 14, 'active'),
  waitingList: (scene) => enrol(scene, 3, 'waiting'),
  unenrol: (scene) => unenrol(scene, false),
  unenrolKeepRow: (scene) => unenrol(scene, true),

  promote(scene) {
    const { truth, draw } = scene;
    const waiting = truth.sessions.filter(({ id }) => seatsOf(truth, id, 'waiting').length > 0);
    const session = draw.pick(waiting);
    if (session === undefined) return [];
    return [who('promote', session.id, draw.some(seatsOf(truth, session.id, 'waiting'), 3))];
  },

  /** One process that empties seats and fills them: the numbers stay as they were. */
  reshuffle(scene) {
    const { truth, draw } = scene;
    const session = pickSession(scene);
    if (session === undefined) return [];
    const leaving = draw.some(seatsOf(truth, session.id, 'active'), 3);
    const joining = draw.some(outside(scene, session.id), 3);
    return [
      ...(leaving.length > 0 ? [who('unenrol', session.id, leaving)] : []),
      ...(joining.length > 0 ? [who('enrol', session.id, joining, 'active')] : []),
    ];
  },

  /** Gives seats up and takes them back in one go: nothing has changed. */
  backAndForth(scene) {
    const { truth, draw } = scene;
    const session = pickSession(scene);
    const people = session === undefined ? [] : draw.some(seatsOf(truth, session.id, 'active'), 2);
    if (session === undefined || people.length === 0) return [];
    return [who('unenrol', session.id, people), who('enrol', session.id, people, 'active')];
  },
};

function enrol(scene: Scene, atMost: number, status?: 'active' | 'waiting'): readonly Command[] {
  const session = pickSession(scene);
  if (session === undefined) return [];
  const people = scene.draw.some(outside(scene, session.id), atMost);
  return people.length === 0 ? [] : [who('enrol', session.id, people, status)];
}

function unenrol(scene: Scene, keepRow: boolean): readonly Command[] {
  const { truth, draw } = scene;
  const session = pickSession(scene);
  const people = session === undefined ? [] : draw.some(seatsOf(truth, session.id, 'active', 'waiting'), 3);
  if (session === undefined || people.length === 0) return [];
  return [{ command: 'unenrol', args: { sessionId: session.id, userIds: people, ...(keepRow ? { keepRow } : {}) } }];
}

function outside({ truth }: Scene, sessionId: number): number[] {
  const inside = new Set(seatsOf(truth, sessionId, 'active', 'waiting'));
  return truth.users.filter((user) => !isInstructor(user) && !inside.has(user.id)).map(({ id }) => id);
}

function who(command: string, sessionId: number, userIds: readonly number[], status?: string): Command {
  return { command, args: { sessionId, userIds, ...(status === undefined ? {} : { status }) } };
}
