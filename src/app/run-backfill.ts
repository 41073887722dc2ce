import type { Client } from '@temporalio/client';
import type { BackfillProgress } from '../contract/operator-reads';
import type { PlatformKey } from '../domain/model';
import { awaitBackfill, readBackfill, startBackfill } from '../temporal/backfills';
import { countSessions } from '../temporal/server-facts';
import type { Config } from './config/config-types';

const HOUR_MS = 3_600_000;
const LOOK_MS = 2_000;

export interface BackfillLook {
  readonly progress: BackfillProgress | null;
  /** Running sessions by SyncStatus. */
  readonly sessions: Readonly<Record<string, number>>;
}

/** Starts a backfill; the workflow goes on whether or not anybody waits. */
export async function beginBackfill(client: Client, config: Config, platform: PlatformKey): Promise<string> {
  const settings = config.platforms[platform]?.settings.routing;
  const mailboxes = [...new Set([settings?.defaultMailbox, ...(settings?.routes ?? []).map((route) => route.mailbox)])];
  const { workflowId } = await startBackfill(client, {
    platform,
    mailboxes: mailboxes.filter((mailbox) => mailbox !== undefined),
    doceboConnectIsOff: true,
    pauseMs: pauseOf(config, platform),
  });
  return workflowId;
}

/** A round spends as much as a sweep: the pause leaves the rest of each hour to webhooks. */
function pauseOf({ schedules, platforms }: Config, platform: PlatformKey): number {
  const callsPerHour = platforms[platform]?.docebo.budget.callsPerHour ?? schedules.sweepCalls;
  return Math.min(HOUR_MS, Math.ceil((HOUR_MS * schedules.sweepCalls) / callsPerHour));
}

/** Waits for its end, and then until the sessions that it started have looked at themselves. */
export async function followBackfill(
  client: Client,
  input: {
    readonly platform: PlatformKey;
    readonly settleMs: number;
    readonly onLook: (look: BackfillLook) => void;
  },
): Promise<BackfillLook> {
  const { platform, onLook } = input;
  const state: { end: BackfillProgress | null } = { end: null };
  const ended = awaitBackfill(client, platform).then((progress) => (state.end = progress));
  let deadline = Infinity;
  for (;;) {
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, LOOK_MS))]);
    const progress = state.end ?? (await readBackfill(client, platform));
    const look = { progress, sessions: await countSessions(client, platform) };
    onLook(look);
    if (state.end === null) continue;
    deadline = Math.min(deadline, Date.now() + input.settleMs);
    if ((look.sessions['pending'] ?? 0) === 0 || Date.now() >= deadline) return look;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
