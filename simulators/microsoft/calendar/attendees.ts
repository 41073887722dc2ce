import type { Attendee, AttendeeType } from '@microsoft/microsoft-graph-types';
import { GraphError, invalidProperty } from '../graph/graph-error';
import type { StoredAttendee } from '../state/model';

export const maxAttendees = 500;

/**
 * The list that a request asks for. It replaces the old one as a whole; whoever was on it keeps the answer that the server
 * knows, whatever status the request repeats.
 * @throws GraphError 400: too many, or an entry without a usable address.
 */
export function readAttendees(
  given: readonly Attendee[],
  present: readonly StoredAttendee[],
  aliases: Readonly<Record<string, string>>,
): StoredAttendee[] {
  const known = new Map(present.map((a) => [a.address.toLowerCase(), a]));
  const list = new Map<string, StoredAttendee>();
  for (const entry of given) {
    const written = entry.emailAddress?.address ?? '';
    const address = aliases[written.toLowerCase()] ?? written;
    const key = address.toLowerCase();
    // An X.500 name is what a row of an internal responder can carry; it must survive an echo.
    if (!/^[^\s@]+@[^\s@]+$/.test(address) && !(address.startsWith('/') && known.has(key))) throw badRecipient();
    if (list.has(key)) continue;
    const before = known.get(key);
    list.set(key, {
      address: before?.address ?? address,
      name: entry.emailAddress?.name ?? before?.name ?? address,
      type: (entry.type?.toLowerCase() as AttendeeType | undefined) ?? before?.type ?? 'required',
      response: before?.response ?? 'none',
      respondedAt: before?.respondedAt ?? null,
      proposedNewTime: before?.proposedNewTime ?? null,
    });
  }
  if (list.size > maxAttendees) throw invalidProperty(`An event takes at most ${maxAttendees} attendees.`);
  return [...list.values()];
}

export interface AttendeeDifference {
  readonly added: StoredAttendee[];
  readonly removed: StoredAttendee[];
  /** Same person, other type or name. */
  readonly changed: StoredAttendee[];
}

export function diffAttendees(before: readonly StoredAttendee[], after: readonly StoredAttendee[]): AttendeeDifference {
  const old = new Map(before.map((a) => [a.address.toLowerCase(), a]));
  const now = new Set(after.map((a) => a.address.toLowerCase()));
  return {
    added: after.filter((a) => !old.has(a.address.toLowerCase())),
    removed: before.filter((a) => !now.has(a.address.toLowerCase())),
    changed: after.filter((a) => {
      const was = old.get(a.address.toLowerCase());
      return was !== undefined && (was.type !== a.type || was.name !== a.name);
    }),
  };
}

function badRecipient(): GraphError {
  return new GraphError(400, 'ErrorInvalidRecipients', 'At least one recipient is not valid.');
}
