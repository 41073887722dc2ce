import { fc } from '../../support/properties';
import { DateTime } from 'luxon';
import { toInstant } from '../../../simulators/microsoft/calendar/date-times';
import { readEventTimes } from '../../../src/adapters/docebo/reading/event-times';
import { toZonedPeriod } from '../../../src/adapters/graph/windows-zone';
import { aProfile } from './docebo/a-profile';

const profile = aProfile();
const ZONES = [...Intl.supportedValuesOf('timeZone'), 'UTC', 'US/Eastern', 'Asia/Calcutta', 'Europe/Kiev', 'Etc/GMT+5'];
const YEAR_MS = 366 * 86_400_000;
const WEEK_MS = 7 * 86_400_000;
const BEGIN = Date.parse('2026-01-01T00:00:00Z');

/** What the calendar shows of a wall time that Docebo gives, as instants. */
function toCalendar(schedule: { date: string; time_begin: string; time_end: string; timezone: string }) {
  const times = readEventTimes({ schedule }, profile);
  if ('fault' in times) throw new Error(times.fault);
  const { start, end } = toZonedPeriod(times);
  return { times, start: toInstant(start, 'start').utc, end: toInstant(end, 'end').utc };
}

/** Moments of a year at which a zone's clocks are changed, to the minute. */
function changesOf(zone: string): number[] {
  const offsetAt = (ms: number): number => DateTime.fromMillis(ms, { zone }).offset;
  const changes: number[] = [];
  for (let week = BEGIN; week < BEGIN + YEAR_MS; week += WEEK_MS) {
    let [before, after] = [week, week + WEEK_MS];
    if (offsetAt(before) === offsetAt(after)) continue;
    while (after - before > 60_000) {
      const middle = Math.floor((before + after) / 2 / 60_000) * 60_000;
      if (offsetAt(middle) === offsetAt(before)) before = middle;
      else after = middle;
    }
    changes.push(after);
  }
  return changes;
}

function wall(ms: number): { date: string; time: string } {
  const text = new Date(ms).toISOString();
  return { date: text.slice(0, 10), time: text.slice(11, 19) };
}

it('every zone of this Node: a time in Docebo is the same instant in the calendar', () => {
  const wrong: string[] = [];
  for (const timezone of ZONES)
    fc.assert(
      fc.property(fc.integer({ min: BEGIN / 60_000, max: (BEGIN + 5 * YEAR_MS) / 60_000 }), (minute) => {
        const at = wall(minute * 60_000);
        const { times, start, end } = toCalendar({ date: at.date, time_begin: at.time, time_end: '23:59', timezone });
        if (start !== times.startsAt || end !== times.endsAt) wrong.push(`${timezone} ${at.date} ${at.time}`);
      }),
      { numRuns: 3 },
    );

  expect(wrong).toEqual([]);
});

it('every zone: what the clocks skip or show twice is one instant on both sides, and never before the change', () => {
  const wrong: string[] = [];
  let changes = 0;
  for (const timezone of ZONES) {
    for (const change of changesOf(timezone)) {
      changes++;
      const [before, after] = [change - 60_000, change].map((ms) => DateTime.fromMillis(ms, { zone: timezone }).offset);
      // Quarters of an hour around the change, by the clock as it was before.
      for (let quarter = -8; quarter <= 8; quarter++) {
        const clock = change + before! * 60_000 + quarter * 900_000;
        const at = wall(clock);
        const { times, start } = toCalendar({ ...at, time_begin: at.time, time_end: '23:59', timezone });
        const read = Date.parse(times.startsAt);
        const isSkipped = quarter >= 0 && clock < change + after! * 60_000;
        // The first of two; of a time that is skipped, as long after the change as the clock is beyond it.
        const expected = quarter < 0 || isSkipped ? clock - before! * 60_000 : clock - after! * 60_000;
        const isTwice = after! < before! && clock < change + before! * 60_000 && clock >= change + after! * 60_000;
        if (start !== times.startsAt || read !== (isTwice ? clock - before! * 60_000 : expected))
          wrong.push(`${timezone} ${at.date} ${at.time}: ${times.startsAt}, ${start}`);
      }
    }
  }

  expect(wrong).toEqual([]);
  expect(changes).toBeGreaterThan(100);
});
