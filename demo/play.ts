import type { Rules } from './checker/expectation';
import { LIMIT_MS, playStep, type Outcome } from './day/play-step';
import { headline, toLine, toSummary } from './day/report';
import { theDay } from './day/the-day';
import { Watch } from './day/watch';
import type { House } from './house/house';
import type { DemoPace } from './house/settings';

/** Plays the day step by step; ends at the first difference. Answers whether everything was as it must be. */
export async function play(
  house: House,
  options: {
    readonly rules: Rules;
    readonly pace: DemoPace;
    /** Times the limit of each step, where more goes wrong than the day itself brings. */
    readonly patience: number;
    readonly signal: AbortSignal;
  },
  say: (line: string) => void,
): Promise<boolean> {
  const { rules, pace, patience, signal } = options;
  const steps = theDay(new Date()).map((step) => ({ ...step, limitMs: (step.limitMs ?? LIMIT_MS) * patience }));
  const watch = new Watch(house, rules);
  const outcomes: Outcome[] = [];
  const startedAt = Date.now();
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
  });
  stopped.catch(() => undefined);
  say(headline());
  for (const step of steps) {
    const outcome = await Promise.race([playStep(step, house, watch, pace), stopped]);
    outcomes.push(outcome);
    say(toLine(outcomes.length, outcome));
    if (outcome.differences.length > 0) break;
  }
  say(toSummary(outcomes, steps.length, (Date.now() - startedAt) / 1000));
  return outcomes.every(({ differences }) => differences.length === 0);
}
