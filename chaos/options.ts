import { parseArgs } from 'node:util';

export interface ChaosOptions {
  readonly seed: number;
  /** Ends with the check that comes after so many minutes; null: after `rounds`. */
  readonly minutes: number | null;
  readonly rounds: number;
  /** Rounds between checks. */
  readonly every: number;
  readonly shrink: boolean;
  readonly verbose: boolean;
  /** Where the counts go as JSON; null: nowhere. */
  readonly json: string | null;
}

export const USAGE = `npm run chaos -- --seed 7 --minutes 10    plays changes, faults and kills drawn from the seed; checks calendar, mails, answers

  --seed N       the same number draws the same rounds (default: from the clock; it is printed)
  --minutes M    goes on for so long (default: 5)
  --rounds N     ends after N rounds instead
  --every N      rounds between two checks (default 20)
  --shrink       after a violation, looks for the shortest beginning of the run that shows one
  --json FILE    writes the counts there
  --verbose      shows each round
  --help         this text`;

/** null: the person asked for help. @throws Error for options that make no sense. */
export function readOptions(argv: readonly string[], clockSeed: number): ChaosOptions | null {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      seed: text,
      minutes: text,
      rounds: text,
      every: text,
      json: text,
      shrink: flag,
      verbose: flag,
      help: flag,
    },
  });
  if (values.help) return null;
  const number = (name: 'seed' | 'minutes' | 'rounds' | 'every', otherwise: number): number => {
    const given = values[name];
    if (given === undefined) return otherwise;
    if (!/^\d+(\.\d+)?$/.test(given) || Number(given) <= 0)
      throw new Error(`--${name} is "${given}": give a number above 0`);
    return Number(given);
  };
  if (values.minutes !== undefined && values.rounds !== undefined)
    throw new Error('--minutes and --rounds exclude each other: both say when to end');
  return {
    seed: Math.floor(number('seed', clockSeed)),
    minutes: values.rounds === undefined ? number('minutes', 5) : null,
    rounds: values.rounds === undefined ? Infinity : number('rounds', 1),
    every: number('every', 20),
    shrink: values.shrink,
    verbose: values.verbose,
    json: values.json ?? null,
  };
}
