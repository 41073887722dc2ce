import { activityInfo, Context, heartbeat } from '@temporalio/activity';
import type { Progress } from '../../domain/sweep/sweep-ports';

const HEARTBEAT_MS = 5_000;

/** What an attempt told last; a heartbeat without it would make Temporal forget it. */
const told = new WeakMap<Context, unknown>();

/** Tells Temporal every five seconds that the attempt lives. Attempts that are over sooner send no heartbeat at all. */
export async function keepAlive<T>(attempt: () => Promise<T>): Promise<T> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(told.get(context)), HEARTBEAT_MS);
  try {
    return await attempt();
  } finally {
    clearInterval(beat);
  }
}

/** How far the running attempt got, for the attempt after it. */
export function activityProgress<T>(): Progress<T> {
  return {
    last: () => (activityInfo().heartbeatDetails as T | undefined) ?? null,
    tell(progress) {
      told.set(Context.current(), progress);
      heartbeat(progress);
    },
  };
}

/** Between two requests of a long walk: ends an attempt that is to end. */
export function throwIfCancelled(): void {
  Context.current().cancellationSignal.throwIfAborted();
}
