import { ANSWERS, anAcademy, anEvent, aRow, factsOf, found, PATHS } from './an-academy';
import { aProfile } from './a-profile';
import { anError, aPage, type Body } from './stub-docebo';

function session(changes: Body): Body {
  const { data } = ANSWERS[PATHS.session] as { data: object };
  return { data: { ...data, ...changes } };
}

function course(changes: Body): Body {
  const { data } = ANSWERS[PATHS.course] as { data: object };
  return { data: { ...data, ...changes } };
}

describe('a session', () => {
  test('is read whole', async () => {
    const { read } = anAcademy();

    expect(await read()).toEqual({
      kind: 'found',
      readAs: '13000/godadmin',
      facts: {
        course: { courseId: '3', name: 'Forklifts', description: '<p>All</p>', rsvp: true, hideAttendees: false },
        session: {
          sessionId: '7',
          name: 'Day 1',
          slugName: 'day-1',
          description: 'Bring boots',
          status: 'active',
          rsvp: 'inherit',
          hideAttendees: 'inherit',
          instructors: [],
          additionalInputs: {},
        },
        events: [
          {
            eventId: '50',
            name: 'Morning',
            description: '',
            startsAt: '2026-05-11T07:00:00.000Z',
            endsAt: '2026-05-11T10:00:00.000Z',
            timeZone: 'Europe/Rome',
            location: null,
            classroom: null,
            webinarTool: '',
            webinarUrl: '',
            instructors: [],
          },
        ],
        eventsComplete: true,
        enrolments: [
          { userId: '11', standing: 'active', level: 'learner' },
          { userId: '12', standing: 'active', level: 'learner' },
        ],
        enrolmentsComplete: true,
        instructorsComplete: true,
        people: [
          { userId: '11', address: 'user11@example.com', name: 'User 11' },
          { userId: '12', address: 'user12@example.com', name: 'User 12' },
        ],
      },
      problems: [],
    });
  });

  test('of an unchanged place costs six calls, and three when its course is known', async () => {
    const { read, client, clock } = anAcademy();
    const hintAt = clock.iso();
    await read(null, hintAt);
    expect(client.calls()).toEqual({
      token: 1,
      whoAmI: 1,
      session: 1,
      sessionEvents: 1,
      sessionEnrollments: 1,
      course: 1,
      courseDetails: 1,
    });

    clock.advance(1_000);
    await read(null, hintAt);
    expect(client.calls()).toMatchObject({ session: 2, sessionEvents: 2, sessionEnrollments: 2, course: 1, whoAmI: 1 });
  });

  test.each([
    ['enabled', 'on'],
    ['DISABLED', 'off'],
    [1, 'on'],
    ['0', 'off'],
    ['default', 'inherit'],
    [null, 'inherit'],
    [undefined, 'inherit'],
  ])('whose switches are %p has them %s', async (value, position) => {
    const { read } = anAcademy({
      [PATHS.session]: session({ external_calendar_rsvp: value, external_calendar_hide_attendees: value }),
    });

    expect((await factsOf(read())).session).toMatchObject({ rsvp: position, hideAttendees: position });
  });

  test('whose switch cannot be read is reported and left as it is', async () => {
    const { read } = anAcademy({ [PATHS.session]: session({ external_calendar_rsvp: 'sometimes' }) });
    const { facts, problems } = await found(read());

    expect(facts.session).toMatchObject({ rsvp: null, hideAttendees: 'inherit' });
    expect(problems).toEqual([
      {
        code: 'READ_SWITCH_UNREADABLE',
        subject: 'session',
        id: '7',
        detail:
          'rsvp of session 7 is "sometimes", which the tenant profile does not know (fields.session.rsvp, values).',
      },
    ]);
  });

  test.each(['cancelled', 'canceled '])('that is %s is cancelled', async (status) => {
    const { read } = anAcademy({ [PATHS.session]: session({ status }) });

    expect((await factsOf(read())).session.status).toBe('cancelled');
  });

  test('whose status cannot be read is reported, and nothing may be sent or withdrawn', async () => {
    const { read } = anAcademy({ [PATHS.session]: session({ status: 'on hold', external_calendar_rsvp: 'enabled' }) });
    const { facts, problems } = await found(read());

    expect(facts.session).toMatchObject({ status: 'active', rsvp: null });
    expect(problems).toMatchObject([
      {
        code: 'READ_STATUS_UNREADABLE',
        detail:
          'The status of session 7 is a text that is not shown, which the tenant profile does not know (fields.session.status, values.session*). Nothing is changed because of it.',
      },
    ]);
  });

  test('without a name is a contract error', async () => {
    const { read } = anAcademy({ [PATHS.session]: session({ name: undefined }) });

    await expect(read()).rejects.toMatchObject({
      code: 'DOCEBO_CONTRACT',
      message: "DOCEBO's answer about session 7 has no name",
    });
  });

  test('other than the one asked for is a contract error', async () => {
    const { read } = anAcademy({ [PATHS.session]: session({ id: 8 }) });

    await expect(read()).rejects.toMatchObject({
      code: 'DOCEBO_CONTRACT',
      message: 'DOCEBO answered the question for session 7 with session 8',
    });
  });

  test('that names no course is read under the course that is known', async () => {
    const { read } = anAcademy({ [PATHS.session]: session({ course: null }) });

    expect((await factsOf(read('3'))).course.courseId).toBe('3');
    expect(await read(null)).toEqual({
      kind: 'unproven',
      problem: {
        code: 'READ_SESSION_UNPROVEN',
        subject: 'session',
        id: '7',
        detail:
          'Session 7 cannot be read: its answer names no course (fields.session.courseId of the tenant profile). Nothing is changed.',
      },
    });
  });

  test('gives configured inputs from additional fields', async () => {
    const fields = [
      { id: '5', name: 'Dress code', value: 'Boots' },
      { id: 6, name: 'Tools', value: ['Gloves', 'Helmet'] },
      { id: 7, name: 'Badge', value: null },
      { id: 8, name: 'File', value: { url: 'x' } },
    ];
    const { read } = anAcademy(
      {
        [PATHS.session]: session({ additional_fields: fields }),
        [PATHS.courseDetails]: {
          data: { id: 3, name: 'Forklifts', additional_fields: [{ id: '9', name: 'ECTS', value: 2 }] },
        },
      },
      {
        additionalInputs: [
          { input: 'dress_code', of: 'session', field: 'Dress code' },
          { input: 'tools', of: 'session', field: '6' },
          { input: 'badge', of: 'session', field: '7' },
          { input: 'file', of: 'session', field: '8' },
          { input: 'ects', of: 'course', field: '9' },
          { input: 'other', of: 'course', field: 'No such field' },
        ],
      },
    );
    const { facts, problems } = await found(read());

    expect(facts.session.additionalInputs).toEqual({
      dress_code: 'Boots',
      tools: 'Gloves, Helmet',
      badge: '',
      file: '',
      ects: '2',
      other: '',
    });
    expect(problems).toMatchObject([
      { code: 'READ_INPUT_UNREADABLE', detail: 'The additional field for the input "file" holds no text.' },
    ]);
  });
});

describe('its course', () => {
  test('whose switch cannot be read is reported and left as it is', async () => {
    const { read } = anAcademy({
      [PATHS.course]: course({ external_calendar_rsvp: undefined, external_calendar_hide_attendees: 'maybe' }),
    });
    const { facts, problems } = await found(read());

    expect(facts.course).toMatchObject({ rsvp: null, hideAttendees: null });
    expect(problems.map((p) => p.detail)).toEqual([
      'rsvp of course 3 is nothing, which the tenant profile does not know (fields.course.rsvp, values).',
      'hideAttendees of course 3 is "maybe", which the tenant profile does not know (fields.course.hideAttendees, values).',
    ]);
  });

  test('tells its problems again when it comes from the cache', async () => {
    const { read, client } = anAcademy({ [PATHS.course]: course({ external_calendar_rsvp: 'maybe' }) });
    await read();

    expect((await found(read())).problems).toHaveLength(1);
    expect(client.calls()['course']).toBe(1);
  });

  test('without its texts is reported', async () => {
    const { read } = anAcademy({
      [PATHS.course]: course({ name: 'Forklifts' }),
      [PATHS.courseDetails]: anError(404),
    });
    const { facts, problems } = await found(read());

    expect(facts.course).toMatchObject({ name: 'Forklifts', description: '' });
    expect(problems).toMatchObject([
      {
        code: 'READ_COURSE_DETAILS_MISSING',
        detail:
          "Course 3 is not found at the profile's endpoint courseDetails: its description and its sessions' link names are missing.",
      },
    ]);
  });

  test('that is not found leaves the session unproven', async () => {
    const { read } = anAcademy({ [PATHS.course]: anError(404) });

    expect(await read()).toMatchObject({
      kind: 'unproven',
      problem: { detail: 'Session 7 cannot be read: its course 3 is not found in Docebo. Nothing is changed.' },
    });
  });
});

describe('its events', () => {
  test.each([
    ['without an id', { id: 0 }, null, 'it has no id (fields.event.id)'],
    [
      'without a date',
      { schedule: { date: '0000-00-00', time_begin: '09:00', timezone: 'Europe/Rome' } },
      '50',
      'its begin is no date and time: "0000-00-00" "09:00"',
    ],
    [
      'without a schedule',
      { schedule: undefined },
      '50',
      'its time zone (/schedule/timezone) is no IANA zone: nothing',
    ],
  ])('%s are reported, and the list is not complete', async (_what, changes, id, fault) => {
    const { read } = anAcademy({ [PATHS.events]: aPage([anEvent(changes), anEvent({ id: '51' })]) });
    const { facts, problems } = await found(read());

    expect(facts.events.map((e) => e.eventId)).toEqual(['51']);
    expect(facts.eventsComplete).toBe(false);
    expect(problems).toEqual([
      {
        code: 'READ_EVENT_UNREADABLE',
        subject: 'event',
        id,
        detail: `An event of session 7 cannot be read: ${fault}.`,
      },
    ]);
  });

  test('that stand on the list twice count once, and the list is not complete', async () => {
    const { read } = anAcademy({ [PATHS.events]: aPage([anEvent({ name: 'a' }), anEvent({ name: 'b' })]) });
    const { facts, problems } = await found(read());

    expect(facts.events.map((e) => e.name)).toEqual(['a']);
    expect(facts.eventsComplete).toBe(false);
    expect(problems).toMatchObject([{ id: '50' }]);
  });

  test('of a list that lies are not complete', async () => {
    const { read } = anAcademy({ [PATHS.events]: aPage([anEvent()], { total_count: 2 }) });
    const { facts, problems } = await found(read());

    expect(facts.eventsComplete).toBe(false);
    expect(problems).toEqual([
      {
        code: 'READ_LIST_INCOMPLETE',
        subject: 'session',
        id: '7',
        detail: 'The list of events could not be read in full: total-disagrees.',
      },
    ]);
  });

  test('may disagree with the dates of the session', async () => {
    const { read } = anAcademy({ [PATHS.session]: session({ date_end: '2020-01-01 00:00:00' }) });

    expect((await found(read())).problems).toEqual([]);
  });
});

describe('places', () => {
  const location = {
    data: {
      name: 'HQ',
      address: 'Street 1',
      telephone: 42,
      email: 'hq@example.com',
      reaching_info: '<b>Bus</b>',
      accommodation: '',
      other_info: null,
    },
  };
  const classroom = { data: { name: 'Blue', details: '2nd floor', seats: 30, equipment: 'Beamer', location_id: 20 } };

  test('of an event', async () => {
    const { read } = anAcademy({
      [PATHS.events]: aPage([
        anEvent({ id_location: '20', id_classroom: 60, webinar_tool: 'teams', url: 'https://x' }),
      ]),
      [PATHS.location]: location,
      [PATHS.classroom]: classroom,
    });
    const [event] = (await factsOf(read())).events;

    expect(event).toMatchObject({
      location: {
        name: 'HQ',
        address: 'Street 1',
        phone: '42',
        email: 'hq@example.com',
        direction: '<b>Bus</b>',
        accommodations: '',
        otherInfo: '',
      },
      classroom: { name: 'Blue', details: '2nd floor', seats: '30', equipment: 'Beamer' },
      webinarTool: 'teams',
      webinarUrl: 'https://x',
    });
    expect(event?.classroom).not.toHaveProperty('locationId');
  });

  test('a classroom tells the location that its event does not', async () => {
    const { read } = anAcademy({
      [PATHS.events]: aPage([anEvent({ id_location: 0, id_classroom: 60 })]),
      [PATHS.location]: location,
      [PATHS.classroom]: classroom,
    });

    expect((await factsOf(read())).events).toMatchObject([{ location: { name: 'HQ' }, classroom: { name: 'Blue' } }]);
  });

  test('a classroom below its location cannot be asked for without one', async () => {
    const profile = aProfile((p) =>
      p.set('/endpoints/classroom', '/learn/v1/location/{location_id}/rooms/{classroom_id}'),
    );
    const { read } = anAcademy({ [PATHS.events]: aPage([anEvent({ id_classroom: 60 })]) }, { profile });
    const { facts, problems } = await found(read());

    expect(facts.events).toMatchObject([{ location: null, classroom: null }]);
    expect(problems).toMatchObject([
      {
        code: 'READ_PLACE_UNREADABLE',
        subject: 'place',
        id: '60',
        detail: 'Classroom 60 cannot be asked for: its event names no location.',
      },
    ]);
  });

  test('that are not found or have no name are reported, and the event is kept', async () => {
    const { read } = anAcademy({
      [PATHS.events]: aPage([anEvent({ id_location: 20, id_classroom: 60 })]),
      [PATHS.classroom]: { data: { title: 'Blue' } },
    });
    const { facts, problems } = await found(read());

    expect(facts.events).toMatchObject([{ location: null, classroom: { name: '' } }]);
    expect(facts.eventsComplete).toBe(true);
    expect(problems.map((p) => p.detail)).toEqual([
      'Classroom 60 has no name (fields.classroom.name).',
      'Location 20 is not found in Docebo.',
    ]);
  });

  test('are asked for once for all events', async () => {
    const { read, client } = anAcademy({
      [PATHS.events]: aPage([anEvent({ id: 50, id_location: 20 }), anEvent({ id: 51, id_location: 20 })]),
      [PATHS.location]: location,
    });
    await read();

    expect(client.calls()['location']).toBe(1);
  });
});

describe('instructors', () => {
  const user = (id: number, changes: object = {}) => ({
    data: {
      user_data: {
        user_id: String(id),
        email: `trainer${id}@example.com`,
        first_name: 'Tr',
        last_name: String(id),
        ...changes,
      },
    },
  });

  test('of the session and of its events, with addresses from the users', async () => {
    const { read, docebo } = anAcademy({
      [PATHS.session]: session({ instructors: [{ username: 'x', instructor_id: '21' }] }),
      [PATHS.events]: aPage([anEvent({ instructors: [{ user_id: 22 }, 23] })]),
      'GET /manage/v1/user/21': user(21),
      'GET /manage/v1/user/22': user(22),
      'GET /manage/v1/user/23': user(23),
    });
    const { facts, problems } = await found(read());

    expect(facts.session.instructors).toEqual(['21']);
    expect(facts.events[0]?.instructors).toEqual(['22', '23']);
    expect(facts.people.map((p) => p.address).slice(2)).toEqual([
      'trainer21@example.com',
      'trainer22@example.com',
      'trainer23@example.com',
    ]);
    expect(facts.instructorsComplete).toBe(true);
    expect(problems).toEqual([]);
    expect(docebo.count(PATHS.eventInstructors)).toBe(0);
  });

  test.each([
    ['a count', '1'],
    ['nothing', undefined],
  ])('of an event with %s for a list are asked for', async (_what, instructors) => {
    const { read } = anAcademy({
      [PATHS.events]: aPage([anEvent({ instructors })]),
      [PATHS.eventInstructors]: aPage([{ user_id: 22 }]),
      'GET /manage/v1/user/22': user(22),
    });

    expect((await factsOf(read())).events[0]?.instructors).toEqual(['22']);
  });

  test.each([
    ['not found', anError(404), "the profile's endpoint eventInstructors does not find it"],
    ['without an id', aPage([{ username: 'x' }]), '1 without a user id (fields.instructor.userId)'],
    ['of a list that lies', aPage([], { total_count: 1 }), 'total-disagrees'],
  ])('%s are reported, and the lists are not complete', async (_what, answer, fault) => {
    const { read } = anAcademy({
      [PATHS.events]: aPage([anEvent({ instructors: null })]),
      [PATHS.eventInstructors]: answer,
    });
    const { facts, problems } = await found(read());

    expect(facts.instructorsComplete).toBe(false);
    expect(facts.eventsComplete).toBe(true);
    expect(problems).toEqual([
      {
        code: 'READ_INSTRUCTOR_UNREADABLE',
        subject: 'instructor',
        id: '50',
        detail: `Instructors of event 50 cannot be read in full: ${fault}.`,
      },
    ]);
  });

  test('of a session without a list are not complete', async () => {
    const { read } = anAcademy({ [PATHS.session]: session({ instructors: '2' }) });
    const { facts, problems } = await found(read());

    expect(facts.instructorsComplete).toBe(false);
    expect(problems).toMatchObject([
      {
        detail:
          'Instructors of session 7 cannot be read in full: its answer holds no list (fields.session.instructors).',
      },
    ]);
  });

  test('without an address or without a user are reported and keep their place on the list', async () => {
    const { read } = anAcademy({
      [PATHS.session]: session({ instructors: [{ user_id: 21 }, { user_id: 22 }] }),
      'GET /manage/v1/user/21': user(21, { email: '' }),
    });
    const { facts, problems } = await found(read());

    expect(facts.session.instructors).toEqual(['21', '22']);
    expect(facts.people.map((p) => p.userId)).toEqual(['11', '12']);
    expect(problems).toEqual([
      {
        code: 'READ_PERSON_WITHOUT_ADDRESS',
        subject: 'person',
        id: '21',
        detail: 'User 21 has no usable e-mail address in Docebo.',
      },
      { code: 'READ_PERSON_MISSING', subject: 'person', id: '22', detail: 'User 22 is not found in Docebo.' },
    ]);
  });
});

describe('enrolments', () => {
  test.each([
    ['subscribed', 0, 'learner', 'active', 'learner'],
    ['Completed', null, 3, 'active', 'learner'],
    ['subscribed', '1', '3', 'waiting', 'learner'],
    ['waiting', false, 'learner', 'waiting', 'learner'],
    ['unenrolled', true, 'learner', 'inactive', 'learner'],
    ['subscribed', '', 'instructor', 'active', 'instructor'],
    ['subscribed', undefined, 'tutor', 'active', 'other'],
  ])('status %p, waiting %p, level %p: %s %s', async (status, waiting, level, standing, role) => {
    const { read } = anAcademy({ [PATHS.enrolments]: aPage([aRow(11, { status, waiting, level })]) });
    const facts = await factsOf(read());

    expect(facts.enrolments).toEqual([{ userId: '11', standing, level: role }]);
    expect(facts.enrolmentsComplete).toBe(true);
    expect(facts.people).toHaveLength(standing === 'active' && role !== 'other' ? 1 : 0);
  });

  test.each([
    ['status', { status: 'on_hold' }, '11', 'its status is "on_hold", which stands on none of values.enrollment*'],
    ['level', { level: 9 }, '11', 'its level is "9", which stands on none of values.level*'],
    [
      'waiting flag',
      { waiting: 'perhaps' },
      '11',
      'its waiting flag is "perhaps", which stands on none of values.waiting*',
    ],
    ['user', { user_id: '' }, null, 'it has no user id (fields.enrollment.userId)'],
    [
      'status that is an address',
      { status: 'ada@example.com' },
      '11',
      'its status is a text that is not shown, which stands on none of values.enrollment*',
    ],
  ])('with an unknown %s are reported, and the list is not complete', async (_what, changes, id, fault) => {
    const { read } = anAcademy({ [PATHS.enrolments]: aPage([aRow(11, changes), aRow(12)]) });
    const { facts, problems } = await found(read());

    expect(facts.enrolments.map((e) => e.userId)).toEqual(['12']);
    expect(facts.enrolmentsComplete).toBe(false);
    expect(problems).toEqual([
      {
        code: 'READ_ENROLMENT_UNREADABLE',
        subject: 'enrolment',
        id,
        detail: `An enrolment in session 7 cannot be read: ${fault}. Correct the tenant profile.`,
      },
    ]);
  });

  test('a wrong profile does not flood the report', async () => {
    const rows = Array.from({ length: 150 }, (_, i) => aRow(1000 + i, { status: 'x' }));
    const { read } = anAcademy({ [PATHS.enrolments]: aPage(rows) });
    const { problems } = await found(read());

    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toMatchObject({
      code: 'READ_ENROLMENT_UNREADABLE',
      id: null,
      detail: 'And 130 more of this kind.',
    });
  });

  test('two rows of one person count as the better one', async () => {
    const rows = [aRow(11, { status: 'unenrolled' }), aRow(11), aRow(11, { status: 'waiting' })];
    const { read } = anAcademy({ [PATHS.enrolments]: aPage(rows) });

    expect((await factsOf(read())).enrolments).toEqual([{ userId: '11', standing: 'active', level: 'learner' }]);
  });

  test('without an address are looked up, and only those who have a seat', async () => {
    const rows = [aRow(11, { email: null }), aRow(12, { email: '', status: 'waiting' }), aRow(13)];
    const { read, docebo } = anAcademy({
      [PATHS.enrolments]: aPage(rows),
      'GET /manage/v1/user/11': {
        data: { user_data: { email: ' ada@example.com ', first_name: 'Ada', last_name: '' } },
      },
    });

    expect((await factsOf(read())).people).toEqual([
      { userId: '11', address: 'ada@example.com', name: 'Ada' },
      { userId: '13', address: 'user13@example.com', name: 'User 13' },
    ]);
    expect(docebo.count('GET /manage/v1/user/12')).toBe(0);
  });

  test('of 450 people are read in three pages', async () => {
    const rows = Array.from({ length: 450 }, (_, i) => aRow(1000 + i));
    const { read, docebo } = anAcademy({
      [PATHS.enrolments]: ({ query }) => {
        const page = Number(query.get('page'));
        return aPage(rows.slice((page - 1) * 200, page * 200), { has_more_data: page < 3, total_count: '450' });
      },
    });
    const facts = await factsOf(read());

    expect(facts.people).toHaveLength(450);
    expect(facts.enrolmentsComplete).toBe(true);
    expect(docebo.count(PATHS.enrolments)).toBe(3);
  });

  test('of a list that lies are not complete', async () => {
    const { read } = anAcademy({ [PATHS.enrolments]: aPage([aRow(11)], { has_more_data: true, total_count: 2 }) });
    const { facts, problems } = await found(read());

    expect(facts.enrolmentsComplete).toBe(false);
    expect(problems).toMatchObject([
      { detail: 'The enrolment list could not be read in full: page-repeats, total-disagrees.' },
    ]);
  });
});

describe('what an answer may be as old as', () => {
  test('a course changed after it was read is read anew', async () => {
    const { read, docebo, clock } = anAcademy();
    await read();
    docebo.route(PATHS.course, course({ external_calendar_rsvp: 'disabled' }));
    clock.advance(1);

    expect((await factsOf(read(null, clock.iso()))).course.rsvp).toBe(false);
  });

  test('the session, its events and its people are never kept', async () => {
    const { read, docebo, clock } = anAcademy();
    const hintAt = clock.iso();
    await read(null, hintAt);
    docebo.route(PATHS.session, session({ name: 'Day one' }));
    docebo.route(PATHS.events, aPage([anEvent({ name: 'Afternoon' })]));
    docebo.route(PATHS.enrolments, aPage([aRow(13)]));

    expect(await factsOf(read(null, hintAt))).toMatchObject({
      session: { name: 'Day one' },
      events: [{ name: 'Afternoon' }],
      people: [{ userId: '13' }],
    });
  });
});

describe('who reads', () => {
  test('is known for the life of a token', async () => {
    const { read, docebo, clock } = anAcademy();
    await read();
    docebo.route(PATHS.whoAmI, { data: { id: 13001, user_level: 'power_user' } });
    expect(await found(read())).toMatchObject({ readAs: '13000/godadmin' });

    clock.advance(3_600_000);
    expect(await found(read())).toMatchObject({ readAs: '13001/power_user' });
  });

  test('is asked again after ten minutes, since rights may change', async () => {
    const { read, docebo, clock } = anAcademy();
    await read();
    docebo.route(PATHS.whoAmI, { data: { id: 13000, user_level: 'power_user' } });
    clock.advance(600_000);

    expect(await found(read())).toMatchObject({ readAs: '13000/power_user' });
  });

  test('is asked now by the self-test', async () => {
    const { source, docebo } = anAcademy();
    expect(await source.whoAmI()).toBe('13000/godadmin');
    docebo.route(PATHS.whoAmI, { data: { id: 13000, user_level: 'user' } });

    expect(await source.whoAmI()).toBe('13000/user');
  });

  test('without an id is a contract error', async () => {
    const { source } = anAcademy({ [PATHS.whoAmI]: { data: { username: 'api' } } });

    await expect(source.whoAmI()).rejects.toMatchObject({
      code: 'DOCEBO_CONTRACT',
      message: "DOCEBO's answer about the token's user (endpoint whoAmI) has no id or no user_level",
    });
  });
});

test.each(
  Object.entries(PATHS).filter(([name]) =>
    ['session', 'events', 'enrolments', 'course', 'courseDetails', 'whoAmI'].includes(name),
  ),
)('a refusal of access at %s is an error and no empty answer', async (_name, path) => {
  const { read } = anAcademy({ [path]: anError(403) });

  await expect(read()).rejects.toMatchObject({ code: 'DOCEBO_ACCESS' });
});

describe('read no further than the switches', () => {
  const asked = ({ requests }: { readonly requests: readonly { readonly method: string; readonly path: string }[] }) =>
    requests.map(({ method, path }) => `${method} ${path}`).filter((name) => name !== 'POST /oauth2/token');

  test('a session that says off itself costs one call', async () => {
    const { docebo, readUnlessOff } = anAcademy({ [PATHS.session]: session({ external_calendar_rsvp: 'disabled' }) });

    expect(await readUnlessOff()).toMatchObject({ kind: 'off', courseId: '3', problems: [] });
    expect(asked(docebo)).toEqual([PATHS.whoAmI, PATHS.session]);
  });

  test('one that follows its course costs two', async () => {
    const { docebo, readUnlessOff } = anAcademy({ [PATHS.course]: course({ external_calendar_rsvp: 'disabled' }) });

    expect(await readUnlessOff()).toMatchObject({ kind: 'off', problems: [] });
    expect(asked(docebo)).toEqual([PATHS.whoAmI, PATHS.session, PATHS.course]);
  });

  test('where invitations are on, nothing is asked twice', async () => {
    const { docebo, readUnlessOff } = anAcademy();
    const alone = anAcademy();

    expect(await readUnlessOff()).toEqual(await alone.read());
    expect(asked(docebo).sort()).toEqual(asked(alone.docebo).sort());
  });

  test('a switch that cannot be read is reported once, by a whole reading', async () => {
    const { readUnlessOff } = anAcademy({ [PATHS.course]: course({ external_calendar_rsvp: 'maybe' }) });

    const reading = await readUnlessOff();

    expect(reading).toMatchObject({ kind: 'found', facts: { course: { rsvp: null } } });
    expect(reading.kind === 'found' && reading.problems.map(({ code }) => code)).toEqual(['READ_SWITCH_UNREADABLE']);
  });

  test('what else the switches do not tell is reported beside', async () => {
    const hide = { external_calendar_rsvp: 'disabled', external_calendar_hide_attendees: 'maybe' };
    const { readUnlessOff } = anAcademy({ [PATHS.course]: course(hide) });

    expect(await readUnlessOff()).toMatchObject({ kind: 'off', problems: [{ code: 'READ_SWITCH_UNREADABLE' }] });
  });
});
