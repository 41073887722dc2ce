import type { CalendarAttendee, Instant } from '../../../../src/domain/model';
import type { AnswerRow, SessionLedger } from '../../../../src/domain/plan';
import type { ObservedAnswer } from '../../../../src/domain/rsvp/observed-answer';
import { keyOf } from '../../../support/builders';

/** Builders of attendees and answers. People are `ada@academy.example`, called Ada. */

export function addressOf(name: string): string {
  return `${name}@academy.example`;
}

export function anAttendee(name: string, over: Partial<CalendarAttendee> = {}): CalendarAttendee {
  const title = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  return { address: addressOf(name), name: title, type: 'required', response: 'none', respondedAt: null, ...over };
}

export function observed(name: string, over: Partial<ObservedAnswer> = {}): ObservedAnswer {
  return { addressKey: keyOf(addressOf(name)), response: 'accepted', respondedAt: at(9), namesakes: [], ...over };
}

/** Learners, by user id = name; those named in `instructors` teach. */
export function peopleOf(names: readonly string[], instructors: readonly string[] = []): SessionLedger['people'] {
  const role = (name: string) => (instructors.includes(name) ? ('instructor' as const) : ('learner' as const));
  return Object.fromEntries(names.map((name) => [name, { addressKey: keyOf(addressOf(name)), role: role(name) }]));
}

export function aRow(response: AnswerRow[0], over: { at?: Instant; since?: Instant; written?: AnswerRow[3] } = {}) {
  return [response, over.at ?? at(9), over.since ?? null, over.written ?? null] as const;
}

/** That hour of 4 May. */
export function at(hour: number): Instant {
  return new Date(Date.UTC(2026, 4, 4, hour)).toISOString();
}
