import type { CalendarAttendee, CalendarEvent, Instant, Response } from '../model';
import { plainName } from '../plain-name';
import type { AddressKeys } from '../ports';
import type { ObservedAnswer } from './observed-answer';

export type AnsweredRows = Pick<CalendarEvent, 'attendees' | 'organiserAddress'>;

/** What a meeting response in the inbox says. */
export interface GivenResponse {
  readonly responder: { readonly address: string; readonly name: string };
  readonly response: Exclude<Response, 'none'>;
  readonly respondedAt: Instant;
}

/**
 * The explicit answers on an event, with what tells whose they are: the key of the row's own address, and the keys of its namesakes among
 * those who have not answered. Who was invited is known to the session's ledger alone, so that it decides.
 *
 * Rooms answer by themselves and the organiser does not answer: neither counts. Nor does a row without a time of answer.
 */
export function matchAnswers(event: AnsweredRows, keyOf: AddressKeys): ObservedAnswer[] {
  const organiser = event.organiserAddress?.toLowerCase();
  const people = event.attendees.filter((a) => a.type !== 'resource' && a.address.toLowerCase() !== organiser);
  const silent = people.filter((a) => a.response === 'none' && a.address.includes('@'));
  return people.flatMap((row) => {
    const { response, respondedAt } = row;
    if (response === 'none' || respondedAt === null) return [];
    const name = plainName(row.name);
    const namesakes = name === '' ? [] : silent.filter((a) => plainName(a.name) === name);
    return [
      { addressKey: keyOfRow(row, keyOf), response, respondedAt, namesakes: namesakes.map((a) => keyOf(a.address)) },
    ];
  });
}

/**
 * A response message as an answer on its event. The event's own row is the truth wherever it holds an answer of that address: it takes
 * several answers in their order. Null: it is not an attendee's.
 */
export function matchResponse(event: AnsweredRows, given: GivenResponse, keyOf: AddressKeys): ObservedAnswer | null {
  const { responder, response, respondedAt } = given;
  const isResponder = (a: CalendarAttendee): boolean => a.address.toLowerCase() === responder.address.toLowerCase();
  const noted = event.attendees.find((a) => isResponder(a) && a.response !== 'none' && a.respondedAt !== null);
  const row: CalendarAttendee = noted ?? { ...responder, type: 'required', response, respondedAt };
  const others = event.attendees.filter((a) => !isResponder(a));
  const answers = matchAnswers({ ...event, attendees: [...others, row] }, keyOf);
  return answers.find((answer) => answer.addressKey === keyOfRow(row, keyOf)) ?? null;
}

/** A row may lack an address altogether; its name then tells it apart from others like it. */
function keyOfRow({ address, name }: Pick<CalendarAttendee, 'address' | 'name'>, keyOf: AddressKeys): string {
  return keyOf(address === '' ? name : address);
}
