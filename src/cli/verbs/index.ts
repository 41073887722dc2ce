import type { Verb } from '../run-cli';
import { addAccounts } from './accounts';
import { addHold, addRelease, addResync } from './ask-sessions';
import { addBackfill } from './backfill';
import { addCoverage } from './coverage';
import { addDoctor } from './doctor';
import { addEvents } from './events';
import { addKeys } from './keys';
import { addLogin } from './login';
import { addLogout } from './logout';
import { addPlan } from './plan';
import { addProfile } from './profile';
import { addReplay } from './replay';
import { addSession } from './session';
import { addSessions } from './sessions';
import { addTerminate } from './terminate';
import { addWhy } from './why';

/** In the order of the help. */
export const VERBS: readonly Verb[] = [
  addSessions,
  addSession,
  addWhy,
  addEvents,
  addResync,
  addHold,
  addRelease,
  addTerminate,
  addCoverage,
  addDoctor,
  addPlan,
  addBackfill,
  addProfile,
  addReplay,
  addKeys,
  addAccounts,
  addLogin,
  addLogout,
];
