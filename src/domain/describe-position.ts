import type { SwitchPosition } from './plan';

/** Where a session stands, in a sentence for people. */
export const POSITIONS: Readonly<Record<SwitchPosition | 'unknown', string>> = {
  unknown: 'not looked at yet',
  on: 'invitations are on',
  off: 'invitations are off',
  'course-off-waiting': 'the course switched invitations off; they are cancelled at the next change of this session',
  'course-off-left': 'the course switched invitations off; what was sent is left as it is',
  frozen: 'the platform is frozen: nothing is written',
  'session-cancelled': 'the session is cancelled in Docebo',
  'session-gone': 'the session is deleted in Docebo',
  unproven: 'Docebo does not show the session, and nothing proves that it is gone: everything stays as it is',
};
