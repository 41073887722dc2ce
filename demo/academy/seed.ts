import type { DoceboControl } from '../../simulators/docebo/control/client';
import { COURSES, LEARNING_PLANS, PLAN } from './courses';
import { Days } from './days';
import { instructors, learners, someLearners } from './people';
import { CLASSROOMS, LOCATIONS } from './places';
import { sessions } from './sessions';

/** The sender's limit of payloads in one message does not matter here; what matters is that each session is one change. */
export async function seedAcademy(docebo: DoceboControl, today: Date): Promise<void> {
  await docebo.run('create-users', { users: [...instructors(), ...learners()] });
  await docebo.batch([
    ...LOCATIONS.map((args) => ({ command: 'create-location' as const, args })),
    ...CLASSROOMS.map((args) => ({ command: 'create-classroom' as const, args })),
    ...COURSES.map((args) => ({ command: 'create-course' as const, args })),
    ...LEARNING_PLANS.map((args) => ({ command: 'create-learning-plan' as const, args })),
    { command: 'enrol-in-plan', args: { planId: PLAN.newJoiners, userIds: someLearners(1, 48) } },
    { command: 'enrol-in-plan', args: { planId: PLAN.salesPath, userIds: someLearners(194, 58) } },
  ]);
  for (const { session, learners: who } of sessions(new Days(today))) {
    await docebo.batch([
      { command: 'create-session', args: session },
      { command: 'enrol', args: { sessionId: session.id, userIds: someLearners(who.from, who.count) } },
    ]);
  }
}
