import type { Invitee } from '../../contract/activities';
import { resolveAlias, type Aliases } from '../../domain/aliases';
import type { AddressKey, CalendarAttendee, CalendarEvent } from '../../domain/model';
import type { AddressKeys } from '../../domain/ports';

export interface AttendeeWish {
  readonly phase: 'remove' | 'all';
  readonly desired: readonly Invitee[];
  readonly aliases?: Aliases;
  /** The only keys that may be taken off as people who lost their seat. */
  readonly remove: readonly AddressKey[];
  /** People on the event whom Convoke did not place. */
  readonly forwarded: 'keep' | 'drop';
}

export interface AttendeeMerge {
  /** The whole list to send, since Graph replaces it as a whole. */
  readonly attendees: readonly CalendarAttendee[];
  readonly added: number;
  readonly removed: number;
}

/**
 * The event's attendees brought to the wish. Whoever stays is echoed as the calendar has them (spelling, type, answer): a changed entry
 * would mail its person. The organiser is neither added nor taken off; rows that are no person of ours stay.
 */
export function mergeAttendees(
  event: Pick<CalendarEvent, 'attendees' | 'organiserAddress'>,
  wish: AttendeeWish,
  keyOf: AddressKeys,
): AttendeeMerge {
  const organiser = event.organiserAddress === null ? null : keyOf(event.organiserAddress);
  const desired = new Map(wish.desired.map((invitee) => [keyOf(invitee.address), invitee]));
  const remove = new Set(wish.remove);
  const placedKey = (address: string): AddressKey => resolveAlias(keyOf(address), desired, wish.aliases);
  const dropExtras = wish.phase === 'all' && wish.forwarded === 'drop';

  const stays = (attendee: CalendarAttendee): boolean => {
    const key = placedKey(attendee.address);
    if (!isPerson(attendee) || key === organiser || desired.has(key)) return true;
    return !remove.has(key) && !dropExtras;
  };
  const kept = event.attendees.filter(stays);
  const present = new Set(kept.map((attendee) => placedKey(attendee.address)));
  const missing = [...desired].filter(([key]) => !present.has(key) && key !== organiser).map(([, invitee]) => invitee);
  const added = wish.phase === 'all' ? missing : [];
  return {
    attendees: [...kept, ...added.map(toNewAttendee)],
    added: added.length,
    removed: event.attendees.length - kept.length,
  };
}

/** Keys of the people on an event: no rooms, not the organiser, nobody without an SMTP address. */
export function peopleOn(
  event: Pick<CalendarEvent, 'attendees' | 'organiserAddress'>,
  keyOf: AddressKeys,
): AddressKey[] {
  const organiser = event.organiserAddress === null ? null : keyOf(event.organiserAddress);
  const people = event.attendees.filter(isPerson);
  return [...new Set(people.map((a) => keyOf(a.address)))].filter((key) => key !== organiser);
}

/** Rooms are none; nor is the X.500 row that an internal person's answer can leave beside the invited one. */
function isPerson({ type, address }: CalendarAttendee): boolean {
  return type !== 'resource' && address.includes('@');
}

function toNewAttendee({ address, name }: Invitee): CalendarAttendee {
  return { address, name, type: 'required', response: 'none', respondedAt: null };
}
