import { resolveAlias, type Aliases } from '../aliases';
import type { EventId } from '../model';
import type { SessionLedger } from '../plan';
import type { ObservedAnswer, UnmatchedAnswer } from './observed-answer';

/** Rows shown to the operator; more than these are many people who got the invitation forwarded. */
export const UNMATCHED_LIMIT = 50;

/**
 * The list of answers that belong to nobody, after one event was observed: the latest one of each address and event, the newest ones when
 * there are too many. Whoever has been invited since is no longer on it.
 */
export function foldUnmatched(
  list: readonly UnmatchedAnswer[],
  fresh: { readonly eventId: EventId; readonly unmatched: readonly ObservedAnswer[] },
  people: SessionLedger['people'],
  aliases?: Aliases,
): readonly UnmatchedAnswer[] {
  const invited = new Set(Object.values(people).map((person) => person.addressKey));
  const rows = new Map<string, UnmatchedAnswer>();
  const candidates = [
    ...list,
    ...fresh.unmatched.map(({ namesakes: _namesakes, ...answer }) => ({ eventId: fresh.eventId, ...answer })),
  ];
  for (const row of candidates) {
    const key = `${row.eventId} ${row.addressKey}`;
    const known = rows.get(key);
    if (
      invited.has(resolveAlias(row.addressKey, invited, aliases)) ||
      (known !== undefined && known.respondedAt >= row.respondedAt)
    )
      continue;
    rows.set(key, row);
  }
  const sorted = [...rows.values()].sort((a, b) => (a.respondedAt < b.respondedAt ? -1 : 1));
  return sorted.slice(-UNMATCHED_LIMIT);
}
