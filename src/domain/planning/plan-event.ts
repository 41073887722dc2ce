import { AS_FOUND, invitationHash, peopleHash, placeHash } from '../ledger-hashes';
import type { AddressKey, EventFacts, Instant, SessionFacts } from '../model';
import type { ContentHashes, EventPlace, LedgerEvent, PlanProblem, PlanStep, RosterPerson } from '../plan';
import type { Digest } from '../ports';
import { toInvitationInputs } from '../rendering/invitation-inputs';
import { isPast } from './live-events';

export interface EventContext {
  readonly facts: SessionFacts;
  readonly hideAttendees: boolean | null;
  readonly roster: readonly RosterPerson[];
  readonly keptKeys: readonly AddressKey[];
  /** Every key that Convoke ever placed in this session and still knows, with the roster's. */
  readonly knownKeys: ReadonlySet<AddressKey>;
  readonly maxAttendees: number;
  readonly now: Instant;
  readonly digest: Digest;
}

export interface EventPlan {
  readonly steps: readonly PlanStep[];
  readonly problems: readonly PlanProblem[];
  /** False: the event's attendees are not yet what they should be. */
  readonly peopleInPlace: boolean;
  /** What an event that was adopted as found counts as from now on. */
  readonly baseline?: ContentHashes;
}

/** What one event of the session needs so that the calendar shows it as Docebo has it. */
export function planEvent(event: EventFacts, row: LedgerEvent | undefined, context: EventContext): EventPlan {
  const { now } = context;
  const live = row !== undefined && row.graphEventId !== null ? { ...row, graphEventId: row.graphEventId } : null;
  if (live === null) return isPast(event, now) ? nothing : planCreate(event, row?.generation ?? 0, context);
  if (isPast(event, now) && isPast(live, now)) return { ...nothing, peopleInPlace: hasItsPeople(event, live, context) };
  return planChange(event, live, context);
}

const nothing: EventPlan = { steps: [], problems: [], peopleInPlace: true };

function planCreate(event: EventFacts, lastGeneration: number, context: EventContext): EventPlan {
  const people = wantedPeople(event, context);
  if (people.problem !== null) return { steps: [], problems: [people.problem], peopleInPlace: true };
  const content = desiredContent(event, context);
  return {
    steps: [
      {
        kind: 'create',
        eventId: event.eventId,
        generation: lastGeneration + 1,
        ...content,
        // Nobody is shown a list that may have been meant to be hidden.
        place: { ...content.place, hideAttendees: context.hideAttendees ?? true },
        placeHash: placeHash(context.digest, { ...content.place, hideAttendees: context.hideAttendees ?? true }),
        peopleHash: people.hash,
      },
    ],
    problems: [],
    peopleInPlace: false,
  };
}

function planChange(
  event: EventFacts,
  row: LedgerEvent & { readonly graphEventId: string },
  context: EventContext,
): EventPlan {
  const { eventId } = event;
  const { generation, graphEventId } = row;
  const content = desiredContent(event, context);
  const moved = event.startsAt !== row.startsAt || event.endsAt !== row.endsAt;
  const render = differs(content.invitationHash, row.invitationHash);
  const replaced = context.hideAttendees !== null && differs(content.placeHash, row.placeHash);
  const change: PlanStep[] =
    moved || render || replaced
      ? [{ kind: 'updateContent', eventId, generation, graphEventId, ...content, render }]
      : [];

  const baseline = baselineOf(row, content, change.length > 0);

  // An event that moves into the past is moved once and then left alone.
  if (isPast(event, context.now))
    return { steps: change, problems: [], peopleInPlace: hasItsPeople(event, row, context), ...baseline };

  const people = wantedPeople(event, context);
  if (isSettled(people, row)) return { steps: change, problems: [], peopleInPlace: true, ...baseline };
  if (people.problem !== null) return { steps: change, problems: [people.problem], peopleInPlace: false, ...baseline };

  const remove = [...context.knownKeys].filter((key) => !people.keys.has(key)).sort();
  const all: PlanStep = {
    kind: 'updateAttendees',
    eventId,
    generation,
    graphEventId,
    phase: 'all',
    remove,
    peopleHash: people.hash,
  };
  // Who leaves is taken off before a change, so that they get one mail, and who joins is added after it. Also who only leaves this event: an
  // instructor may stay with another one of the session.
  const first: PlanStep[] =
    change.length > 0 && remove.length > 0 ? [{ ...all, phase: 'remove', peopleHash: null }] : [];
  return { steps: [...first, ...change, all], problems: [], peopleInPlace: false, ...baseline };
}

/** A past event keeps the people that it has; should it be moved into the future again, who left meanwhile must still be known. */
function hasItsPeople(event: EventFacts, row: LedgerEvent, context: EventContext): boolean {
  return isSettled(wantedPeople(event, context), row);
}

function differs(wanted: string, written: string): boolean {
  return written !== AS_FOUND && wanted !== written;
}

/** A change of the content leaves its own hashes behind. */
function baselineOf(row: LedgerEvent, content: ContentHashes, changes: boolean): Pick<EventPlan, 'baseline'> {
  if (changes || (row.invitationHash !== AS_FOUND && row.placeHash !== AS_FOUND)) return {};
  const { invitationHash, placeHash } = content;
  return { baseline: { invitationHash, placeHash } };
}

interface WantedPeople {
  readonly keys: ReadonlySet<AddressKey>;
  /** What the row says once all of them are on the event. */
  readonly provenHash: string;
  /** What the row is to say: another hash while some keep a place on it that they may never have had, having been put on other events. */
  readonly hash: string;
  readonly problem: PlanProblem | null;
}

function isSettled({ hash, provenHash }: WantedPeople, row: Pick<LedgerEvent, 'peopleHash'>): boolean {
  return row.peopleHash === hash || row.peopleHash === provenHash;
}

/** No address key. */
const UNPROVEN = '?';

function wantedPeople(event: EventFacts, context: EventContext): WantedPeople {
  const { eventId } = event;
  const invited = context.roster.filter((p) => p.events === 'all' || p.events.includes(eventId));
  const keys = new Set([...invited.map((p) => p.addressKey), ...context.keptKeys]);
  const problem: PlanProblem | null =
    keys.size > context.maxAttendees
      ? {
          code: 'PLAN_TOO_MANY_ATTENDEES',
          eventId,
          message: `Event ${eventId} has ${keys.size} people; Outlook takes ${context.maxAttendees} on one event. Split the session in Docebo; until then nobody is added.`,
        }
      : null;
  const provenHash = peopleHash(context.digest, [...keys]);
  const hash = context.keptKeys.length === 0 ? provenHash : peopleHash(context.digest, [...keys, UNPROVEN]);
  return { keys, provenHash, hash, problem };
}

function desiredContent(event: EventFacts, context: EventContext) {
  const { facts, digest } = context;
  const inputs = toInvitationInputs(facts.course, facts.session, event);
  const place: EventPlace = { locationName: locationNameOf(event), hideAttendees: context.hideAttendees ?? false };
  return {
    schedule: { startsAt: event.startsAt, endsAt: event.endsAt, timeZone: event.timeZone },
    place,
    inputs,
    invitationHash: invitationHash(digest, inputs),
    placeHash: placeHash(digest, place),
  };
}

/** What Outlook shows as the place: room and location, else the webinar's link or tool. */
export function locationNameOf(event: EventFacts): string {
  const room = [event.classroom?.name, event.location?.name].filter((part) => part !== undefined && part !== '');
  if (room.length > 0) return room.join(', ');
  return event.webinarUrl !== '' ? event.webinarUrl : event.webinarTool;
}
