import { DateTime } from 'luxon';
import type { Instant } from '../model';
import type { SweepMemory } from './sweep-memory';

/**
 * Which sweep is due when one schedule serves both: every run looks at what is near, and the first one at or after `fullAt` o'clock of each
 * day begins a walk through everything. A walk that the budget cut short goes on in the runs after it.
 */
export function chooseHorizon(input: {
  readonly memory: Pick<SweepMemory, 'fullAt' | 'fullFrom'>;
  readonly now: Instant;
  /** Wall time `HH:MM` in `zone`. */
  readonly fullAt: string;
  readonly zone: string;
}): 'near' | 'all' {
  const { memory, fullAt, zone } = input;
  const last = memory.fullFrom ?? memory.fullAt;
  if (last === null) return 'all';
  const now = DateTime.fromISO(input.now, { zone });
  const [hour = 0, minute = 0] = fullAt.split(':').map(Number);
  const today = now.set({ hour, minute, second: 0, millisecond: 0 });
  const due = today <= now ? today : today.minus({ days: 1 });
  return DateTime.fromISO(last) < due ? 'all' : 'near';
}
