import type { Client } from '@temporalio/client';
import { readEndedRuns } from './read-ended-runs';
import { foldUsage, type KeyUsage, type KeyUser, type SignIns, type SignInUse } from './key-usage';
import { readOpenRuns } from './read-open-runs';
import { readSchedules } from './read-schedules';
import { toOperatorError } from '../operator/to-operator-error';

export interface KeyUsageOptions {
  /** Ids of the key ring, the first of which encrypts. */
  readonly ring: readonly string[];
  /** Null: nothing here says where they are. */
  readonly signIns: SignIns | null;
  /** Look through ended runs, too: there may be many. */
  readonly withEnded?: boolean;
  readonly tell?: (progress: string) => void;
  readonly now?: () => Date;
}

/**
 * Which keys are needed by what is still open: every open run's whole history is read (a worker replays all of it), every schedule's action
 * and last result, and the sign-ins on this machine. Only metadata is looked at, so that it works with a ring that lacks a key. Nothing is sampled.
 *
 * @throws UpstreamError `TEMPORAL_UNAVAILABLE`, `TEMPORAL_NO_NAMESPACE`; AccessError `TEMPORAL_ACCESS`.
 */
export async function readKeyUsage(client: Client, options: KeyUsageOptions): Promise<KeyUsage> {
  const { ring, withEnded = false, tell = () => undefined, now = () => new Date() } = options;
  try {
    const at = now().toISOString();
    const runs = await readOpenRuns(client, { tell });
    const schedules = await readSchedules(client, { tell });
    const ended = withEnded ? await readEndedRuns(client, { tell }) : null;
    const signIns = options.signIns === null ? null : await options.signIns.look();
    const users: KeyUser[] = [...runs, ...schedules.users, ...(signIns ?? []).flatMap(toUser)];
    const { unknown } = schedules;
    const isCertain = unknown.length === 0 && signIns?.some(({ state }) => state === 'unreadable') !== true;
    const keys = foldUsage({ ring, users, isCertain, ended });
    return { at, openRuns: runs.length, schedules: schedules.count, keys, unknown, signIns, users };
  } catch (error) {
    throw await toOperatorError(client, error, null);
  }
}

function toUser(use: SignInUse): KeyUser[] {
  if (use.state !== 'sealed') return [];
  const { account, key, since } = use;
  return [{ kind: 'sign-in', account, since, keys: new Set([key]), shown: new Set() }];
}
