import type { AddressKey } from './model';
import type { EventPlace } from './plan';
import type { Digest } from './ports';
import type { InvitationInputs } from './rendering/invitation-inputs';

/** Hashes by which the planner tells "as it was" from "changed", computable from Docebo's facts and from the calendar alike. */

/**
 * Stands for the hash of a text or place that somebody else wrote: whatever the inputs are when they are first seen beside it counts as theirs.
 * No digest is that short.
 */
export const AS_FOUND = 'as-found';

/** Over the template's inputs, not over the rendered body: an edited template alone mails nobody. */
export function invitationHash(digest: Digest, inputs: InvitationInputs): string {
  return digest(canonical(inputs));
}

export function placeHash(digest: Digest, place: EventPlace): string {
  return digest(canonical({ hideAttendees: place.hideAttendees, locationName: place.locationName.trim() }));
}

export function peopleHash(digest: Digest, keys: readonly AddressKey[]): string {
  return digest([...new Set(keys)].sort().join(' '));
}

/** JSON with sorted keys, so that the order in which an object was built does not matter. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
