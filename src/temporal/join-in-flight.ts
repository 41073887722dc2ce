import { AsyncLocalStorage } from 'node:async_hooks';

/** Runs work as a part of what asked for the item. */
type AsAsked = <T>(work: () => T) => T;

/** In the very call that asks: a snapshot of it would cost more than everything else here. */
const atOnce: AsAsked = (work) => work();

/**
 * Sends for each key one call at a time, and everything that is asked for meanwhile as one more call: a burst of webhooks about one session
 * becomes a few signals instead of thousands (Temporal fails a workflow task behind whose back more than 100 events pile up). Whoever asks
 * is answered when the call that carries their item has been answered, never before. Each call belongs to whoever asked for its newest item:
 * else a long burst would all be traced as the first one's.
 */
export function joinInFlight<Item>(send: (key: string, items: readonly Item[]) => Promise<void>) {
  interface Waiting {
    readonly item: Item;
    readonly asAsked: AsAsked;
    resolve(): void;
    reject(error: unknown): void;
  }
  const lanes = new Map<string, Waiting[]>();

  async function drain(key: string, lane: Waiting[]): Promise<void> {
    while (lane.length > 0) {
      const batch = lane.splice(0);
      const items = batch.map((w) => w.item);
      try {
        await batch.at(-1)!.asAsked(() => send(key, items));
        for (const w of batch) w.resolve();
      } catch (error) {
        for (const w of batch) w.reject(error);
      }
    }
    lanes.delete(key);
  }

  return (key: string, item: Item): Promise<void> =>
    new Promise((resolve, reject) => {
      const lane = lanes.get(key);
      if (lane !== undefined) {
        lane.push({ item, asAsked: AsyncLocalStorage.snapshot(), resolve, reject });
        return;
      }
      const fresh: Waiting[] = [{ item, asAsked: atOnce, resolve, reject }];
      lanes.set(key, fresh);
      void drain(key, fresh);
    });
}
