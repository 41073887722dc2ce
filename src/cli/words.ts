import type { SessionRef } from '../domain/model';
import type { SessionCounts } from '../domain/plan';
import { plural, showTime } from '../domain/words';

export { plural, showTime };

/** `academy/5401`: how people name a session. */
export function nameOf({ platform, sessionId }: SessionRef): string {
  return `${platform}/${sessionId}`;
}

/** `2 events, 20 learners, 1 instructor`. */
export function describeCounts({ events, learners, instructors, unread }: SessionCounts): string {
  if (unread === true) return 'events and people not read: nobody is to be invited';
  return [plural(events, 'event'), plural(learners, 'learner'), plural(instructors, 'instructor')].join(', ');
}

/** `3 days`, `5 h`, `12 min`: the largest unit that fits. */
export function showAge(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
