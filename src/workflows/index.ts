export { backfill } from './backfill';
export { courseSession } from './course-session';
export { fanOut } from './fan-out';
export { onQueue } from './on-queue';
export { ownQueue } from './own-queue';
export { platformHealth } from './platform-health';
export { notifyFailures, pollRsvps, sweep } from './scheduled';
export { watchMailbox } from './watch-mailbox';
