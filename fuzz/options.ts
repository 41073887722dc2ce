import { parseArgs } from 'node:util';

export interface FuzzOptions {
  readonly seed: number;
  readonly count: number;
  /** The number of the first case: one case of an earlier run alone. */
  readonly from: number;
  /** Slow senders and floods of connections, after the cases. */
  readonly crowds: boolean;
  /** A storm of Graph's notifications, after that. */
  readonly storm: boolean;
  /** Messages while Temporal is away, last. */
  readonly away: boolean;
}

export const USAGE = `npm run fuzz -- --count 100000 --seed 7    sends malformed webhooks and notifications to the api's own process and judges each answer

  --count N      cases (default 100000)
  --seed N       the same number draws the same cases (default: from the clock; it is printed)
  --from N       begins with case N (default 0): with --count 1, one case alone
  --no-crowds    leaves out the slow senders and the floods of connections
  --no-storm     leaves out the storm of Graph's notifications
  --no-away      leaves out the messages that come while Temporal is away
  --help         this text`;

/** null: the person asked for help. @throws Error for options that make no sense. */
export function readOptions(argv: readonly string[], clockSeed: number): FuzzOptions | null {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: { seed: text, count: text, from: text, 'no-crowds': flag, 'no-storm': flag, 'no-away': flag, help: flag },
  });
  if (values.help) return null;
  const number = (name: 'seed' | 'count' | 'from', otherwise: number): number => {
    const given = values[name];
    if (given === undefined) return otherwise;
    if (!/^\d{1,9}$/.test(given)) throw new Error(`--${name} is "${given}": give a whole number`);
    return Number(given);
  };
  return {
    seed: number('seed', clockSeed),
    count: number('count', 100_000),
    from: number('from', 0),
    crowds: !values['no-crowds'],
    storm: !values['no-storm'],
    away: !values['no-away'],
  };
}
