import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Rules } from './checker/expectation';
import { DataFolder } from './house/data-folder';
import { House } from './house/house';
import { ADD_INSTRUCTORS, MAILBOX } from './house/settings';
import { readOptions, USAGE, type DemoOptions } from './options';
import { play } from './play';
import { show } from './show';

/** Slow enough for a person to see what waits for what; the script has no eyes. */
const PACE = {
  shown: { coalesceMs: 2_000, settleMs: 5_000, schedules: { rsvpPoll: '15s', sweep: '5m', failureDigest: '1m' } },
  // The script starts scheduled work itself, when it wants it.
  scripted: { coalesceMs: 1_000, settleMs: 3_000, schedules: { rsvpPoll: '30d', sweep: '30d', failureDigest: '1d' } },
};
const PORT_BASE = 7400;

const say = (line: string): void => console.log(line);

/** Answers the exit status. */
async function main(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (options === null) {
    say(USAGE);
    return 0;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  onSecondInterrupt(() => process.exit(130));
  // Nobody reads any more.
  process.stdout.on('error', () => stop.abort());

  const folder = DataFolder.take(folderOf(options), options.keep);
  const portBase = options.portBase ?? (options.scripted ? 0 : PORT_BASE);
  const pace = options.scripted ? PACE.scripted : PACE.shown;
  const house = new House({ folder, portBase, pace, supervisor: options.supervisor, verbose: options.verbose, say });
  let succeeded = false;
  try {
    succeeded = await run(house, folder, options, stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) console.error(error instanceof Error ? error.message : error);
  } finally {
    if (!options.scripted) say('stopping');
    await house.close({ save: options.keep });
    const leave = options.keep || !(succeeded || stop.signal.aborted);
    if (leave && !options.keep) say(`what happened stands in ${house.logPath}`);
    folder.release({ keep: leave });
  }
  if (stop.signal.aborted && !options.scripted) return 0;
  return succeeded ? 0 : 1;
}

async function run(house: House, folder: DataFolder, options: DemoOptions, signal: AbortSignal): Promise<boolean> {
  say('starting Docebo and Outlook (simulated), Temporal, api and worker');
  await house.open(signal);
  const rules: Rules = { addInstructors: ADD_INSTRUCTORS, organiser: MAILBOX.address };
  if (options.scripted)
    return play(house, { rules, pace: PACE.scripted, patience: options.supervisor === null ? 1 : 2, signal }, say);
  if (options.keep) house.keepState();
  await show(house, { rules, folder: folder.path, isKept: folder.isKept, signal }, say);
  return true;
}

/** Ctrl-C once more: the programs notice that they are alone, and end by themselves. Not its echo, which npm may pass on. */
function onSecondInterrupt(act: () => void): void {
  let first: number | null = null;
  process.on('SIGINT', () => {
    first ??= Date.now();
    if (Date.now() - first > 1_000) act();
  });
}

function folderOf({ folder, scripted }: DemoOptions): string {
  if (folder !== null) return resolve(folder);
  return scripted ? mkdtempSync(join(tmpdir(), 'convoke-demo-')) : resolve('.convoke/demo');
}

main(process.argv.slice(2))
  .then((status) => (process.exitCode = status))
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
