import { DateTime } from 'luxon';
import { zoneToIana } from '../../simulators/microsoft/calendar/time-zones';
import { toZonedPeriod } from '../../src/adapters/graph/windows-zone';

/** The product's table is Unicode's, the simulator's its own: both must read the same instant out of what is sent. */
describe('times sent to Graph', () => {
  it.each(['2026-01-15T09:30:00.000Z', '2026-07-15T09:30:00.000Z', '2026-10-25T00:30:00.000Z'])(
    'mean the same instant to Graph in every zone of this Node: %s',
    (instant) => {
      const misread = Intl.supportedValuesOf('timeZone').filter((timeZone) => {
        const { start } = toZonedPeriod({ startsAt: instant, endsAt: instant, timeZone });
        const zone = zoneToIana(start.timeZone);
        return zone === undefined || DateTime.fromISO(start.dateTime, { zone }).toUTC().toISO() !== instant;
      });

      expect(misread).toEqual([]);
    },
  );
});
