import { InputError } from '../domain/errors';
import type { Cli } from './cli';

/**
 * Asks for `expected` to be typed; `--yes` answers for the person. False: another answer, and nothing must be done.
 * @throws InputError `INPUT_NOT_CONFIRMED` when nobody is there to ask.
 */
export async function confirm(
  { io }: Pick<Cli, 'io'>,
  { question, expected, yes }: { readonly question: string; readonly expected: string; readonly yes: boolean },
): Promise<boolean> {
  if (yes) return true;
  if (!io.asksPeople) {
    throw new InputError(`${question} Nobody can be asked here: add --yes if it is meant.`, {
      code: 'INPUT_NOT_CONFIRMED',
    });
  }
  const answer = await io.ask(`${question} Type ${expected} to go on: `);
  return answer?.trim() === expected;
}
