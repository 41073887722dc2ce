import { CommandError } from '../command-error';
import type { Draft } from '../draft';
import type { LearningPlan } from '../model';
import { command, is } from './command';
import { enrolmentOf, removeFromSession } from './enrolments';

interface PlanArgs {
  readonly name?: string;
  readonly code?: string;
  readonly courseIds?: readonly number[];
}

const properties = { name: is.name, code: is.text, courseIds: is.ids };

export const createLearningPlan = command<PlanArgs & { readonly id?: number; readonly name: string }, LearningPlan>(
  { id: is.id, ...properties },
  ['name'],
  (draft, { id: wanted, ...given }) => {
    draft.mustExist('courses', given.courseIds);
    const id = draft.newId('learningPlans', wanted);
    return draft.put('learningPlans', { code: `LP-${id}`, courseIds: [], userIds: [], ...given, id });
  },
);

export const updateLearningPlan = command<PlanArgs & { readonly planId: number }, LearningPlan>(
  { planId: is.id, ...properties },
  ['planId'],
  (draft, { planId, ...changes }) => {
    draft.mustExist('courses', changes.courseIds);
    return draft.put('learningPlans', { ...draft.get('learningPlans', planId), ...changes });
  },
);

const who = { planId: is.id, userIds: is.someIds };

interface Who {
  readonly planId: number;
  readonly userIds: readonly number[];
}

/** Joining a plan gives access to its courses; nobody gets a seat in a session by it. */
export const enrolInPlan = command<Who, LearningPlan>(who, ['planId', 'userIds'], (draft, { planId, userIds }) => {
  draft.mustExist('users', userIds);
  const plan = draft.get('learningPlans', planId);
  return draft.put('learningPlans', { ...plan, userIds: [...new Set([...plan.userIds, ...userIds])] });
});

/** Leaving a plan also ends the seats in its courses' sessions, and Docebo tells of the plan only: no session event follows. */
export const unenrolFromPlan = command<Who, LearningPlan>(who, ['planId', 'userIds'], (draft, { planId, userIds }) => {
  for (const userId of userIds) {
    const plan = draft.get('learningPlans', planId);
    if (!plan.userIds.includes(userId))
      throw new CommandError(404, `user ${userId} is not enrolled in learning plan ${planId}`);
    draft.put('learningPlans', { ...plan, userIds: plan.userIds.filter((id) => id !== userId) });
    leaveSessions(draft, plan, userId);
    draft.tell({ kind: 'learningPlanUnenrolled', planId, userId });
  }
  return draft.get('learningPlans', planId);
});

/** A course that another plan of the learner's also holds keeps them. */
function leaveSessions(draft: Draft, plan: LearningPlan, userId: number): void {
  const kept = draft.all('learningPlans').filter((p) => p.userIds.includes(userId));
  const left = plan.courseIds.filter((courseId) => !kept.some((p) => p.courseIds.includes(courseId)));
  for (const session of draft.all('sessions')) {
    const row = enrolmentOf(draft, session.id, userId);
    if (left.includes(session.courseId) && row !== undefined && row.status !== 'inactive')
      removeFromSession(draft, session.id, userId, false);
  }
}
