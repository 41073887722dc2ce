import type { AddressKey, EventId, SessionFacts, UserId } from '../model';
import type { PlanProblem, Role, RosterPerson, SessionLedger } from '../plan';
import type { AddressKeys } from '../ports';

export interface Roster {
  /** One entry an address. */
  readonly people: readonly RosterPerson[];
  /** Everybody behind these entries: users who share an address have one entry, and each a seat that its answer is about. */
  readonly seated: SessionLedger['people'];
  /** Who keeps the place they have, because nothing proves that they lost it or because their address cannot be read now. */
  readonly kept: SessionLedger['people'];
  readonly problems: readonly PlanProblem[];
}

/** Who has a seat or teaches, from Docebo's lists: active learners, and instructors if they are to be invited. The order of the lists does not matter. */
export function buildRoster(input: {
  readonly facts: SessionFacts;
  readonly ledger: SessionLedger;
  readonly addInstructors: boolean;
  readonly keyOf: AddressKeys;
}): Roster {
  const { facts, ledger, keyOf } = input;
  const seats = collectSeats(facts, input.addInstructors);
  const persons = new Map(facts.people.map((p) => [p.userId, p]));
  const byKey = new Map<AddressKey, RosterPerson>();
  const kept: Record<UserId, SessionLedger['people'][UserId]> = {};
  const seated: Record<UserId, SessionLedger['people'][UserId]> = {};
  const problems: PlanProblem[] = [];

  for (const [userId, seat] of seats) {
    const person = persons.get(userId);
    if (person === undefined || person.address.trim() === '') {
      const placed = ledger.people[userId];
      if (placed !== undefined) kept[userId] = placed;
      problems.push({
        code: 'PLAN_PERSON_WITHOUT_ADDRESS',
        eventId: null,
        message: `User ${userId} has a seat but no readable e-mail address in Docebo: ${placed ? 'keeps the invitation sent before' : 'not invited'}.`,
      });
      continue;
    }
    const addressKey = keyOf(person.address);
    const twin = byKey.get(addressKey);
    const events = twin === undefined ? seat.events : joinEvents(twin.events, seat.events);
    const { role } = seat;
    const own = { userId, address: person.address.trim(), name: person.name, addressKey, role, events };
    byKey.set(addressKey, twin === undefined || comesBefore(own, twin) ? own : { ...twin, events });
    seated[userId] = { addressKey, role };
  }

  keepUnproven({ facts, ledger, seats, kept });
  for (const [userId, placed] of Object.entries(kept)) if (byKey.has(placed.addressKey)) delete kept[userId];
  return { people: [...byKey.values()], seated, kept, problems };
}

/** Of two with one address: the learner, else the one with the lower id, so that it is always the same one. */
function comesBefore(a: RosterPerson, b: RosterPerson): boolean {
  if (a.role !== b.role) return a.role === 'learner';
  return a.userId.length === b.userId.length ? a.userId < b.userId : a.userId.length < b.userId.length;
}

interface Seat {
  readonly role: Role;
  readonly events: 'all' | readonly EventId[];
}

function collectSeats(facts: SessionFacts, addInstructors: boolean): Map<UserId, Seat> {
  const seats = new Map<UserId, Seat>();
  for (const { userId, standing, level } of facts.enrolments) {
    if (standing !== 'active') continue;
    if (level === 'learner') seats.set(userId, { role: 'learner', events: 'all' });
    if (level === 'instructor' && addInstructors && !seats.has(userId)) {
      seats.set(userId, { role: 'instructor', events: 'all' });
    }
  }
  if (!addInstructors) return seats;
  for (const userId of facts.session.instructors) {
    // Whoever is enrolled too stays a learner: their answer counts for their seat.
    if (!seats.has(userId)) seats.set(userId, { role: 'instructor', events: 'all' });
  }
  for (const event of facts.events) {
    for (const userId of event.instructors) {
      const seat = seats.get(userId);
      if (seat === undefined) seats.set(userId, { role: 'instructor', events: [event.eventId] });
      else if (seat.events !== 'all') seats.set(userId, { ...seat, events: [...seat.events, event.eventId] });
    }
  }
  return seats;
}

/** A list that may be incomplete removes nobody: whoever was placed by it and is not on it now keeps the place. */
function keepUnproven(input: {
  readonly facts: SessionFacts;
  readonly ledger: SessionLedger;
  readonly seats: ReadonlyMap<UserId, Seat>;
  readonly kept: Record<UserId, SessionLedger['people'][UserId]>;
}): void {
  const { facts, ledger, seats, kept } = input;
  for (const [userId, placed] of Object.entries(ledger.people)) {
    if (seats.has(userId)) continue;
    const complete =
      placed.role === 'learner' ? facts.enrolmentsComplete : facts.instructorsComplete && facts.enrolmentsComplete;
    if (!complete) kept[userId] = placed;
  }
}

function joinEvents(a: 'all' | readonly EventId[], b: 'all' | readonly EventId[]): 'all' | readonly EventId[] {
  return a === 'all' || b === 'all' ? 'all' : [...new Set([...a, ...b])];
}
