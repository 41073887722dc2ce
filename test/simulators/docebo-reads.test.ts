import { seedSmall, startDocebo, type Harness } from './docebo-harness';

describe('Docebo simulator: reads', () => {
  let docebo: Harness;
  let seed: Awaited<ReturnType<typeof seedSmall>>;
  beforeAll(async () => {
    docebo = await startDocebo();
    seed = await seedSmall(docebo.control);
    const [ada, grace, alan, edsger] = seed.users.map((user) => user.id) as [number, number, number, number];
    await docebo.control.run('enrol', { sessionId: seed.session.id, userIds: [ada, grace] });
    await docebo.control.run('enrol', { sessionId: seed.session.id, userIds: [alan], status: 'waiting' });
    await docebo.control.run('update-session', { sessionId: seed.session.id, instructorIds: [edsger], rsvp: 'on' });
    await docebo.control.run('update-event', { eventId: seed.events[0]?.id as number, instructorIds: [edsger] });
  });
  afterAll(() => docebo.close());

  it("lists a course's sessions with counts as strings and dates in UTC", async () => {
    const { data, version, _links } = await docebo.get(
      `/course/v1/courses/${seed.course.id}/sessions?page=1&page_size=50`,
    );

    expect({ version, _links }).toEqual({ version: '1.0.0', _links: [] });
    expect(data).toMatchObject({
      count: 1,
      has_more_data: false,
      current_page: 1,
      current_page_size: 50,
      total_page_count: 1,
      total_count: 1,
      sort: [],
    });
    expect(data.items).toEqual([
      expect.objectContaining({
        id: seed.session.id,
        name: 'Spring Édition 1',
        date_start: '2027-03-27 08:00:00',
        date_end: '2027-03-29 02:00:00',
        hours: '11:30',
        events: '2',
        enrolled: '2',
        waiting: '1',
        max_enroll: '30',
        attendance_type: 'blended',
        location: { id: seed.location.id, name: 'HQ', address: 'Via Roma 1', count: 1 },
      }),
    ]);
  });

  it('shows a session with its instructors, who have no e-mail', async () => {
    const { data } = await docebo.get(`/course/v1/sessions/${seed.session.id}`);

    expect(data).toEqual({
      id: seed.session.id,
      name: 'Spring Édition 1',
      course: { name: 'Safety', id: seed.course.id },
      description: '',
      status: 'active',
      external_calendar_rsvp: 'enabled',
      external_calendar_hide_attendees: 'default',
      additional_fields: [],
      instructors: [
        { user_id: seed.users[3]?.id, firstname: 'Edsger', lastname: 'Wybe', username: seed.users[3]?.username },
      ],
    });
  });

  it('shows events as wall time in their zone, also across a clock change', async () => {
    const { data } = await docebo.get(`/course/v1/sessions/${seed.session.id}/events?page_size=50`);

    expect(data.items[0]).toMatchObject({
      id: seed.events[0]?.id,
      id_location: seed.location.id,
      id_classroom: seed.classroom.id,
      webinar_tool: null,
      schedule: {
        date: '2027-03-27',
        time_begin: '09:00:00',
        time_end: '17:00:00',
        timezone: 'Europe/Rome',
        offset: 'GMT +01:00',
      },
      instructors: [expect.objectContaining({ user_id: seed.users[3]?.id })],
    });
    expect(data.items[1]).toMatchObject({
      webinar_tool: 'teams',
      url: 'https://teams.example/1',
      schedule: { date: '2027-03-29', offset: 'GMT +02:00' },
    });
  });

  it('lists enrolments with learners, the waiting list and instructors by their level', async () => {
    const { data } = await docebo.get(`/course/v1/sessions/${seed.session.id}/enrollments?page_size=50`);

    const [ada, , alan, edsger] = seed.users;
    expect(data.total_count).toBe(4);
    expect(data.items).toEqual(
      expect.arrayContaining([
        {
          user_id: ada?.id,
          email: 'ada@example.com',
          firstname: 'Ada',
          lastname: 'Byron',
          status: 'subscribed',
          level: 'learner',
          waiting: false,
          rsvp_status: 'waiting',
        },
        expect.objectContaining({ user_id: alan?.id, status: 'waiting', waiting: true }),
        expect.objectContaining({ user_id: edsger?.id, level: 'instructor' }),
      ]),
    );
  });

  it('lists the instructors of one event', async () => {
    const { data } = await docebo.get(`/course/v1/events/${seed.events[0]?.id}/instructors?page_size=50`);

    expect(data.items).toEqual([expect.objectContaining({ user_id: seed.users[3]?.id, firstname: 'Edsger' })]);
  });

  it("shows the administrator's view of a course with its RSVP switches", async () => {
    const { data } = await docebo.get(`/course/v1/courses/${seed.course.id}`);

    expect(data).toMatchObject({
      id: seed.course.id,
      external_calendar_rsvp: 'enabled',
      external_calendar_hide_attendees: 'disabled',
    });
  });

  it("shows the learners' view of a course with sessions, dates, instructors and locations in one answer", async () => {
    const { data } = await docebo.get(`/learn/v1/courses/${seed.course.id}`);

    expect(data).toMatchObject({ id: seed.course.id, description: '<p>Be safe</p>', type: 'classroom' });
    expect(data.sessions).toMatchObject([
      {
        id_session: seed.session.id,
        slug_name: 'spring-dition-1',
        instructors: [{ instructor_id: seed.users[3]?.id, username: seed.users[3]?.username, avatar_url: '' }],
        locations: [{ id_location: seed.location.id, telephone: '+39 06 1' }],
        dates: [
          {
            id_date: seed.events[0]?.id,
            date: '2027-03-27',
            start_hour: '09:00:00',
            end_hour: '17:00:00',
            id_classroom: seed.classroom.id,
            classroom_name: 'Room A',
          },
          { id_date: seed.events[1]?.id, webinar_tool: 'teams' },
        ],
      },
    ]);
    expect(JSON.stringify(data)).not.toContain('@example.com');
  });

  it('lists all courses', async () => {
    const { data } = await docebo.get('/learn/v1/courses?page=1&page_size=200');

    expect(data.items).toEqual([
      expect.objectContaining({ id_course: String(seed.course.id), course_type: 'classroom', slug_name: 'safety' }),
    ]);
  });

  it('filters the sessions of a course by date', async () => {
    const within = (from: string, to: string) =>
      docebo
        .get(`/learn/v1/courses/${seed.course.id}/classroom/session?date_from=${from}&date_to=${to}&page_size=50`)
        .then(({ data }) => data.sessions);

    expect(await within('2027-03-28', '2027-03-30')).toEqual([
      expect.objectContaining({
        id_session: seed.session.id,
        dates: [
          { day: '2027-03-27', name: 'Day 1', time_begin: '09:00:00', time_end: '17:00:00', timezone: 'Europe/Rome' },
          { day: '2027-03-29', name: 'Day 2', time_begin: '00:30:00', time_end: '04:00:00', timezone: 'Europe/Rome' },
        ],
      }),
    ]);
    expect(await within('2027-03-30', '2027-04-30')).toEqual([]);
  });

  it('shows locations and classrooms', async () => {
    const list = await docebo.get('/learn/v1/location?page_size=50');
    expect(list.data.items[0]).toMatchObject({ id_location: seed.location.id, name: 'HQ' });

    const location = await docebo.get(`/learn/v1/location/${seed.location.id}`);
    expect(location.data).toMatchObject({ name: 'HQ', address: 'Via Roma 1', telephone: '+39 06 1' });

    const classroom = await docebo.get(`/learn/v1/classroom/${seed.classroom.id}`);
    expect(classroom.data).toMatchObject({ name: 'Room A', seats: 12, equipment: 'Projector' });
  });

  it('shows users with their address, by id and by search', async () => {
    const ada = seed.users[0];
    const byId = await docebo.get(`/manage/v1/user/${ada?.id}`);
    expect(byId.data.user_data).toMatchObject({
      user_id: String(ada?.id),
      email: 'ada@example.com',
      first_name: 'Ada',
      last_name: 'Byron',
    });

    const full = await docebo.get('/manage/v1/user?search_text=ada@example.com&match_type=full');
    expect(full.data).toMatchObject({ count: 1, items: [{ user_id: String(ada?.id), fullname: 'Ada Byron' }] });
    const part = await docebo.get('/manage/v1/user?search_text=a&page_size=2');
    expect(part.data).toMatchObject({ count: 2, has_more_data: true });
  });

  it('answers 404 with a name for what does not exist', async () => {
    for (const path of [
      '/course/v1/courses/9',
      '/course/v1/courses/9/sessions',
      '/course/v1/sessions/9',
      '/course/v1/sessions/9/events',
      '/course/v1/sessions/9/enrollments',
      '/learn/v1/courses/x',
      '/manage/v1/user/9',
      '/learn/v1/location/9',
    ])
      expect(await docebo.get(path, 404)).toMatchObject({ name: 'Not Found', status: 404 });
  });

  it('carries the headers seen on a tenant', async () => {
    const answer = await docebo.request(`/course/v1/courses/${seed.course.id}`);

    expect(answer.headers.get('x-docebo-api-version')).toBe('1.0.0');
    expect(answer.headers.get('x-docebo-backyard')).toBe('course');
    expect(answer.headers.get('content-type')?.toLowerCase()).toBe('application/json; charset=utf-8');
  });
});
