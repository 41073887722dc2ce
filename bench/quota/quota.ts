import { toFigure, type Figure } from '../figure';
import type { BenchContext } from '../section';
import { drain, leastSeconds } from './drain';

/** In virtual time: the same on any machine. Graph's real quota; nothing is scaled. */
export async function quota({ quick, say }: BenchContext): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const requests of quick ? [2_000, 20_000] : [2_000, 20_000, 40_000]) {
    const done = await drain(requests);
    say(`  ${JSON.stringify(done)}`);
    const least = leastSeconds(requests);
    const name = `backlog of ${requests.toLocaleString('en')} requests`;
    const one = { section: 'quota', unit: '' };
    const share = (100 * windowsOf(requests)) / done.seconds;
    figures.push(
      toFigure({ ...one, figure: `${name}: time`, value: done.seconds, unit: 's', against: `least: ${least} s` }),
      toFigure({ ...one, figure: `${name}: answers 429`, value: done.throttled, aim: { atMost: 0 } }),
      toFigure({ ...one, figure: `${name}: sent away, each request`, value: done.refusals / requests }),
      toFigure({ ...one, figure: `${name}: longest stillness`, value: done.longestStillSeconds, unit: 's' }),
    );
    // Below a window's worth, Graph allows everything at once; spreading it is what keeps others moving.
    if (requests > 10_000)
      figures.push(
        toFigure({ ...one, figure: `${name}: of what Graph allows`, value: share, unit: '%', aim: { atLeast: 95 } }),
      );
  }
  return figures;
}

/** Seconds in which Graph takes so many when they come evenly. */
function windowsOf(requests: number): number {
  return (requests / 10_000) * 600;
}
