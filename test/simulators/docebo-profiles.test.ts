import { toProfile } from '../../simulators/docebo/profile';
import { profileNamed, Receiver, seedSmall, startDocebo, type Harness, type Json } from './docebo-harness';

describe('Docebo simulator: a tenant with other names', () => {
  let docebo: Harness;
  let receiver: Receiver;
  let seed: Awaited<ReturnType<typeof seedSmall>>;
  beforeEach(async () => {
    docebo = await startDocebo('assumed-v2');
    receiver = new Receiver();
    seed = await seedSmall(docebo.control);
    await docebo.control.run('enrol', { sessionId: seed.session.id, userIds: [user(0)] });
    await docebo.control.run('enrol', { sessionId: seed.session.id, userIds: [user(1)], status: 'waiting' });
    await docebo.control.run('update-session', {
      sessionId: seed.session.id,
      description: 'Two days',
      hideAttendees: 'on',
      instructorIds: [user(3)],
    });
  });
  afterEach(async () => {
    await docebo.close();
    await receiver.close();
  });

  const user = (index: number) => seed.users[index]?.id as number;

  it('writes unpublished fields where the profile has them, and published ones where they always are', async () => {
    const { data } = await docebo.get(`/course/v1/sessions/${seed.session.id}`);

    const instructor = { id_user: user(3), firstname: 'Edsger', lastname: 'Wybe', username: seed.users[3]?.username };
    expect(data).toEqual({
      id: seed.session.id,
      name: 'Spring Édition 1',
      course: { name: 'Safety' },
      id_course: seed.course.id,
      info: { description: 'Two days' },
      lifecycle: { state: 'open' },
      options: { ext_calendar: { mode: 'inherit', hide_mode: 'on' } },
      instructors: [instructor],
      staff: { instructors: [instructor] },
      additional_fields: [],
    });
  });

  it('writes the times of events in UTC, with their own zone beside them', async () => {
    const { data } = await docebo.get(`/course/v1/sessions/${seed.session.id}/events`);

    expect(data.items).toEqual([
      expect.objectContaining({
        id_date: seed.events[0]?.id,
        title: 'Day 1',
        place: { location: seed.location.id, room: seed.classroom.id },
        schedule: { date: '2027-03-27', time_begin: '08:00:00', timezone: 'Europe/Rome', offset: 'GMT +01:00' },
        end_hour: '16:00:00',
      }),
      expect.objectContaining({
        tool: 'teams',
        tool_url: 'https://teams.example/1',
        schedule: { date: '2027-03-28', time_begin: '22:30:00', timezone: 'Europe/Rome', offset: 'GMT +02:00' },
        end_hour: '02:00:00',
      }),
    ]);
  });

  it('writes values as the profile spells them', async () => {
    const { data } = await docebo.get(`/course/v1/sessions/${seed.session.id}/enrollments`);

    expect(data.items).toMatchObject([
      { id_user: user(0), enrollment_status: 'active', role: 'user', is_waiting: 'no', calendar_answer: '0' },
      { id_user: user(1), enrollment_status: 'queue', role: 'user', is_waiting: 'yes' },
      { id_user: user(3), role: 'trainer' },
    ]);
    expect((await docebo.get(`/course/v1/courses/${seed.course.id}`)).data).toMatchObject({
      enrollment_options: { ext_calendar: { enabled: 'on', hide: 'off' } },
    });
  });

  it("answers at the profile's endpoints, and not at those of another tenant", async () => {
    const eventId = seed.events[0]?.id as number;
    await docebo.control.run('update-event', { eventId, instructorIds: [user(2)] });

    const staff = await docebo.get(`/course/v1/sessions/${seed.session.id}/events/${eventId}/staff`);
    expect(staff.data.items).toMatchObject([{ id_user: user(2) }]);
    await docebo.get(`/course/v1/sessions/1/events/${eventId}/staff`, 404);
    await docebo.get(`/course/v1/events/${eventId}/instructors`, 404);

    const location = await docebo.get(`/learn/v1/locations/${seed.location.id}`);
    expect(location.data).toMatchObject({ name: 'HQ', phone_number: '+39 06 1', directions: '' });
    expect(location.data).not.toHaveProperty('telephone');
    const room = `/learn/v1/location/${seed.location.id}/classrooms/${seed.classroom.id}`;
    expect((await docebo.get(room)).data).toMatchObject({ title: 'Room A', capacity: 12, devices: 'Projector' });
    await docebo.get(`/learn/v1/location/1/classrooms/${seed.classroom.id}`, 404);
    await docebo.get(`/learn/v1/classroom/${seed.classroom.id}`, 404);
  });

  it("sends the profile's event names with ids where the profile has them", async () => {
    await docebo.control.addWebhook({ url: await receiver.listen() });

    await docebo.control.run('update-session', { sessionId: seed.session.id, name: 'Renamed' });
    await docebo.control.run('update-event', { eventId: seed.events[1]?.id as number, name: 'Night' });
    await docebo.control.run('update-course', { courseId: seed.course.id, name: 'Safety 2' });
    await docebo.control.whenIdle();

    const ids = { course: seed.course.id, ilt_session: seed.session.id };
    expect(receiver.events).toMatchObject([
      { event: 'extcalendar.iltsession.updated', payload: { data: ids } },
      { event: 'extcalendar.iltdate.updated', payload: { data: { ...ids, ilt_date: seed.events[1]?.id } } },
      { event: 'course.updated', payload: { course_id: seed.course.id, type: 'classroom' } },
    ]);
    expect(receiver.events[0]?.payload).not.toHaveProperty('session_id');
  });

  it("tells of a left learning plan, and lists a plan's courses, by the profile's names", async () => {
    const plan = (await docebo.control.run('create-learning-plan', { name: 'LP', courseIds: [seed.course.id] })).result;
    await docebo.control.run('enrol-in-plan', { planId: plan.id, userIds: [user(2)] });
    await docebo.control.addWebhook({ url: await receiver.listen() });

    await docebo.control.run('unenrol-from-plan', { planId: plan.id, userIds: [user(2)] });
    await docebo.control.whenIdle();

    expect(receiver.events).toMatchObject([
      { event: 'learning_plan.user.unenrolled', payload: { data: { user: user(2), path: plan.id } } },
    ]);
    const { data } = await docebo.get(`/learningplan/v1/learningplans/${plan.id}/items`);
    expect(data.items).toMatchObject([{ id_course: seed.course.id }]);
  });

  it('takes answers back in the form of the profile, and shows them', async () => {
    const eventId = seed.events[0]?.id as number;
    const item = { session: seed.session.id, date: eventId, user: user(0), answer: '1' };
    const send = (body: Json) =>
      docebo.request('/enrollment/v1/calendar-answers', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });

    expect((await send({ items: [item, { ...item, answer: '3' }] })).status).toBe(200);

    expect((await docebo.control.truth()).answers).toMatchObject([
      { sessionId: seed.session.id, eventId, userId: user(0), answer: 'accepted' },
      { sessionId: seed.session.id, eventId, userId: user(0), answer: 'declined' },
    ]);
    const { data } = await docebo.get(`/course/v1/sessions/${seed.session.id}/enrollments`);
    expect(data.items[0]).toMatchObject({ calendar_answer: '3' });
    expect((await send({ items: [{ ...item, answer: 'accepted' }] })).status).toBe(400);
    expect((await send({ rsvp: [item] })).status).toBe(400);
    expect((await send({ items: [{ ...item, user: user(3) }] })).status).toBe(404);
  });

  it('serves a Swagger of each service that names what this tenant has', async () => {
    const { data } = (await docebo.get('/manage/v1/site/microservices')) as unknown as {
      data: { app: string; url: string }[];
    };
    expect(data.map(({ app }) => app)).toEqual(['manage', 'course', 'learn', 'learningplan', 'enrollment']);

    const course = data.find(({ app }) => app === 'course')?.url as string;
    const swagger = (await (await fetch(course)).json()) as Json;
    expect(swagger).toMatchObject({ swagger: '2.0', basePath: '/course/v1' });
    expect(Object.keys(swagger.paths as Json)).toEqual(
      expect.arrayContaining(['/sessions/{session_id}', '/sessions/{session_id}/events/{event_id}/staff']),
    );
    expect(JSON.stringify(swagger.definitions)).toContain('ext_calendar');
  });

  it('refuses a profile that lacks something, and says what', () => {
    const { endpoints: _endpoints, ...rest } = profileNamed('assumed-v2');
    const wrong = { ...rest, webhook: { ...rest.webhook, courseId: ['course_id'] } };

    expect(() => toProfile(wrong, 'x.json')).toThrow(/x\.json.*'endpoints'.*webhook\/courseId\/0/s);
  });
});

describe('Docebo simulator: the write-back of the first profile', () => {
  it('takes answers at the enrolment, several events at once', async () => {
    const docebo = await startDocebo();
    const seed = await seedSmall(docebo.control);
    const userId = seed.users[0]?.id as number;
    await docebo.control.run('enrol', { sessionId: seed.session.id, userIds: [userId] });

    const answer = await docebo.request(`/course/v1/sessions/${seed.session.id}/enrollments/${userId}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rsvp: seed.events.map((event) => ({ event_id: event.id, status: 'tentative' })) }),
    });

    expect(answer.status).toBe(200);
    expect((await docebo.control.truth()).answers).toMatchObject(
      seed.events.map((event) => ({ eventId: event.id, userId, answer: 'tentative' })),
    );
    await docebo.close();
  });
});

describe.each(['assumed-v1', 'assumed-v2'] as const)('Docebo simulator: freeing a seat by the profile %s', (name) => {
  it('takes the learner off the list, tells by webhook, and does not find them again', async () => {
    const docebo = await startDocebo(name);
    const seed = await seedSmall(docebo.control);
    const userId = seed.users[0]?.id as number;
    const sessionId = seed.session.id;
    await docebo.control.run('enrol', { sessionId, userIds: [userId] });
    const receiver = new Receiver();
    await docebo.control.addWebhook({ url: await receiver.listen() });
    const free = () =>
      name === 'assumed-v1'
        ? docebo.request(`/course/v1/sessions/${sessionId}/enrollments/${userId}`, { method: 'DELETE' })
        : docebo.request('/enrollment/v1/session-withdrawals', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ items: [{ session: sessionId, user: userId }] }),
          });

    expect((await free()).status).toBe(200);
    await docebo.control.whenIdle();

    expect((await docebo.control.truth()).enrolments).toEqual([]);
    expect(receiver.received).not.toEqual([]);
    expect((await free()).status).toBe(404);
    await receiver.close();
    await docebo.close();
  });
});
