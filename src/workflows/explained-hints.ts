import type { Inbox } from '../contract/messages';
import type { Hint } from '../domain/hints';
import type { UserId } from '../domain/model';
import type { SessionLedger } from '../domain/plan';

/** Beyond, it is not worth their place in the state: such a burst is looked into once more like any other. */
const SEATS_LIMIT = 1_000;

/** Whose seat a hint is about; null: it may be about anything. */
function seatOf({ kind, eventId, userId }: Hint): UserId | null {
  return kind === 'session-changed' && eventId === null ? userId : null;
}

/** The people of hints that are each about one person's seat, none of them twice; undefined as soon as one may be about anything else. */
export function seatsOf(before: Inbox, hints: readonly Hint[]): readonly UserId[] | undefined {
  if (before.count > 0 && before.seats === undefined) return undefined;
  const seats = [...(before.seats ?? []), ...hints.map(seatOf)];
  const isPlain = seats.every((userId) => userId !== null) && new Set(seats).size === seats.length;
  return isPlain && seats.length > 0 && seats.length <= SEATS_LIMIT ? seats : undefined;
}

/**
 * Whether the reading shows what each hint announced: everybody whom one names has joined or left since the reading before. None of them can
 * be ahead of what Docebo shows.
 */
export function isExplained(
  { seats, count }: Inbox,
  before: SessionLedger['people'],
  after: SessionLedger['people'],
): boolean {
  if (seats === undefined || seats.length !== count) return false;
  return seats.every((userId) => before[userId]?.addressKey !== after[userId]?.addressKey);
}
