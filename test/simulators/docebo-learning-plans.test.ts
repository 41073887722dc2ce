import { Receiver, seedSmall, startDocebo, type Harness } from './docebo-harness';

describe('Docebo simulator: learning plans', () => {
  let docebo: Harness;
  let receiver: Receiver;
  let seed: Awaited<ReturnType<typeof seedSmall>>;
  let userIds: number[];
  let planId: number;
  beforeEach(async () => {
    docebo = await startDocebo();
    receiver = new Receiver();
    seed = await seedSmall(docebo.control);
    userIds = seed.users.slice(0, 2).map((user) => user.id);
    planId = (await docebo.control.run('create-learning-plan', { name: 'Newcomers', courseIds: [seed.course.id] }))
      .result.id;
    await docebo.control.run('enrol-in-plan', { planId, userIds });
    await docebo.control.run('enrol', { sessionId: seed.session.id, userIds });
    await docebo.control.addWebhook({ url: await receiver.listen() });
  });
  afterEach(async () => {
    await docebo.close();
    await receiver.close();
  });

  it('takes the learner off the sessions of the plan and tells of the plan only', async () => {
    const [leaving = 0, staying = 0] = userIds;

    await docebo.control.run('unenrol-from-plan', { planId, userIds: [leaving] });
    await docebo.control.whenIdle();

    expect(receiver.bodies).toMatchObject([
      {
        event: 'learningplan.enrollment.deleted',
        fired_by_batch_action: false,
        payload: { user_id: leaving, learning_plan_id: planId },
      },
    ]);
    expect(receiver.events[0]?.payload).not.toHaveProperty('session_id');
    const { data } = await docebo.get(`/course/v1/sessions/${seed.session.id}/enrollments`);
    expect(data.items).toMatchObject([{ user_id: staying }]);
  });

  it('keeps the learner in a course that another plan of theirs holds', async () => {
    const other = (await docebo.control.run('create-learning-plan', { name: 'Again', courseIds: [seed.course.id] }))
      .result;
    await docebo.control.run('enrol-in-plan', { planId: other.id, userIds });

    await docebo.control.run('unenrol-from-plan', { planId, userIds });

    const { data } = await docebo.get(`/course/v1/sessions/${seed.session.id}/enrollments`);
    expect(data.total_count).toBe(2);
  });

  it('groups several leavers in one message', async () => {
    await docebo.control.run('unenrol-from-plan', { planId, userIds });
    await docebo.control.whenIdle();

    expect(receiver.bodies).toMatchObject([
      { fired_by_batch_action: true, payloads: userIds.map((user_id) => ({ user_id, learning_plan_id: planId })) },
    ]);
  });

  it('refuses to unenrol somebody who is not in the plan', async () => {
    const outsider = seed.users[3]?.id as number;

    await expect(docebo.control.run('unenrol-from-plan', { planId, userIds: [outsider] })).rejects.toThrow(
      `user ${outsider} is not enrolled in learning plan ${planId}`,
    );
  });

  it('lists plans, their courses and their learners', async () => {
    const base = '/learningplan/v1/learningplans';
    const items = async (path: string) => (await docebo.get(path)).data.items;

    expect(await items(base)).toMatchObject([{ learning_plan_id: planId, name: 'Newcomers' }]);
    expect(await items(`${base}/${planId}/courses`)).toEqual([{ name: 'Safety', course_id: seed.course.id }]);
    expect(await items(`${base}/enrollments?extra_fields[]=enrollment_status`)).toMatchObject(
      userIds.map((user_id) => ({ learning_plan_id: planId, user_id })),
    );
    expect(await items(`${base}/${planId}/courses/enrollments`)).toHaveLength(2);
    expect((await docebo.get(`/learn/v1/courses/${seed.course.id}`)).data.learningplans).toEqual([{ id: planId }]);
    await docebo.get(`${base}/9/courses`, 404);
  });

  it('enrols a learner by the API', async () => {
    const newcomer = seed.users[2]?.id as number;

    const answer = await docebo.request(`/learningplan/v1/learningplans/${planId}/enrollments/${newcomer}`, {
      method: 'POST',
    });

    expect(answer.status).toBe(200);
    expect((await docebo.control.truth()).learningPlans[0]?.userIds).toEqual([...userIds, newcomer]);
  });
});
