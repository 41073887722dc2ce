import type { HintKind } from '../../domain/hints';
import type { Instant, PlatformKey, SessionId } from '../../domain/model';
import type { Clock, Digest, SessionHints } from '../../domain/ports';
import type { DeepRead } from '../../domain/sweep/choose-deep-reads';
import type { SessionLister, SessionRegistry } from '../../domain/sweep/sweep-ports';
import type { SweepSettings } from '../../domain/sweep/sweep-settings';
import { sendHints } from './send-hints';
import type { SweepBudget } from './sweep-budget';
import type { SweepState } from './sweep-state';

export interface SweepParts {
  readonly platform: PlatformKey;
  /** Of the hints that it sends. */
  readonly kind: HintKind;
  readonly startedAt: Instant;
  readonly settings: SweepSettings;
  readonly lister: SessionLister;
  readonly registry: SessionRegistry;
  readonly hints: SessionHints;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly state: SweepState;
  readonly budget: SweepBudget;
}

/** One sweep under way: its systems, what it has learnt, and what it may still do. */
export interface Sweep extends SweepParts {
  /** Asks workflows what they know, as long as that may be done. */
  inspect(sessionIds: readonly SessionId[]): Promise<void>;
  /** Hints sessions that differ, nearest ones first. Returns those for which there was no room. */
  hintDiffering(reads: readonly DeepRead[]): Promise<readonly SessionId[]>;
  hint(reads: readonly DeepRead[]): Promise<void>;
}

export function createSweep(parts: SweepParts): Sweep {
  const { state, budget, registry, platform, settings } = parts;
  let inspected = 0;

  async function hint(reads: readonly DeepRead[]): Promise<void> {
    await sendHints(parts, parts, reads);
    budget.hint(reads.length);
    state.noteHinted(reads);
  }

  return {
    ...parts,
    hint,

    async inspect(sessionIds) {
      const wanted = sessionIds.slice(0, settings.maxInspections - inspected);
      if (wanted.length === 0) return;
      inspected += wanted.length;
      const answers = await registry.inspect(platform, wanted);
      for (const [sessionId, inspection] of answers) state.inspections.set(sessionId, inspection);
    },

    async hintDiffering(reads) {
      const startOf = ({ sessionId }: DeepRead): number => state.rows.get(sessionId)?.print.starts ?? Infinity;
      const byStart = [...reads].sort((a, b) => compare(startOf(a), startOf(b)));
      const fits = byStart.slice(0, budget.room);
      const late = byStart.slice(fits.length).map(({ sessionId }) => sessionId);
      state.differing += reads.length;
      state.waiting += late.length;
      await hint(fits);
      return late;
    },
  };
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
