import type { Storage } from '../options';
import type { BenchContext } from '../section';
import { openPostgres } from './postgres';
import { WatchedWorld } from './watched-world';

/** A world without a worker on such a storage; null, said why, when this machine has not what it takes. */
export async function openStorage(context: BenchContext, storage: Storage): Promise<WatchedWorld | null> {
  if (storage !== 'postgres') return WatchedWorld.open(context, { worker: false, storage });
  const temporal = await openPostgres(context);
  if (temporal === null) return null;
  try {
    return await WatchedWorld.open(context, { worker: false, temporal });
  } catch (error) {
    await temporal.stop();
    throw error;
  }
}
