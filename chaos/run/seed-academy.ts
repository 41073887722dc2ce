import type { DoceboSimulator } from '../../simulators/docebo/server';
import { truthOf } from '../../simulators/docebo/academy/truth';
import { Draw } from '../plan/draw';
import { newSession } from '../plan/session-commands';
import { daysAhead } from '../plan/to-commands';

const LEARNERS = 26;
const TEACHERS = 4;
const COURSES = 4;
const SESSIONS = 8;

/** A small academy, so that changes meet each other. Nobody is told: the first sweep finds it. */
export function seedAcademy({ academy }: DoceboSimulator, seed: number): void {
  const run = (command: string, args: object): unknown => academy.run([{ command, args }], { silent: true })[0];
  const draw = new Draw(seed);
  const users = Array.from({ length: LEARNERS + TEACHERS }, (_, i) => ({
    firstName: `First${i}`,
    lastName: i < TEACHERS ? `Teacher${i}` : `Learner${i}`,
    email: `person${i}@academy.example`,
  }));
  run('create-users', { users });
  for (const house of ['North', 'South']) {
    const { id } = run('create-location', { name: `House ${house}`, address: `${house} street 1` }) as { id: number };
    for (const room of ['1', '2']) run('create-classroom', { name: `Room ${house} ${room}`, locationId: id });
  }
  for (let i = 0; i < COURSES; i++) run('create-course', { name: `Course ${i}`, rsvp: i !== 3, type: 'classroom' });
  const { courses, users: people } = truthOf(academy);
  for (let i = 0; i < SESSIONS; i++) {
    const scene = { truth: truthOf(academy), draw, day: daysAhead };
    const { id } = run('create-session', newSession(scene, courses[i % COURSES]!.id)) as { id: number };
    const learners = people.filter(({ lastName }) => lastName.startsWith('Learner'));
    run('enrol', { sessionId: id, userIds: draw.some(learners, 8).map((user) => user.id) });
  }
  const userIds = people.map(({ id }) => id);
  for (const part of [courses.slice(0, 2), courses.slice(1, 3)])
    run('create-learning-plan', { name: 'Path', courseIds: part.map(({ id }) => id) });
  for (const plan of truthOf(academy).learningPlans)
    run('enrol-in-plan', { planId: plan.id, userIds: draw.some(userIds, 20) });
}
