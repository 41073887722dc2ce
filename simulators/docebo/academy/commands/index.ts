import { CommandError } from '../command-error';
import { recordAnswer } from './answers';
import type { Command } from './command';
import { createCourse, deleteCourse, updateCourse } from './courses';
import { completeEnrolment, enrol, promote, unenrol } from './enrolments';
import { addEvent, removeEvent, updateEvent } from './events';
import { createLearningPlan, enrolInPlan, unenrolFromPlan, updateLearningPlan } from './learning-plans';
import { createUser, createUsers, deleteUser, updateUser } from './people';
import { createClassroom, createLocation, updateClassroom, updateLocation } from './places';
import { cancelSession, createSession, deleteSession, restoreSession, updateSession } from './sessions';

/** All that can be done to the academy, by the control API and by the pages alike. */
export const commands = {
  'create-user': createUser,
  'create-users': createUsers,
  'update-user': updateUser,
  'delete-user': deleteUser,
  'create-location': createLocation,
  'update-location': updateLocation,
  'create-classroom': createClassroom,
  'update-classroom': updateClassroom,
  'create-course': createCourse,
  'update-course': updateCourse,
  'delete-course': deleteCourse,
  'create-session': createSession,
  'update-session': updateSession,
  'cancel-session': cancelSession,
  'restore-session': restoreSession,
  'delete-session': deleteSession,
  'add-event': addEvent,
  'update-event': updateEvent,
  'remove-event': removeEvent,
  enrol,
  unenrol,
  promote,
  'complete-enrolment': completeEnrolment,
  'create-learning-plan': createLearningPlan,
  'update-learning-plan': updateLearningPlan,
  'enrol-in-plan': enrolInPlan,
  'unenrol-from-plan': unenrolFromPlan,
  'record-answer': recordAnswer,
} as const;

export type CommandName = keyof typeof commands;
export type CommandArgs<N extends CommandName> = NonNullable<(typeof commands)[N]['args']>;
export type CommandResult<N extends CommandName> = ReturnType<(typeof commands)[N]>;

export function commandOf(name: string): Command {
  if (Object.hasOwn(commands, name)) return commands[name as CommandName];
  throw new CommandError(404, `there is no command "${name}". Commands: ${Object.keys(commands).join(', ')}`);
}
