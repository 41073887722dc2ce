import { readEventTimes } from '../../../../src/adapters/docebo/reading/event-times';
import { aProfile } from './a-profile';

const local = aProfile();
const utc = aProfile((p) => p.set('/times/eventBase', 'utc'));

function anEvent(schedule: Readonly<Record<string, unknown>>): unknown {
  return {
    schedule: {
      date: '2026-05-04',
      time_begin: '09:00:00',
      time_end: '17:00:00',
      timezone: 'Europe/Rome',
      ...schedule,
    },
  };
}

const times = (schedule: Readonly<Record<string, unknown>>, profile = local) =>
  readEventTimes(anEvent(schedule), profile);

describe('times of an event', () => {
  test('are clock times of its zone', () => {
    expect(times({})).toEqual({
      startsAt: '2026-05-04T07:00:00.000Z',
      endsAt: '2026-05-04T15:00:00.000Z',
      timeZone: 'Europe/Rome',
    });
  });

  test('are UTC where the profile says so, and keep their zone', () => {
    expect(times({}, utc)).toEqual({
      startsAt: '2026-05-04T09:00:00.000Z',
      endsAt: '2026-05-04T17:00:00.000Z',
      timeZone: 'Europe/Rome',
    });
  });

  test('go on after midnight', () => {
    expect(times({ time_begin: '22:00', time_end: '02:00' })).toMatchObject({
      startsAt: '2026-05-04T20:00:00.000Z',
      endsAt: '2026-05-05T00:00:00.000Z',
    });
  });

  test('cross midnight in UTC where the zone is far', () => {
    const schedule = { time_begin: '23:30:00', time_end: '01:00:00', timezone: 'America/Chicago' };

    expect(times(schedule, utc)).toMatchObject({
      startsAt: '2026-05-04T23:30:00.000Z',
      endsAt: '2026-05-05T01:00:00.000Z',
    });
  });

  test.each([
    ['skipped in spring: moved on by the skipped hour', '2026-03-29', '02:30:00', '2026-03-29T01:30:00.000Z'],
    ['shown twice in autumn: the first', '2026-10-25', '02:30:00', '2026-10-25T00:30:00.000Z'],
    ['just before the clocks go back', '2026-10-25', '01:59:00', '2026-10-24T23:59:00.000Z'],
    ['just after', '2026-10-25', '03:00:00', '2026-10-25T02:00:00.000Z'],
  ])('a time that is %s', (_what, date, time_begin, startsAt) => {
    expect(times({ date, time_begin })).toMatchObject({ startsAt });
  });

  test('an event through the night in which the clocks go back lasts an hour longer', () => {
    expect(times({ date: '2026-10-24', time_begin: '22:00', time_end: '06:00' })).toMatchObject({
      startsAt: '2026-10-24T20:00:00.000Z',
      endsAt: '2026-10-25T05:00:00.000Z',
    });
  });

  test('are read with and without seconds, and with a date that carries a time', () => {
    expect(times({ date: '2026-05-04 00:00:00', time_begin: '9:00', time_end: '17:00' })).toEqual(times({}));
  });

  test('take the end from where the profile points', () => {
    const profile = aProfile((p) => p.set('/fields/event/timeEnd', ['/end_hour', '/time_end']));
    const event = { ...(anEvent({ time_end: undefined }) as object), time_end: '12:00' };

    expect(readEventTimes(event, profile)).toMatchObject({ endsAt: '2026-05-04T10:00:00.000Z' });
  });

  test.each([
    ['a zero date', { date: '0000-00-00' }, 'its begin is no date and time: "0000-00-00" "09:00:00"'],
    ['an empty date', { date: '' }, 'its begin is no date and time: an empty text "09:00:00"'],
    ['no date', { date: null }, 'its begin is no date and time: null "09:00:00"'],
    ['a day that does not exist', { date: '2026-02-30' }, 'its begin is no date and time: "2026-02-30" "09:00:00"'],
    ['an hour that does not exist', { time_begin: '25:00' }, 'its begin is no date and time: "2026-05-04" "25:00"'],
    ['no end', { time_end: null }, 'its end is no time: nothing'],
    ['an end that is no time', { time_end: 'ten' }, 'its end is no time: "ten"'],
    ['no zone', { timezone: '' }, 'its time zone (/schedule/timezone) is no IANA zone: nothing'],
    [
      'an offset for a zone',
      { timezone: 'GMT -06:00' },
      'its time zone (/schedule/timezone) is no IANA zone: a text that is not shown',
    ],
    ['an unknown zone', { timezone: 'Mars' }, 'its time zone (/schedule/timezone) is no IANA zone: "Mars"'],
  ])('%s is a fault that says what it is', (_what, schedule, fault) => {
    expect(times(schedule)).toEqual({ fault });
  });
});
