export { courseSession } from './course-session';
export { fanOut } from './fan-out';
export { platformHealth } from './platform-health';
export { notifyFailures, pollRsvps, sweep } from './scheduled';
