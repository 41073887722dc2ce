import type { SessionLedger } from './plan';

/** Of a session for which nothing has been written yet. */
export function createEmptyLedger(): SessionLedger {
  return { courseId: null, mailbox: null, people: {}, departed: [], events: {}, factsHash: null, readAs: null };
}
