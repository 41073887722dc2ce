import type { Verb } from '../run-cli';
import { addHold, addRelease, addResync } from './ask-sessions';
import { addCoverage } from './coverage';
import { addSession } from './session';
import { addSessions } from './sessions';

/** In the order of the help. */
export const VERBS: readonly Verb[] = [addSessions, addSession, addResync, addHold, addRelease, addCoverage];
