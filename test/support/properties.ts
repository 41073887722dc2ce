import fc from 'fast-check';

/**
 * Properties draw the same cases in every run, so that a change is judged by what it changes. `FAST_CHECK_SEED=random` draws others, and a
 * number those of a failure that told its seed.
 */
const DEFAULT_SEED = 20_261_128;
const asked = process.env['FAST_CHECK_SEED'] ?? '';

if (asked !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: toSeed(asked) });

function toSeed(text: string): number {
  if (text === '') return DEFAULT_SEED;
  if (!/^-?\d+$/.test(text)) throw new Error(`FAST_CHECK_SEED: "${text}" is neither a whole number nor "random"`);
  return Number(text);
}

export { fc };
