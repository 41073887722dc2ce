import { fc } from '../../../support/properties';
import { judgeSilence, type WorkingHours } from '../../../../src/domain/sweep/judge-silence';

const HOUR = 3_600_000;
const workingHours: WorkingHours = { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' };

function judge(lastWebhookAt: string | null, now: string, over: Partial<Parameters<typeof judgeSilence>[0]> = {}) {
  return judgeSilence({
    lastWebhookAt,
    watchedSince: '2026-05-01T06:00:00.000Z',
    now,
    workingHours,
    zone: 'Europe/Rome',
    limitMs: 6 * HOUR,
    ...over,
  });
}

// Rome is two hours ahead of UTC in May; the 4th of May 2026 is a Monday.
describe('a platform is silent', () => {
  it.each([
    ['after six working hours without a webhook', '2026-05-04T07:00:00.000Z', '2026-05-04T13:00:00.000Z', 6, true],
    ['not a minute before', '2026-05-04T07:00:00.000Z', '2026-05-04T12:59:00.000Z', 6 - 1 / 60, false],
    ['not over a night', '2026-05-04T15:30:00.000Z', '2026-05-05T06:30:00.000Z', 1, false],
    ['not over a weekend', '2026-05-01T15:00:00.000Z', '2026-05-04T05:00:00.000Z', 1, false],
    ['by the hours of several days', '2026-05-01T15:00:00.000Z', '2026-05-04T11:00:00.000Z', 6, true],
    ['not right after a webhook', '2026-05-04T13:00:00.000Z', '2026-05-04T13:00:00.000Z', 0, false],
    ['not by a webhook from the future', '2026-05-04T14:00:00.000Z', '2026-05-04T13:00:00.000Z', 0, false],
  ])('%s', (_what, last, now, hours, silent) => {
    const found = judge(last, now);

    expect(found.silent).toBe(silent);
    expect(found.quietMs / HOUR).toBeCloseTo(hours, 6);
  });

  it('from when it was first watched, if it never sent a webhook', () => {
    expect(judge(null, '2026-05-01T12:00:00.000Z')).toEqual({
      silent: true,
      since: '2026-05-01T06:00:00.000Z',
      quietMs: 6 * HOUR,
    });
  });

  it('well before the 60 hours after which Docebo switches a webhook off', () => {
    const fridayNoon = '2026-05-01T10:00:00.000Z';
    const judged = Array.from({ length: 60 }, (_, hours) => {
      const now = new Date(Date.parse(fridayNoon) + hours * HOUR).toISOString();
      return judge(fridayNoon, now).silent;
    });

    expect(judged.indexOf(true)).toBe(6);
  });

  it('by the clock on the wall on the day on which the clocks change', () => {
    const always: WorkingHours = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' };
    const [before, after] = ['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'];

    expect(judge(before, after, { workingHours: always }).quietMs).toBe(23 * HOUR);
    expect(judge(before, after, { workingHours: { ...always, from: '08:00', to: '18:00' } }).quietMs).toBe(10 * HOUR);
  });

  it('more and more while nothing comes', () => {
    const instant = fc.integer({ min: 0, max: 55 * 24 * 60 });
    const at = (minutes: number): string => new Date(Date.UTC(2026, 2, 1) + minutes * 60_000).toISOString();
    fc.assert(
      fc.property(instant, instant, instant, (a, b, c) => {
        const [last = 0, sooner = 0, later = 0] = [a, b, c].sort((x, y) => x - y);
        const quiet = [sooner, later].map((now) => judge(at(last), at(now)).quietMs);
        expect(quiet[0]).toBeLessThanOrEqual(quiet[1] ?? 0);
        expect(quiet[1]).toBeLessThanOrEqual((later - last) * 60_000);
      }),
    );
  });
});
