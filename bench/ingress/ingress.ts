import { toFigure, type Figure } from '../figure';
import { openLoop } from '../load/loops';
import { hintKeysOf, storedHints } from '../load/stored-hints';
import type { Storage } from '../options';
import type { BenchContext } from '../section';
import { openStorage } from '../world/storage';
import { openRivals, sessionsTold } from './rivals';
import { playRounds } from './rounds';
import { toRateFigures, toSteadyFigures } from './to-figures';

const A_SECOND = 100;

/** No worker runs: what is measured is how messages get into Temporal's storage. */
export async function ingress(context: BenchContext): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const storage of context.storages) figures.push(...(await onStorage(context, storage)));
  return figures;
}

async function onStorage(context: BenchContext, storage: Storage): Promise<readonly Figure[]> {
  const { quick, say } = context;
  const watched = await openStorage(context, storage);
  if (watched === null) return [];
  try {
    const { rivals, acknowledged, close } = await openRivals(watched);
    try {
      const how = { rounds: quick ? 3 : 7, seconds: quick ? 2 : 3 };
      const rates = toRateFigures(storage, await playRounds(watched, rivals, how));
      for (const { figure, value, unit, against } of rates)
        say(`  ${figure}: ${value.toFixed(2)} ${unit}${against === null ? '' : ` (${against})`}`);
      const steady = { aSecond: A_SECOND, seconds: quick ? 15 : 60 };
      const load = await openLoop(steady, rivals.find(({ name }) => name === 'single')!.act);
      const stored = await storedHints(watched.client, sessionsTold());
      return [
        ...rates,
        ...toSteadyFigures(storage, A_SECOND, load),
        toLost(`${storage}: hints answered with 200 and lost`, acknowledged, stored),
      ];
    } finally {
      close();
    }
  } finally {
    await watched.close();
  }
}

function toLost(figure: string, acknowledged: ReadonlyMap<string, number>, stored: ReadonlySet<string>): Figure {
  const expected = [...acknowledged].flatMap(([id, payloads]) => hintKeysOf(id, payloads));
  const value = expected.filter((key) => !stored.has(key)).length;
  const against = `${expected.length.toLocaleString('en')} answered with 200`;
  return toFigure({ section: 'ingress', figure, value, unit: 'hints', aim: { atMost: 0 }, against });
}
