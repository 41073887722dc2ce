import { toCalendarEvent, toWireAttendee } from '../../../../src/adapters/graph/event-mapping';
import { readEvent, type WireEvent } from '../../../../src/adapters/graph/schema';
import type { ContractError } from '../../../../src/domain/errors';
import { keys } from './calendar-keys';

const ref = { platform: 'acme', sessionId: '54', eventId: '101' };

function aWireEvent(over: Partial<WireEvent> = {}): WireEvent {
  return {
    id: 'AAMk1',
    '@odata.etag': 'W/"1"',
    subject: 'Forklift',
    body: { contentType: 'html', content: '<p>text</p>' },
    start: { dateTime: '2026-05-04T09:00:00.0000000', timeZone: 'UTC' },
    end: { dateTime: '2026-05-04T17:30:00.1234567', timeZone: 'UTC' },
    location: { displayName: 'Room 4' },
    attendees: [],
    ...over,
  };
}

const property = { id: keys.eventPropertyId.toUpperCase(), value: 'acme/54/101' };
const marked = { contentType: 'html', content: '<div>[cvk1-acme-54-102-3 hash]</div>' };

function thrownBy(run: () => unknown): ContractError {
  try {
    run();
  } catch (error) {
    return error as ContractError;
  }
  throw new Error('nothing was thrown');
}

describe('an event read from Graph', () => {
  it('has instants in UTC whatever the number of decimals', () => {
    expect(toCalendarEvent(aWireEvent(), keys)).toMatchObject({
      startsAt: '2026-05-04T09:00:00.000Z',
      endsAt: '2026-05-04T17:30:00.123Z',
    });
  });

  it.each([
    ['the property', { singleValueExtendedProperties: [property], body: marked }, '101'],
    ['the marker', { body: marked, transactionId: 'cvk1-acme-54-103-1' }, '102'],
    ['the transaction id', { transactionId: 'cvk1-acme-54-103-1' }, '103'],
  ])('is of the event that %s names', (_source, over, eventId) => {
    expect(toCalendarEvent(aWireEvent(over), keys).ref).toEqual({ ...ref, eventId });
  });

  it('is of no event when nothing names one', () => {
    expect(toCalendarEvent(aWireEvent({ transactionId: '54-101' }), keys)).toMatchObject({
      ref: null,
      generation: null,
    });
  });

  it('takes generation and hash from the marker, else the generation from the transaction id', () => {
    expect(toCalendarEvent(aWireEvent({ body: marked }), keys)).toMatchObject({
      generation: 3,
      invitationHash: 'hash',
    });
    expect(toCalendarEvent(aWireEvent({ transactionId: 'cvk1-acme-54-101-2' }), keys)).toMatchObject({
      generation: 2,
      invitationHash: null,
    });
  });

  it('keeps what the caller knows, since the answer to a write carries no extended properties', () => {
    expect(toCalendarEvent(aWireEvent(), keys, { ref, generation: 4 })).toMatchObject({ ref, generation: 4 });
  });

  it.each([
    ['accepted', 'accepted'],
    ['tentativelyAccepted', 'tentative'],
    ['declined', 'declined'],
    ['none', 'none'],
    ['notResponded', 'none'],
    ['organizer', 'none'],
    [null, 'none'],
  ])('reads the answer %p as %p', (response, expected) => {
    const attendee = { emailAddress: { address: 'Ada@X.example', name: 'Ada' }, status: { response } };

    expect(toCalendarEvent(aWireEvent({ attendees: [attendee] }), keys).attendees[0]?.response).toBe(expected);
  });

  it('echoes an attendee as it came', () => {
    const wire = {
      type: 'optional',
      emailAddress: { address: 'Ada@X.example', name: 'Ada' },
      status: { response: 'tentativelyAccepted', time: '2026-05-02T08:00:00.000Z' },
    };
    const [attendee] = toCalendarEvent(aWireEvent({ attendees: [wire] }), keys).attendees;

    expect(attendee && toWireAttendee(attendee)).toEqual(wire);
  });

  it('knows that the year 1 means never', () => {
    const wire = {
      emailAddress: { address: 'a@x.example' },
      status: { response: 'none', time: '0001-01-01T00:00:00Z' },
    };

    expect(toCalendarEvent(aWireEvent({ attendees: [wire] }), keys).attendees[0]?.respondedAt).toBeNull();
  });

  it('refuses times in another zone than the one asked for', () => {
    const start = { dateTime: '2026-05-04T09:00:00.0000000', timeZone: 'Pacific Standard Time' };

    const error = thrownBy(() => toCalendarEvent(aWireEvent({ start }), keys));

    expect(error).toMatchObject({ code: 'GRAPH_CONTRACT' });
    expect(error.message).toBe(
      "Graph sent the times of event AAMk1 in 'Pacific Standard Time' although UTC was asked for, or in an unknown form",
    );
  });

  it('names the places, never the values, that do not fit the documented shape', () => {
    const { end: _end, ...rest } = aWireEvent({ attendees: [{ emailAddress: { address: 7 } } as never] });

    const error = thrownBy(() => readEvent(rest, '/users/training/events/AAMk1'));

    expect(error).toMatchObject({ code: 'GRAPH_CONTRACT', context: { id: 'AAMk1' } });
    expect(error.message).toBe(
      "Graph's answer to /users/training/events/AAMk1 is not an event as documented: / must have required property 'end'; " +
        '/attendees/0/emailAddress/address must be string',
    );
  });
});
