import { closedLoop } from '../load/loops';
import { watchCpu } from '../world/process-usage';
import type { WatchedWorld } from '../world/watched-world';
import type { Rival, RivalName } from './rivals';

/** One rival in one round. */
export interface Slice {
  readonly hintsASecond: number;
  readonly latenciesMs: readonly number[];
  /** Calls without success. */
  readonly failed: number;
  /** CPU milliseconds for each call, by process; `own` is the sender. */
  readonly cpuMs: Readonly<Record<string, number>>;
}

export type Rounds = Readonly<Record<RivalName, readonly Slice[]>>;

/** For as many calls as make every workflow: a start is dearer than what follows, and none of them is in a counted round. */
const WARM_UP_SECONDS = 60;

/** The rivals take turns in slices, each round in another order, after a warm-up that makes the workflows. */
export async function playRounds(
  watched: WatchedWorld,
  rivals: readonly Rival[],
  how: { readonly rounds: number; readonly seconds: number },
): Promise<Rounds> {
  const slices = Object.fromEntries(rivals.map(({ name }) => [name, []])) as unknown as Record<RivalName, Slice[]>;
  for (const { act, atOnce, callsForAll } of rivals)
    await closedLoop({ seconds: WARM_UP_SECONDS, most: callsForAll, concurrency: atOnce }, act);
  for (let round = 0; round < how.rounds; round++) {
    const order = rivals.map((_, n) => rivals[(n + round) % rivals.length]!);
    for (const { name, hints, atOnce, act } of order) {
      const cpu = watchCpu(pidsOf(watched));
      const { done, failed, seconds, latenciesMs } = await closedLoop(
        { seconds: how.seconds, concurrency: atOnce },
        act,
      );
      const cpuMs = Object.entries(cpu()).map(([process, used]) => [process, (used * 1_000) / done] as const);
      slices[name].push({
        hintsASecond: (done * hints) / seconds,
        latenciesMs,
        failed,
        cpuMs: Object.fromEntries(cpuMs),
      });
    }
  }
  return slices;
}

function pidsOf({ world: { programs } }: WatchedWorld): Record<string, number | undefined> {
  return { api: programs.api.pid, temporal: programs.temporal.pid };
}
