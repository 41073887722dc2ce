import { expectCalendar, NOTHING, type Academy } from '../../../demo/checker/expectation';
import { anAcademy, aSeat, RULES } from './an-academy';

function expected(academy: Academy, rules = RULES) {
  return [...expectCalendar(academy, rules, NOTHING).events.values()];
}

function attendees(academy: Academy, rules = RULES) {
  return expected(academy, rules)[0]?.attendees;
}

const [learner11, learner12, instructor] = [11, 12, 90].map((id) => `person${id}@academy.example`);

describe('the calendar that Docebo asks for', () => {
  test('has each event to come with its time, place and people', () => {
    expect(expected(anAcademy({}))).toMatchObject([
      {
        key: '54/101',
        startUtc: '2026-06-01T07:00:00.000Z',
        endUtc: '2026-06-01T15:00:00.000Z',
        place: ['Aula 1', 'Milano'],
        hidden: false,
        attendees: [learner11, learner12, instructor],
        texts: ['First aid', 'Spring'],
      },
    ]);
  });

  test('has nothing of an event that is over', () => {
    expect(expected(anAcademy({ event: { endsAtUtc: '2026-04-30T15:00:00.000Z' } }))).toEqual([]);
  });

  test.each([
    ['switched off', { rsvpOn: false, rsvp: 'off' }],
    ['cancelled', { status: 'cancelled' }],
  ] as const)('has nothing of a session that is %s', (_what, session) => {
    expect(expected(anAcademy({ session }))).toEqual([]);
  });

  test('invites no waiting or inactive people', () => {
    const enrolments = [aSeat(11), aSeat(12, 'waiting'), aSeat(13, 'inactive')];

    expect(attendees(anAcademy({ enrolments }))).toEqual([learner11, instructor]);
  });

  test('invites the instructors of the event too, and nobody twice', () => {
    const academy = anAcademy({ event: { instructorIds: [91, 90] }, enrolments: [aSeat(90)] });

    expect(attendees(academy)).toEqual([instructor, 'person91@academy.example']);
  });

  test('leaves instructors out where they are not to be added, unless they learn', () => {
    const rules = { ...RULES, addInstructors: false };

    expect(attendees(anAcademy({}), rules)).toEqual([learner11, learner12]);
    expect(attendees(anAcademy({ enrolments: [aSeat(90)] }), rules)).toEqual([instructor]);
  });

  test('does not invite the organiser to the own meeting', () => {
    expect(attendees(anAcademy({}), { ...RULES, organiser: 'PERSON11@academy.example' })).toEqual([
      learner12,
      instructor,
    ]);
  });

  test('shows a webinar by its link, and an event without room and link nowhere', () => {
    const online = { locationId: null, classroomId: null, webinarTool: 'teams', webinarUrl: 'https://teams.example/1' };

    expect(expected(anAcademy({ event: online }))[0]?.place).toEqual(['https://teams.example/1']);
    expect(expected(anAcademy({ event: { locationId: null, classroomId: null } }))[0]?.place).toEqual([]);
  });
});

describe('a course that is switched off', () => {
  const before = expectCalendar(anAcademy({}), RULES, NOTHING);
  const off = { rsvp: 'inherit', rsvpOn: false } as const;

  test('takes nothing back while its session stays as it is', () => {
    const after = expectCalendar(anAcademy({ course: { rsvp: false }, session: off }), RULES, before);

    expect(after.events).toEqual(before.events);
  });

  test.each([
    ['its texts', anAcademy({ session: { ...off, description: 'new' } })],
    ['its list', anAcademy({ session: off, enrolments: [aSeat(11)] })],
    ['its events', anAcademy({ session: off, event: { timeBegin: '10:00' } })],
  ])('takes back at the next change of the session: %s', (_what, academy) => {
    expect(expectCalendar(academy, RULES, before).events.size).toBe(0);
  });

  test('is outdone by a session that is switched off itself', () => {
    const academy = anAcademy({ session: { rsvp: 'off', rsvpOn: false } });

    expect(expectCalendar(academy, RULES, before).events.size).toBe(0);
  });

  test('never brings an event that was not there before', () => {
    expect(expectCalendar(anAcademy({ session: off }), RULES, NOTHING).events.size).toBe(0);
  });
});
