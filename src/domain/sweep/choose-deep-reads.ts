import type { CourseId, Instant, SessionId } from '../model';
import { isNear } from './plan-walk';
import { toMinutes } from './session-row';
import type { HintReason } from './should-hint';
import { inOrder, type MemoryRow, type SweepMemory } from './sweep-memory';

/** A session that is to read Docebo anew. */
export interface DeepRead {
  readonly sessionId: SessionId;
  readonly courseId: CourseId | null;
  readonly reason: HintReason;
}

type SamplePlaces = Pick<SweepMemory, 'sampleFrom' | 'nearSampleFrom'>;

export interface DeepReadInput {
  /** What the rows called for, without what has been hinted already. */
  readonly queued: readonly DeepRead[];
  /** Everything that is remembered now. */
  readonly rows: ReadonlyMap<SessionId, MemoryRow>;
  readonly memory: SamplePlaces;
  /** Sessions that this sweep has hinted: no sample of them is needed. */
  readonly hinted: ReadonlySet<SessionId>;
  readonly horizon: 'near' | 'all';
  readonly now: Instant;
  readonly nearMs: number;
  readonly sampleSize: number;
  /** So many fit into what is left of the budget. */
  readonly room: number;
}

export interface DeepReadChoice extends SamplePlaces {
  readonly chosen: readonly DeepRead[];
  /** Queued ones for which there was no room; the next sweep finds them again. */
  readonly waiting: readonly DeepRead[];
}

/** Failing sessions also try again by themselves, and unasked ones are the least likely to need anything: the sample comes before both. */
const ORDER: readonly HintReason[] = ['differs', 'vanished', 'missing', 'stale', 'sample', 'failing', 'unasked'];

/**
 * What is read in depth, most needed first, nearest sessions first, with a rotating sample among it: list rows show how many people have a
 * seat, not who, and not every switch. A sweep of what is near samples what is near.
 */
export function chooseDeepReads(input: DeepReadInput): DeepReadChoice {
  const { queued, rows, memory, horizon, room } = input;
  const sample = takeSample(input);
  const rankOf = ({ reason }: DeepRead): number => ORDER.indexOf(reason);
  // The sample keeps its own order, so that those without room are the next sweep's first.
  const startOf = ({ sessionId, reason }: DeepRead): number =>
    reason === 'sample' ? 0 : (rows.get(sessionId)?.print.starts ?? Number.MAX_SAFE_INTEGER);
  const all = [...queued, ...sample.map((s) => s.read)].sort(
    (a, b) => rankOf(a) - rankOf(b) || startOf(a) - startOf(b),
  );
  const chosen = all.slice(0, Math.max(0, room));
  const sampled = chosen.filter(({ reason }) => reason === 'sample').length;
  const goesOn = sample[sampled - 1]?.next;
  return {
    chosen,
    waiting: all.slice(chosen.length).filter(({ reason }) => reason !== 'sample'),
    sampleFrom: horizon === 'all' ? (goesOn ?? memory.sampleFrom) : memory.sampleFrom,
    nearSampleFrom: horizon === 'near' ? (goesOn ?? memory.nearSampleFrom) : memory.nearSampleFrom,
  };
}

/** The next ones in turn, each with the place where the rotation goes on after it. */
function takeSample({ rows, memory, hinted, queued, horizon, now, nearMs, sampleSize }: DeepReadInput) {
  const from = toMinutes(now) ?? 0;
  const eligible = [...rows].filter(
    ([, { print }]) => horizon === 'all' || isNear(print, from, from + nearMs / 60_000),
  );
  const ids = inOrder(eligible.map(([id]) => id));
  const taken = new Set([...hinted, ...queued.map((read) => read.sessionId)]);
  const start = horizon === 'all' ? memory.sampleFrom : memory.nearSampleFrom;

  const sample: { readonly read: DeepRead; readonly next: number }[] = [];
  for (let step = 0; step < ids.length && sample.length < sampleSize; step++) {
    const at = (start + step) % ids.length;
    const sessionId = ids[at];
    if (sessionId === undefined || taken.has(sessionId)) continue;
    const courseId = rows.get(sessionId)?.courseId ?? null;
    sample.push({ read: { sessionId, courseId, reason: 'sample' }, next: (at + 1) % ids.length });
  }
  return sample;
}
