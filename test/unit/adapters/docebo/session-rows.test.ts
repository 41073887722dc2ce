import { toCourseRow, toSessionRow } from '../../../../src/adapters/docebo/reading/session-rows';
import { aProfile } from './a-profile';

const profile = aProfile();

function session(over: Readonly<Record<string, unknown>> = {}) {
  const item = { id: '7', name: 'Day 1', events: '1', enrolled: '2', waiting: '0', instructors: 1, ...over };
  return toSessionRow(item, { courseId: '3', profile });
}

describe('a row of a session list', () => {
  it.each([
    ['disabled', 'off'],
    ['enabled', 'on'],
    ['default', 'inherit'],
    [undefined, null],
    ['perhaps', null],
  ])('whose switch is written %j is %j', (external_calendar_rsvp, expected) => {
    expect(session({ external_calendar_rsvp })?.rsvp).toBe(expected);
  });

  it.each([
    ['counters as texts', { enrolled: '12' }, { enrolled: 12 }],
    ['counters as numbers', { enrolled: 12 }, { enrolled: 12 }],
    [
      'counters that are none',
      { enrolled: 'many', events: null, waiting: -1 },
      { enrolled: null, events: null, waiting: null },
    ],
    ['dates', { date_start: '2026-06-01 07:00:00' }, { startsAt: '2026-06-01T07:00:00.000Z' }],
    ['zero dates', { date_start: '0000-00-00 00:00:00', date_end: '' }, { startsAt: null, endsAt: null }],
    ['how long it is', { hours: '8:45' }, { length: 525 }],
    ['a length that is none', { hours: '8.75' }, { length: null }],
    ['a name that is missing', { name: null }, { name: '' }],
  ])('tells %s', (_what, over, expected) => {
    expect(session(over)).toMatchObject(expected);
  });

  it.each([
    ['its place', { location: { id: 3, name: 'HQ' } }],
    ['an additional field', { additional_fields: [{ id: '5', value: 'boots' }] }],
    ['its status, where a tenant shows it', { status: 'cancelled' }],
    ['hidden attendees, where a tenant shows it', { external_calendar_hide_attendees: 'enabled' }],
  ])('has other details with another value of %s', (_what, over) => {
    expect(session(over)?.details).not.toBe(session()?.details);
  });

  it.each([
    ['seats', { max_enroll: '30' }],
    ['what Docebo counts for itself', { events_with_sync_failed: '1' }],
    ['the order of additional fields', {}],
  ])('is the same with other %s', (_what, over) => {
    const fields = [
      { id: '5', value: 'a' },
      { id: '6', value: 'b' },
    ];
    const before = session({ additional_fields: fields });

    expect(session({ additional_fields: [...fields].reverse(), ...over })).toEqual(before);
  });

  it('is none without an id', () => {
    expect(session({ id: '0' })).toBeNull();
    expect(toSessionRow('7', { courseId: '3', profile })).toBeNull();
  });
});

describe('a row of the list of courses', () => {
  const course = (over: Readonly<Record<string, unknown>> = {}) =>
    toCourseRow(
      { id_course: '3', name: 'Forklifts', course_type: 'classroom', date_last_updated: 'x', ...over },
      profile,
    );

  it.each([
    ['classroom', true],
    ['webinar', true],
    ['elearning', false],
    [undefined, true],
    ['something new', true],
  ])('of type %j may have sessions: %j', (course_type, expected) => {
    expect(course({ course_type })?.mayHaveSessions).toBe(expected);
  });

  it.each([
    ['enabled', true],
    ['disabled', false],
    [undefined, null],
    ['perhaps', null],
  ])('whose switch is written %j is %j', (external_calendar_rsvp, expected) => {
    expect(course({ external_calendar_rsvp })?.rsvp).toBe(expected);
  });

  it('changes with its name and the time of its last update', () => {
    const details = [course(), course({ name: 'Cranes' }), course({ date_last_updated: 'y' })].map((c) => c?.details);

    expect(new Set(details).size).toBe(3);
  });

  it('is none without an id', () => {
    expect(course({ id_course: null })).toBeNull();
  });
});
