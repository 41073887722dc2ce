import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds } from './process-usage';

const IDLE_FOR_MS = 2_000;
/** Of one processor. */
const IDLE_SHARE = 0.1;

/** Resolves when the process has next to nothing to do; after a moment where the system does not tell. */
export async function untilIdle(pid: number | undefined, limitMs = 120_000): Promise<void> {
  const giveUpAt = Date.now() + limitMs;
  for (let before = cpuSeconds(pid); ;) {
    await sleep(IDLE_FOR_MS);
    const now = cpuSeconds(pid);
    if (!(now - before > IDLE_SHARE * (IDLE_FOR_MS / 1000)) || Date.now() > giveUpAt) return;
    before = now;
  }
}
