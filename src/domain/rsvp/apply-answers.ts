import { resolveAlias, type Aliases } from '../aliases';
import type { AddressKey, Instant, UserId } from '../model';
import type { AnswerRow, Answers, SessionLedger } from '../plan';
import type { ObservedAnswer } from './observed-answer';

export interface AnswersApplied {
  /** The same object when nothing changed. */
  readonly answers: Answers;
  /** Whose answer, or waiting for one, is another now; a mere repeat of the same answer is none. */
  readonly changed: readonly AnswerChange[];
  /** Answers of nobody whom Convoke invited. */
  readonly unmatched: readonly ObservedAnswer[];
}

export interface AnswerChange {
  readonly userId: UserId;
  readonly row: AnswerRow;
  /** `name`: from an address that is nobody's, by the display name of the one invited person who had not answered. */
  readonly matchedBy: 'address' | 'name';
}

/**
 * The answers to one event after what was observed. The latest answer of a person counts, by the time it was given; older ones and repeats
 * change nothing, so that order and repetition of observations do not matter. Of two different answers of the same second the one
 * observed later counts: Graph tells times to the second. A row that says nothing takes nothing away.
 *
 * @param input.people whose answers count: the ledger's people, and whoever was unenrolled for a decline that may be taken back.
 * @param input.departed keys of people who are about to be taken off: their answers are neither theirs any more nor unmatched.
 * @param input.observedAt a time of answer after it is the attendee's clock being wrong: it must not outlast true answers.
 */
export function applyAnswers(input: {
  readonly answers: Answers;
  readonly observed: readonly ObservedAnswer[];
  readonly people: SessionLedger['people'];
  readonly departed?: readonly AddressKey[];
  readonly aliases?: Aliases;
  readonly observedAt: Instant;
}): AnswersApplied {
  const invited = usersByKey(input.people);
  const departed = new Set(input.departed);
  const rows: Record<UserId, AnswerRow> = { ...input.answers };
  const changes = new Map<UserId, AnswerChange>();
  const unmatched: ObservedAnswer[] = [];
  let touched = false;

  for (const observed of input.observed) {
    if (!wasGiven(observed.respondedAt)) continue;
    const match = whoseAnswer(observed, invited, input.aliases);
    if (match === null) {
      if (!departed.has(resolveAlias(observed.addressKey, departed, input.aliases))) unmatched.push(observed);
      continue;
    }
    const at = observed.respondedAt < input.observedAt ? observed.respondedAt : input.observedAt;
    for (const userId of match.userIds) {
      const before = rows[userId];
      const row = laterOf(before, observed.response, at);
      if (row === before) continue;
      rows[userId] = row;
      touched = true;
      const same = before?.[0] === row[0] && before[2] === row[2];
      if (!same) changes.set(userId, { userId, row, matchedBy: match.by });
    }
  }
  return { answers: touched ? rows : input.answers, changed: [...changes.values()], unmatched };
}

/** Two Docebo users may share one address: the seat was given to both. */
function usersByKey(people: SessionLedger['people']): Map<AddressKey, UserId[]> {
  const byKey = new Map<AddressKey, UserId[]>();
  for (const [userId, { addressKey }] of Object.entries(people)) {
    byKey.set(addressKey, [...(byKey.get(addressKey) ?? []), userId]);
  }
  return byKey;
}

function whoseAnswer(
  { addressKey, namesakes }: ObservedAnswer,
  invited: ReadonlyMap<AddressKey, readonly UserId[]>,
  aliases: Aliases | undefined,
): { readonly userIds: readonly UserId[]; readonly by: AnswerChange['matchedBy'] } | null {
  const own = invited.get(resolveAlias(addressKey, invited, aliases));
  if (own !== undefined) return { userIds: own, by: 'address' };
  const silent = namesakes.map((key) => resolveAlias(key, invited, aliases));
  const [only, ...more] = [...new Set(silent)].filter((key) => invited.has(key));
  const userIds = only === undefined || more.length > 0 ? undefined : invited.get(only);
  return userIds === undefined ? null : { userIds, by: 'name' };
}

function laterOf(before: AnswerRow | undefined, response: ObservedAnswer['response'], at: Instant): AnswerRow {
  if (before === undefined) return [response, at, null, null];
  const [known, knownAt, awaitingSince, written, refused] = before;
  if (at < knownAt || (at === knownAt && response === known)) return before;
  const since = awaitingSince !== null && at < awaitingSince ? awaitingSince : null;
  // The same answer once more is refused once more.
  return refused !== undefined && response === known
    ? [response, at, since, written, refused]
    : [response, at, since, written];
}

/** Graph's `0001-01-01T00:00:00Z` means that there was no answer. */
function wasGiven(at: Instant): boolean {
  return at >= '0002';
}
