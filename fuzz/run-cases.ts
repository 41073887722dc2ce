import { drawCase } from './cases/draw-case';
import { exchange } from './exchange';
import type { Target } from './fuzz-case';
import { judge, type IsStored } from './judge';
import { Tally } from './tally';

export interface CasesRun {
  readonly seed: number;
  readonly from: number;
  readonly count: number;
  readonly port: number;
  readonly target: Target;
  readonly isStored: IsStored;
  /** After each case, with how many are done. */
  readonly onDone?: (done: number) => void;
  readonly signal?: AbortSignal;
}

const AT_ONCE = 24;

/** Sends the cases `from` to `from + count`, some at once, and judges what comes back. */
export async function runCases(run: CasesRun): Promise<Tally> {
  const tally = new Tally();
  const end = run.from + run.count;
  let next = run.from;
  let done = 0;
  const send = async (): Promise<void> => {
    while (next < end && run.signal?.aborted !== true) {
      const index = next++;
      const fuzzCase = drawCase(run.seed, index, run.target);
      const outcome = await exchange(fuzzCase, { port: run.port, from: addressOf(index) });
      tally.add(index, fuzzCase.kind, judge(fuzzCase, outcome, run.isStored), outcome);
      run.onDone?.(++done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
  return tally;
}

/** Another sender for every few cases: the limit of refused passwords goes by the address. Linux has all of 127.0.0.0/8. */
function addressOf(index: number): string {
  if (process.platform !== 'linux') return '127.0.0.1';
  const sender = Math.floor(index / 20);
  return `127.${1 + (sender % 250)}.${Math.floor(sender / 250) % 250}.1`;
}
