import type { ChangeKind } from './changes';
import { isInstructor, type Command, type CommandsOf, type Scene } from './scene';

type OtherChange = Extract<
  ChangeKind,
  | 'courseSwitch'
  | 'courseText'
  | 'courseHide'
  | 'deleteCourse'
  | 'userAddress'
  | 'userName'
  | 'userDeactivated'
  | 'userDeleted'
  | 'locationRenamed'
  | 'joinPlan'
  | 'leavePlan'
>;

/** Courses, people, places and learning plans. */
export const otherCommands: Readonly<Record<OtherChange, CommandsOf>> = {
  courseSwitch: (scene) => course(scene, { rsvp: scene.draw.happens(0.65) }),
  courseText: (scene) => course(scene, { description: `<p>Edition ${scene.draw.between(1, 999)}</p>` }),
  courseHide: (scene) => course(scene, { hideAttendees: scene.draw.happens(0.5) }),
  /** Another takes its place, or the academy would run out of them. */
  deleteCourse({ truth, draw }) {
    const one = draw.pick(truth.courses);
    if (one === undefined) return [];
    return [
      { command: 'delete-course', args: { courseId: one.id } },
      { command: 'create-course', args: { name: `Course ${draw.between(1, 999)}`, rsvp: true } },
    ];
  },
  userAddress: (scene) => user(scene, () => ({ email: `person${scene.draw.between(1_000, 999_999)}@academy.example` })),
  userName: (scene) => user(scene, () => ({ firstName: `Name${scene.draw.between(1, 999)}` })),
  userDeactivated: (scene) => user(scene, () => ({ valid: scene.draw.happens(0.5) })),
  userDeleted({ truth, draw }) {
    const teaching = new Set([...truth.sessions, ...truth.events].flatMap((it) => it.instructorIds));
    const one = draw.pick(truth.users.filter((u) => !isInstructor(u) && !teaching.has(u.id)));
    if (one === undefined) return [];
    const next = { firstName: 'Next', lastName: 'Learner', email: `next${draw.salt()}@academy.example` };
    return [
      { command: 'delete-user', args: { userId: one.id } },
      { command: 'create-user', args: next },
    ];
  },
  locationRenamed({ truth, draw }) {
    const one = draw.pick(truth.locations);
    if (one === undefined) return [];
    return [{ command: 'update-location', args: { locationId: one.id, name: `House ${draw.between(1, 999)}` } }];
  },
  joinPlan({ truth, draw }) {
    const plan = draw.pick(truth.learningPlans);
    const outside = truth.users.filter(({ id }) => plan?.userIds.includes(id) === false);
    if (plan === undefined || outside.length === 0) return [];
    return [{ command: 'enrol-in-plan', args: { planId: plan.id, userIds: draw.some(ids(outside), 4) } }];
  },
  leavePlan({ truth, draw }) {
    const plan = draw.pick(truth.learningPlans);
    if (plan === undefined || plan.userIds.length === 0) return [];
    return [{ command: 'unenrol-from-plan', args: { planId: plan.id, userIds: draw.some(plan.userIds, 2) } }];
  },
};

function course({ truth, draw }: Scene, changes: Readonly<Record<string, unknown>>): readonly Command[] {
  const one = draw.pick(truth.courses);
  return one === undefined ? [] : [{ command: 'update-course', args: { courseId: one.id, ...changes } }];
}

function user({ truth, draw }: Scene, changes: () => Readonly<Record<string, unknown>>): readonly Command[] {
  const one = draw.pick(truth.users);
  return one === undefined ? [] : [{ command: 'update-user', args: { userId: one.id, ...changes() } }];
}

function ids(items: readonly { readonly id: number }[]): number[] {
  return items.map(({ id }) => id);
}
