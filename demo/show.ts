import { setTimeout as sleep } from 'node:timers/promises';
import { seedAcademy } from './academy/seed';
import type { Rules } from './checker/expectation';
import { Watch } from './day/watch';
import { toGuide } from './guide';
import type { House } from './house/house';

const FILL_LIMIT_MS = 180_000;
const TELL_EVERY_MS = 2_000;

/** The demo for a person: fills the calendar, tells where to look, and runs until it is stopped. */
export async function show(
  house: House,
  { rules, folder, isKept, signal }: { rules: Rules; folder: string; isKept: boolean; signal: AbortSignal },
  say: (line: string) => void,
): Promise<void> {
  if (!isKept) {
    say('setting up an academy: 10 courses, 20 sessions, 300 learners');
    await seedAcademy(house.docebo, new Date());
    await fill(house, new Watch(house, rules), signal, say);
  }
  if (signal.aborted) return;
  say(toGuide(house, folder));
  const broken = house.whenBroken().then((how) => {
    throw new Error(`Convoke has ended by itself (${how}): see ${house.logPath}`);
  });
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  await Promise.race([stopped, broken]);
}

/** Follows the first invitations into the calendar. */
async function fill(house: House, watch: Watch, signal: AbortSignal, say: (line: string) => void): Promise<void> {
  const startedAt = Date.now();
  for (;;) {
    const { differences, mails, expectation } = await watch.look();
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    if (differences.length === 0) {
      return say(`${expectation.events.size} events in the calendar, ${mails} invitations sent, in ${seconds} s`);
    }
    if (signal.aborted) return;
    if (Date.now() - startedAt > FILL_LIMIT_MS) {
      return say(
        `the calendar is not complete after ${seconds} s: ${differences.length} differences, see ${house.logPath}`,
      );
    }
    if (mails > 0) say(`${mails} invitations so far`);
    await sleep(TELL_EVERY_MS);
  }
}
