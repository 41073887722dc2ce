import { run, type RunOptions, type RunResult } from './run';

/** What depends on timing does not show in every try. */
const TRIES = 2;

/**
 * The shortest beginning of a failing run that fails too, by halving the number of its rounds.
 *
 * @returns null when not even the whole run failed again.
 */
export async function shrink(failed: RunResult, options: RunOptions): Promise<RunResult | null> {
  let passes = 0;
  let shortest: RunResult | null = null;
  let fails = failed.rounds;
  const attempt = async (rounds: number): Promise<RunResult | null> => {
    for (let i = 0; i < TRIES; i++) {
      options.say(`trying the first ${rounds} rounds`);
      const result = await run({ ...options, rounds, endAt: null, every: Infinity, say: () => undefined });
      if (result.violations.length > 0) return result;
    }
    return null;
  };
  while (fails - passes > 1 && !options.signal.aborted) {
    const middle = Math.floor((passes + fails) / 2);
    const result = await attempt(middle);
    if (result === null) passes = middle;
    else [shortest, fails] = [result, middle];
  }
  return shortest ?? (await attempt(fails));
}
