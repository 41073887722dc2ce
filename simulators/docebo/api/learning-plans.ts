import type { LearningPlan } from '../academy/model';
import type { Profile } from '../profile';
import type { Json } from '../wire/json';
import { planCourseResource } from '../wire/resources';
import { ApiError } from './api-error';
import { found, get, toRoutePath, type Call, type Endpoint } from './endpoint';

export function learningPlanEndpoints({ endpoints, fields }: Profile): Endpoint[] {
  const base = '/learningplan/v1/learningplans';
  return [
    get(base, 'learningPlans', 'List of learning plans', plans),
    get(`${base}/enrollments`, 'learningPlanEnrollments', 'Enrollments of learning plans', planEnrollments),
    get(
      `${base}/:learning_plan_id/courses/enrollments`,
      'learningPlanCourseEnrollments',
      'Course enrollments of a learning plan',
      courseEnrollments,
    ),
    get(toRoutePath(endpoints.learningPlanCourses), 'learningPlanCourses', 'Courses of a learning plan', (call) => {
      const plan = planOf(call);
      const items = plan.courseIds.map((id) => planCourseResource(call.reading, id));
      return call.page('learningPlanCourses', items, {
        ofId: plan.id,
        idPointer: fields.learningPlanCourse.courseId[0],
      });
    }),
    {
      method: 'POST',
      path: `${base}/:learning_plan_id/enrollments/:user_id`,
      kind: 'learningPlanEnroll',
      summary: 'Enroll a user in a learning plan',
      handle: enroll,
    },
  ];
}

function planOf(call: Call): LearningPlan {
  const id = call.id('learning_plan_id');
  return found(call.reading.state.learningPlans[id], `Learning plan ${id}`);
}

function plans(call: Call): Json {
  const items = Object.values(call.reading.state.learningPlans).map((plan) => ({
    learning_plan_id: plan.id,
    code: plan.code,
    name: plan.name,
  }));
  return call.page('learningPlans', items, { idPointer: '/learning_plan_id' });
}

function planEnrollments(call: Call): Json {
  const { state } = call.reading;
  const items = Object.values(state.learningPlans).flatMap((plan) =>
    plan.userIds.map((userId) => ({
      learning_plan_id: plan.id,
      user_id: userId,
      username: state.users[userId]?.username ?? '',
      enrollment_status: 'not_started',
    })),
  );
  return call.page('learningPlanEnrollments', items, { idPointer: '/user_id' });
}

function courseEnrollments(call: Call): Json {
  const plan = planOf(call);
  const items = plan.userIds.flatMap((userId) =>
    plan.courseIds.map((courseId) => ({ user_id: userId, course_id: courseId, enrollment_status: 'not_started' })),
  );
  return call.page('learningPlanCourseEnrollments', items, { ofId: plan.id, idPointer: '/user_id' });
}

function enroll(call: Call): Json {
  const plan = planOf(call);
  const userId = call.id('user_id');
  if (call.reading.state.users[userId] === undefined) throw new ApiError(404, `User ${userId} not found`);
  call.tenant.academy.run([{ command: 'enrol-in-plan', args: { planId: plan.id, userIds: [userId] } }]);
  return call.one({ success: true });
}
