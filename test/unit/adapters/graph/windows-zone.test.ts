import { toZonedPeriod } from '../../../../src/adapters/graph/windows-zone';

function startIn(timeZone: string, startsAt = '2026-05-04T09:00:00.000Z') {
  return toZonedPeriod({ startsAt, endsAt: startsAt, timeZone }).start;
}

describe('period of an event as Graph takes it', () => {
  it.each([
    ['Europe/Rome', '2026-05-04T11:00:00', 'W. Europe Standard Time'],
    ['Europe/Kyiv', '2026-05-04T12:00:00', 'FLE Standard Time'],
    ['Asia/Kolkata', '2026-05-04T14:30:00', 'India Standard Time'],
    ['America/Ciudad_Juarez', '2026-05-04T03:00:00', 'Mountain Standard Time'],
    ['US/Eastern', '2026-05-04T05:00:00', 'Eastern Standard Time'],
    ['Etc/UTC', '2026-05-04T09:00:00', 'UTC'],
    ['europe/rome', '2026-05-04T11:00:00', 'W. Europe Standard Time'],
  ])('writes %s as wall-clock time under the Windows name', (zone, dateTime, timeZone) => {
    expect(startIn(zone)).toEqual({ dateTime, timeZone });
  });

  it.each(['Antarctica/Troll', 'Mars/Olympus', '', 'GMT+6:30'])('writes UTC when %p has no Windows name', (zone) => {
    expect(startIn(zone)).toEqual({ dateTime: '2026-05-04T09:00:00', timeZone: 'UTC' });
  });

  it('writes UTC when the wall-clock time exists twice', () => {
    expect(startIn('Europe/Rome', '2026-10-25T00:30:00.000Z')).toEqual({
      dateTime: '2026-10-25T00:30:00',
      timeZone: 'UTC',
    });
  });

  it('writes both ends in UTC when one of them needs it', () => {
    const period = toZonedPeriod({
      startsAt: '2026-10-24T20:00:00.000Z',
      endsAt: '2026-10-25T00:30:00.000Z',
      timeZone: 'Europe/Rome',
    });

    expect([period.start.timeZone, period.end.timeZone]).toEqual(['UTC', 'UTC']);
  });

  it('writes UTC when the Windows zone keeps other rules than the IANA zone', () => {
    expect(startIn('Antarctica/Vostok').timeZone).toBe('UTC');
  });

  it('knows a Windows name for every European and American zone of this Node but those that left their Windows zone', () => {
    const zones = Intl.supportedValuesOf('timeZone').filter((zone) => /^(Europe|America)\//.test(zone));

    expect(zones.filter((zone) => startIn(zone).timeZone === 'UTC')).toEqual(['America/Scoresbysund']);
  });
});
