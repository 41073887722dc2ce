import type { Verb } from '../run-cli';
import { addHold, addRelease, addResync } from './ask-sessions';
import { addBackfill } from './backfill';
import { addCoverage } from './coverage';
import { addDoctor } from './doctor';
import { addPlan } from './plan';
import { addProfile } from './profile';
import { addSession } from './session';
import { addSessions } from './sessions';

/** In the order of the help. */
export const VERBS: readonly Verb[] = [
  addSessions,
  addSession,
  addResync,
  addHold,
  addRelease,
  addCoverage,
  addDoctor,
  addPlan,
  addBackfill,
  addProfile,
];
