export { courseSession } from './course-session';
export { fanOut } from './fan-out';
