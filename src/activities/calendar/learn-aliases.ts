import type { Aliases } from '../../domain/aliases';
import type { AddressKey, CalendarAttendee } from '../../domain/model';
import type { AddressKeys } from '../../domain/ports';
import { plainName } from '../../domain/plain-name';

type Sent = Pick<CalendarAttendee, 'address' | 'name'>;

/**
 * Which of the addresses just sent the calendar keeps under another one, by its answer to that very write. A pair is taken for one person only
 * where nothing else can be: the one row that changed in its place, the only two left, or the only two of one name. Absent when there is none.
 *
 * @param invited keys of Convoke's own people among `sent`.
 */
export function learnAliases(
  sent: readonly Sent[],
  answered: readonly CalendarAttendee[],
  keyOf: AddressKeys,
  invited: ReadonlySet<AddressKey>,
): { readonly aliases?: Aliases } {
  const kept = new Set(answered.map((a) => keyOf(a.address)));
  const missing = sent.filter((a) => invited.has(keyOf(a.address)) && !kept.has(keyOf(a.address)));
  if (missing.length === 0) return {};
  const asked = new Set(sent.map((a) => keyOf(a.address)));
  const strangers = answered.filter((a) => a.address.includes('@') && !asked.has(keyOf(a.address)));
  const pairs =
    inPlace(sent, answered, new Set([...missing, ...strangers])) ??
    (missing.length === 1 && strangers.length === 1
      ? [[missing[0]!, strangers[0]!] as const]
      : byName(
          missing,
          answered.filter((a) => a.address.includes('@') && !invited.has(keyOf(a.address))),
        ));
  if (pairs.length === 0) return {};
  return { aliases: Object.fromEntries(pairs.map(([mine, theirs]) => [keyOf(theirs.address), keyOf(mine.address)])) };
}

/** Null unless the answer has every row where it was sent, but for those in question. */
function inPlace(
  sent: readonly Sent[],
  answered: readonly CalendarAttendee[],
  inQuestion: ReadonlySet<Sent>,
): (readonly [Sent, CalendarAttendee])[] | null {
  if (sent.length !== answered.length) return null;
  const pairs: (readonly [Sent, CalendarAttendee])[] = [];
  for (const [index, mine] of sent.entries()) {
    const theirs = answered[index]!;
    if (mine.address.toLowerCase() === theirs.address.toLowerCase()) continue;
    if (!inQuestion.has(mine) || !inQuestion.has(theirs)) return null;
    pairs.push([mine, theirs]);
  }
  return pairs;
}

function byName(missing: readonly Sent[], rows: readonly CalendarAttendee[]): (readonly [Sent, CalendarAttendee])[] {
  return missing.flatMap((mine) => {
    const name = plainName(mine.name);
    const [theirs, ...more] = rows.filter((row) => plainName(row.name) === name);
    const namesakes = missing.filter((other) => plainName(other.name) === name);
    if (name === '' || theirs === undefined || more.length > 0 || namesakes.length > 1) return [];
    return [[mine, theirs] as const];
  });
}
