import { findIana } from 'windows-iana';
import { windowsZones, zoneToIana } from '../../simulators/microsoft/calendar/time-zones';
import { MicrosoftRig, type ErrorAnswer } from './microsoft-rig';

describe('times and zones', () => {
  let rig: MicrosoftRig;
  beforeEach(async () => (rig = await MicrosoftRig.start()));
  afterEach(() => rig.close());

  async function startIn(timeZone: string, dateTime: string): Promise<string | null | undefined> {
    const event = await rig.create({
      start: { dateTime, timeZone },
      end: { dateTime: '2031-01-01T00:00:00', timeZone },
    });
    return event.start?.dateTime;
  }

  test('Windows names and the documented IANA names are understood, with their summer time', async () => {
    expect(await startIn('W. Europe Standard Time', '2030-01-15T09:00:00')).toBe('2030-01-15T08:00:00.0000000');
    expect(await startIn('W. Europe Standard Time', '2030-07-15T09:00:00')).toBe('2030-07-15T07:00:00.0000000');
    expect(await startIn('America/New_York', '2030-07-15T09:00:00.0000000')).toBe('2030-07-15T13:00:00.0000000');
    expect(await startIn('UTC', '2030-07-15T09:00')).toBe('2030-07-15T09:00:00.0000000');
  });

  test('answers are in the preferred zone, which is confirmed', async () => {
    const event = await rig.create();
    const prefer = 'IdType="ImmutableId", outlook.timezone="Tokyo Standard Time", outlook.body-content-type="text"';

    const shown = await rig.graph('GET', `events/${encodeURIComponent(event.id)}`, undefined, { prefer });

    expect(shown.body).toMatchObject({
      id: event.id,
      start: { dateTime: '2030-05-06T16:00:00.0000000', timeZone: 'Tokyo Standard Time' },
      body: { contentType: 'text', content: 'Bring your boots.' },
    });
    expect(shown.headers.get('preference-applied')).toBe(
      'IdType="ImmutableId", outlook.timezone="Tokyo Standard Time", outlook.body-content-type="text"',
    );
  });

  test('a preferred zone that is none is 400', async () => {
    const refused = await rig.graph<ErrorAnswer>('GET', 'events', undefined, { prefer: 'outlook.timezone="Mars"' });

    expect([refused.status, refused.body.error.code]).toEqual([400, 'TimeZoneNotSupportedException']);
  });

  test('calendarView needs both ends, reads them as UTC unless they carry an offset, and takes what overlaps', async () => {
    await rig.create();
    const view = (from: string, to: string) =>
      rig.graph<{ value: object[] }>(
        'GET',
        `calendarView?startDateTime=${encodeURIComponent(from)}&endDateTime=${encodeURIComponent(to)}`,
      );

    expect((await rig.graph('GET', 'calendarView?startDateTime=2030-05-01')).status).toBe(400);
    expect((await view('2030-05-06', '2030-05-07')).body.value).toHaveLength(1);
    expect((await view('next week', '2030-05-07')).status).toBe(400);
    expect((await view('2030-05-06T14:59:00', '2030-05-06T18:00:00')).body.value).toHaveLength(1);
    expect((await view('2030-05-06T15:00:00', '2030-05-06T18:00:00')).body.value).toHaveLength(0);
    expect((await view('2030-05-06T15:00:00+02:00', '2030-05-06T18:00:00+02:00')).body.value).toHaveLength(1);
  });

  test('our table of Windows zones agrees with CLDR, as another package carries it', () => {
    const offset = (zone: string, month: number) =>
      new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
        .formatToParts(Date.UTC(2030, month, 15))
        .find((p) => p.type === 'timeZoneName')?.value;

    const year = (zone: string) => `${offset(zone, 0)} ${offset(zone, 6)}`;

    // That package's list for a name can hold a zone that has since moved to another one; ours is one of them.
    for (const name of windowsZones) {
      const others = findIana(name).map(year);
      expect([name, ...others]).toContain(year(zoneToIana(name) ?? 'none'));
    }
  });
});
