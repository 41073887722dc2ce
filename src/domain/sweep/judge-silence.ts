import { DateTime, Interval } from 'luxon';
import type { Instant } from '../model';

export interface WorkingHours {
  /** ISO weekdays: 1 is Monday. */
  readonly days: readonly number[];
  /** Wall time `HH:MM`; `to` may be `24:00` and is later than `from`. */
  readonly from: string;
  readonly to: string;
}

export interface Silence {
  readonly silent: boolean;
  /** The last webhook, or since when one could have come. */
  readonly since: Instant;
  /** Working time that has passed since then. */
  readonly quietMs: number;
}

/** A longer silence is silence in any case; counting further back costs time and tells nothing. */
const LOOK_BACK_DAYS = 60;

/**
 * Whether a platform has been quiet for too long: only working time counts, since nobody edits courses at night. Docebo switches a webhook
 * off after 60 hours without delivery, and sends nothing from then on, so `limitMs` belongs well below the working time of two days.
 *
 * @param watchedSince when the first webhook could have come, for a platform that never sent one.
 */
export function judgeSilence(input: {
  readonly lastWebhookAt: Instant | null;
  readonly watchedSince: Instant;
  readonly now: Instant;
  readonly workingHours: WorkingHours;
  /** IANA zone of the working hours. */
  readonly zone: string;
  readonly limitMs: number;
}): Silence {
  const { lastWebhookAt, watchedSince, now, limitMs } = input;
  const since = lastWebhookAt ?? watchedSince;
  const quietMs = workingTimeBetween(since, now, input);
  return { silent: quietMs >= limitMs, since, quietMs };
}

function workingTimeBetween(
  from: Instant,
  to: Instant,
  { workingHours, zone }: { readonly workingHours: WorkingHours; readonly zone: string },
): number {
  const end = DateTime.fromISO(to, { zone });
  const begin = DateTime.max(DateTime.fromISO(from, { zone }), end.minus({ days: LOOK_BACK_DAYS }));
  if (begin >= end) return 0;
  const whole = Interval.fromDateTimes(begin, end);
  let total = 0;
  for (let day = begin.startOf('day'); day < end; day = day.plus({ days: 1 })) {
    if (!workingHours.days.includes(day.weekday)) continue;
    const open = Interval.fromDateTimes(atClock(day, workingHours.from), atClock(day, workingHours.to));
    total += whole.intersection(open)?.length('milliseconds') ?? 0;
  }
  return total;
}

/** By the clock on the wall, so that a day on which the clocks change keeps its hours. */
function atClock(day: DateTime, time: string): DateTime {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour === 24 ? day.plus({ days: 1 }) : day.set({ hour, minute });
}
