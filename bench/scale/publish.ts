import { PLATFORM } from '../../chaos/world/settings';
import { seedCourse, seedSession, type SeededSession } from '../world/an-academy';
import { runScheduled } from '../world/run-scheduled';
import { until, type WatchedWorld } from '../world/watched-world';

export interface Published {
  readonly sessionsASecond: number;
  /** Of one session's history, on average. */
  readonly events: number;
  readonly bytes: number;
}

const LIMIT_MS = 300_000;
const LOOKED_AT = 10;
const IN_SYNC = `ConvokePlatform = "${PLATFORM}" AND SyncStatus = "in_sync"`;

/** Has a sweep find so many sessions that nobody has told of, and waits until all of them stand in the calendar. */
export async function publishBySweep(
  watched: WatchedWorld,
  count: number,
  learnerIds: readonly number[],
): Promise<Published> {
  const { docebo } = watched.world;
  const courseId = seedCourse(docebo, 'Found by the sweep');
  const sessions: SeededSession[] = Array.from({ length: count }, (_, n) =>
    seedSession(docebo, { courseId, name: `Found ${n}`, days: 1, learnerIds }),
  );
  const before = (await watched.client.workflow.count(IN_SYNC)).count;
  const startedAt = Date.now();
  await runScheduled(watched, `sweep/${PLATFORM}`);
  await until(`${count} sessions to be published`, LIMIT_MS, async () =>
    (await watched.client.workflow.count(IN_SYNC)).count >= before + count ? true : null,
  );
  const seconds = (Date.now() - startedAt) / 1000;
  const sizes = await Promise.all(sessions.slice(0, LOOKED_AT).map(({ sessionId }) => sizeOf(watched, sessionId)));
  const mean = (of: (size: { events: number; bytes: number }) => number): number =>
    sizes.reduce((sum, size) => sum + of(size), 0) / sizes.length;
  return { sessionsASecond: count / seconds, events: mean(({ events }) => events), bytes: mean(({ bytes }) => bytes) };
}

async function sizeOf(watched: WatchedWorld, sessionId: number): Promise<{ events: number; bytes: number }> {
  const { historyLength, historySize } = await watched.handle(sessionId).describe();
  return { events: historyLength, bytes: historySize ?? NaN };
}
