import { PLATFORM } from '../../chaos/world/settings';
import { SIGNALS, WORKFLOWS, type CourseSessionInput, type HintSignal } from '../../src/contract/messages';
import { SESSIONS_QUEUE } from '../../src/contract/queues';
import { SEARCH_ATTRIBUTES as SA } from '../../src/contract/search-attributes';
import type { Pace } from '../../src/domain/settings';
import { MOST_PAYLOADS, toMessage, WEBHOOK_HEADERS, workflowIdOf } from '../load/messages';
import { createPoster } from '../load/poster';
import type { WatchedWorld } from '../world/watched-world';
import { startEmptyRoute } from './empty-route-process';

/**
 * `single`: a message of one payload. `grouped`: of 25 payloads about one session, as an import makes them. `scattered`: of 25 about as
 * many sessions. `bare`: what the api must ask of Temporal for `single`. `empty`: what any server of its kind must do.
 */
export type RivalName = 'single' | 'grouped' | 'scattered' | 'bare' | 'empty';

export interface Rival {
  readonly name: RivalName;
  /** Hints in one call. */
  readonly hints: number;
  /** Calls under way at a time. */
  readonly atOnce: number;
  /** So many calls tell each of its sessions once. */
  readonly callsForAll: number;
  /** One call; false when it failed. */
  readonly act: () => Promise<boolean>;
}

/** As large as the api's; nothing runs by it here. */
const DAY_MS = 86_400_000;
const PACE: Pace = {
  coalesceMs: 300,
  settleMs: 1_000,
  retryMs: [1_000, 2_000, 5_000],
  graceMs: 7 * DAY_MS,
  rollOverMs: 30 * DAY_MS,
  hintMemoryMs: 7 * DAY_MS,
};

/** Sessions that are told in turn: the hardest case, as nothing in flight can travel together. Each rival has its own. */
const SESSIONS = 400;
/** Enough to keep everything busy. */
const AT_ONCE = 32;
/** Each of these makes 25 calls of Temporal. */
const SCATTERED_AT_ONCE = 4;
const FIRST = { bare: 10_000, single: 20_000, grouped: 30_000, scattered: 40_000, empty: 50_000 };
const TOLD_BY_MESSAGES = ['single', 'grouped', 'scattered'] as const;

/** Every session that messages name. */
export function sessionsTold(): number[] {
  return TOLD_BY_MESSAGES.flatMap((rival) => Array.from({ length: SESSIONS }, (_, n) => sessionOf(rival, n)));
}

function sessionOf(rival: RivalName, n: number): number {
  return FIRST[rival] + (n % SESSIONS);
}

export async function openRivals(watched: WatchedWorld) {
  const api = createPoster(watched.world.webhookUrl, WEBHOOK_HEADERS, AT_ONCE);
  const empty = await startEmptyRoute(AT_ONCE);
  /** Messages that were answered with 200, and how many payloads each has. */
  const acknowledged = new Map<string, number>();
  const calls: Record<RivalName, number> = { single: 0, grouped: 0, scattered: 0, bare: 0, empty: 0 };
  const messageOf = (rival: RivalName, sessionsOf: (n: number) => readonly number[], post = api.post) => {
    return async (): Promise<boolean> => {
      const n = calls[rival]++;
      const [id, sessionIds] = [`${rival}-${n}`, sessionsOf(n)];
      const ok = (await post(toMessage(id, sessionIds))) === 200;
      if (ok && post === api.post) acknowledged.set(id, sessionIds.length);
      return ok;
    };
  };
  const many = (n: number, step: number): number[] => Array.from({ length: MOST_PAYLOADS }, (_, i) => n + i * step);
  const acts: Record<RivalName, Rival['act']> = {
    bare: bareSignalWithStart(watched, () => calls.bare++),
    single: messageOf('single', (n) => [sessionOf('single', n)]),
    grouped: messageOf('grouped', (n) => many(sessionOf('grouped', n), 0)),
    scattered: messageOf('scattered', (n) => many(n * MOST_PAYLOADS, 1).map((at) => sessionOf('scattered', at))),
    empty: messageOf('empty', (n) => [sessionOf('empty', n)], empty.post),
  };
  const rivals = (Object.keys(acts) as RivalName[]).map((name): Rival => {
    const hints = name === 'grouped' || name === 'scattered' ? MOST_PAYLOADS : 1;
    const isScattered = name === 'scattered';
    const callsForAll = isScattered ? SESSIONS / MOST_PAYLOADS : SESSIONS;
    return { name, hints, atOnce: isScattered ? SCATTERED_AT_ONCE : AT_ONCE, callsForAll, act: acts[name] };
  });
  return {
    rivals,
    acknowledged,
    close: (): void => {
      api.close();
      empty.close();
    },
  };
}

/** What the api has to ask of Temporal for a message of one payload, with the same payloads under the same codec. */
function bareSignalWithStart({ client }: WatchedWorld, next: () => number): Rival['act'] {
  return async () => {
    const n = next();
    const sessionId = sessionOf('bare', n);
    const key = `${n}`.padStart(22, '0');
    const hint = { key, kind: 'session-changed', courseId: '101', eventId: null, userId: null } as const;
    const signal: HintSignal = { receivedAt: new Date().toISOString(), hints: [hint] };
    const input: CourseSessionInput = { platform: PLATFORM, sessionId: String(sessionId), pace: PACE };
    await client.workflow.signalWithStart(WORKFLOWS.courseSession, {
      args: [input],
      workflowId: workflowIdOf(sessionId),
      taskQueue: SESSIONS_QUEUE,
      signal: SIGNALS.hint,
      signalArgs: [signal],
      staticSummary: `Docebo session ${sessionId} of ${PLATFORM}`,
      typedSearchAttributes: [
        { key: SA.platform, value: PLATFORM },
        { key: SA.session, value: String(sessionId) },
        { key: SA.status, value: 'pending' },
        { key: SA.course, value: '101' },
      ],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
    return true;
  };
}
