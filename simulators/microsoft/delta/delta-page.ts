import type { StoredEvent, StoredItem, Tombstone } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';
import type { DeltaPosition } from './delta-token';

export type DeltaEntry<T> =
  | { readonly kind: 'item'; readonly item: T; readonly sequence: number }
  | { readonly kind: 'removed'; readonly id: string; readonly restId: string; readonly sequence: number };

export interface DeltaPage<T> {
  readonly entries: DeltaEntry<T>[];
  /** The position to go on from: inside the round, or, when `isLast`, at the start of the next one. */
  readonly next: DeltaPosition;
  readonly isLast: boolean;
}

/** The next page of a round: changes in their order, so that what changes meanwhile moves to the next round and nothing is skipped. */
export function nextPage<T extends StoredItem>(
  state: SimulatorState,
  position: DeltaPosition,
  news: readonly DeltaEntry<T>[],
  size: number,
): DeltaPage<T> {
  if (position.emptyPagesLeft > 0)
    return { entries: [], next: { ...position, emptyPagesLeft: position.emptyPagesLeft - 1 }, isLast: false };
  const waiting = news
    .filter((entry) => entry.sequence > position.cursor && entry.sequence <= position.until)
    .sort((a, b) => a.sequence - b.sequence);
  const entries = waiting.slice(0, size);
  const [first] = entries;
  const cursor = entries.at(-1)?.sequence ?? position.until;
  const shown = state.data.knobs.deltaRepeatsItems && first !== undefined ? [...entries, first] : entries;
  if (waiting.length > entries.length) return { entries: shown, next: { ...position, cursor }, isLast: false };
  return { entries: shown, next: startRound(state, { ...position, since: position.until }), isLast: true };
}

/** A position at the start of a round that hears of everything after `since`. */
export function startRound(
  state: SimulatorState,
  position: Omit<DeltaPosition, 'until' | 'cursor' | 'emptyPagesLeft' | 'issuedAt'>,
): DeltaPosition {
  return {
    ...position,
    // Fixed when the next request comes: a delta link that is written now must not end the round now.
    until: -1,
    cursor: position.since,
    emptyPagesLeft: state.data.knobs.deltaEmptyPages,
    issuedAt: state.now().getTime(),
  };
}

/** News of a calendar, seen through the window of the token. */
export function eventNews(state: SimulatorState, position: DeltaPosition): DeltaEntry<StoredEvent>[] {
  const { knobs } = state.data;
  const isFirst = position.since === 0;
  const entries: DeltaEntry<StoredEvent>[] = [];
  for (const event of state.events.of(position.mailboxId)) {
    if (event.container !== position.container) continue;
    const sequence = event.changeSequence;
    if (overlaps(position, event)) entries.push({ kind: 'item', item: event, sequence });
    else if (!isFirst && (knobs.deltaReportsOutOfWindow || (event.before !== null && overlaps(position, event.before))))
      entries.push({ kind: 'removed', id: event.id, restId: event.restId, sequence });
  }
  if (isFirst || knobs.deltaLosesDeletions) return entries;
  const told = (stone: Tombstone) =>
    knobs.deltaReportsOutOfWindow || (stone.times !== null && overlaps(position, stone.times));
  return [...entries, ...graves(state, position, 'event').filter(told).map(removed)];
}

export function messageNews<T extends StoredItem>(
  state: SimulatorState,
  position: DeltaPosition,
  messages: readonly T[],
): DeltaEntry<T>[] {
  const wanted = position.query.changeType;
  const entries: DeltaEntry<T>[] = [];
  for (const item of messages) {
    const isNew = item.arrivedSequence > position.since;
    if (wanted === undefined || wanted === (isNew ? 'created' : 'updated'))
      entries.push({ kind: 'item', item, sequence: item.changeSequence });
  }
  if (position.since === 0 || state.data.knobs.deltaLosesDeletions) return entries;
  if (wanted !== undefined && wanted !== 'deleted') return entries;
  return [...entries, ...graves(state, position, 'message').map((stone) => removed(stone) as DeltaEntry<T>)];
}

/** What left the container and did not come back. */
function graves(state: SimulatorState, position: DeltaPosition, kind: Tombstone['kind']): Tombstone[] {
  const store = kind === 'event' ? state.events : state.messages;
  return state.data.tombstones.filter(
    (stone) =>
      stone.kind === kind &&
      stone.mailboxId === position.mailboxId &&
      stone.container === position.container &&
      store.get(stone.id)?.container !== position.container,
  );
}

function removed(stone: Tombstone): DeltaEntry<never> {
  return { kind: 'removed', id: stone.id, restId: stone.restId, sequence: stone.changeSequence };
}

function overlaps(position: DeltaPosition, times: { startUtc: string; endUtc: string }): boolean {
  return position.window === null || (times.startUtc < position.window.to && times.endUtc > position.window.from);
}
