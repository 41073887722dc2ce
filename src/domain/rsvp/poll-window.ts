import type { Instant } from '../model';
import type { RsvpPollSettings } from '../settings';

const DAY_MS = 86_400_000;

/** The events whose answers are watched. Yesterday's, because an answer may come in while they run; what is over does not matter. */
export function watchedWindow(
  now: Instant,
  { windowDays }: Pick<RsvpPollSettings, 'windowDays'>,
): { readonly from: Instant; readonly to: Instant } {
  return { from: shifted(now, -DAY_MS), to: shifted(now, windowDays * DAY_MS) };
}

/** The service freezes a window when it is opened: it is opened anew before new events lie beyond its end. */
export function isSpent(
  windowEndsAt: Instant,
  now: Instant,
  { rollBelowDays }: Pick<RsvpPollSettings, 'rollBelowDays'>,
): boolean {
  return windowEndsAt < shifted(now, rollBelowDays * DAY_MS);
}

export function shifted(at: Instant, ms: number): Instant {
  return new Date(Date.parse(at) + ms).toISOString();
}
