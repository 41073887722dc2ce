import type { Weighted } from './draw';

/** Kinds of changes in Docebo, by how often they happen; `toCommands` says what each does. */
export const CHANGES: Weighted<ChangeKind> = [
  [14, 'enrol'],
  [9, 'unenrol'],
  [3, 'unenrolKeepRow'],
  [4, 'waitingList'],
  [4, 'promote'],
  [3, 'enrolMany'],
  [9, 'moveEvent'],
  [3, 'renameEvent'],
  [4, 'addEvent'],
  [3, 'removeEvent'],
  [4, 'eventInstructors'],
  [4, 'sessionInstructors'],
  [4, 'room'],
  [2, 'webinar'],
  [4, 'renameSession'],
  [2, 'sessionText'],
  [2, 'hideAttendees'],
  [3, 'sessionSwitch'],
  [2, 'courseSwitch'],
  [2, 'courseText'],
  [1, 'courseHide'],
  [2, 'cancelSession'],
  [3, 'restoreSession'],
  [2, 'deleteSession'],
  [5, 'createSession'],
  [1, 'deleteCourse'],
  [2, 'userAddress'],
  [1, 'userName'],
  [1, 'userDeactivated'],
  [1, 'userDeleted'],
  [1, 'locationRenamed'],
  [2, 'joinPlan'],
  [3, 'leavePlan'],
  [2, 'reshuffle'],
  [2, 'backAndForth'],
];

export type ChangeKind =
  | 'enrol'
  | 'unenrol'
  | 'unenrolKeepRow'
  | 'waitingList'
  | 'promote'
  | 'enrolMany'
  | 'moveEvent'
  | 'renameEvent'
  | 'addEvent'
  | 'removeEvent'
  | 'eventInstructors'
  | 'sessionInstructors'
  | 'room'
  | 'webinar'
  | 'renameSession'
  | 'sessionText'
  | 'hideAttendees'
  | 'sessionSwitch'
  | 'courseSwitch'
  | 'courseText'
  | 'courseHide'
  | 'cancelSession'
  | 'restoreSession'
  | 'deleteSession'
  | 'createSession'
  | 'deleteCourse'
  | 'userAddress'
  | 'userName'
  | 'userDeactivated'
  | 'userDeleted'
  | 'locationRenamed'
  | 'joinPlan'
  | 'leavePlan'
  | 'reshuffle'
  | 'backAndForth';
