import type { Invitee } from '../../../src/contract/activities';
import { mergeAttendees, peopleOn, type AttendeeWish } from '../../../src/activities/calendar/merge-attendees';
import type { CalendarAttendee } from '../../../src/domain/model';
import { keyOf } from '../../support/builders';

function attendee(address: string, over: Partial<CalendarAttendee> = {}): CalendarAttendee {
  return { address, name: address, type: 'required', response: 'none', respondedAt: null, ...over };
}

function invitee(address: string): Invitee {
  return { address, name: address, addressKey: keyOf(address) };
}

function merge(
  attendees: readonly CalendarAttendee[],
  wish: Partial<AttendeeWish>,
  organiser: string | null = 'org@x.example',
) {
  const whole: AttendeeWish = { phase: 'all', desired: [], remove: [], forwarded: 'keep', ...wish };
  const merged = mergeAttendees({ attendees, organiserAddress: organiser }, whole, keyOf);
  return { ...merged, addresses: merged.attendees.map((a) => a.address) };
}

describe('attendees brought to the wish', () => {
  it('echoes whoever stays as the calendar has them', () => {
    const ada = attendee('Ada@X.example', {
      type: 'optional',
      response: 'accepted',
      respondedAt: '2026-05-02T08:00:00.000Z',
    });

    const merged = merge([ada], { desired: [invitee('ada@x.example')] });

    expect(merged).toMatchObject({ attendees: [ada], added: 0, removed: 0 });
  });

  it('adds those missing as required, each once', () => {
    const merged = merge([], {
      desired: [invitee('ada@x.example'), invitee('ADA@x.example'), invitee('ben@x.example')],
    });

    expect(merged.addresses).toEqual(['ADA@x.example', 'ben@x.example']);
    expect(merged.attendees.every((a) => a.type === 'required')).toBe(true);
    expect(merged.added).toBe(2);
  });

  it('knows people by the address that the calendar keeps for them: they are neither added again nor left behind', () => {
    const aliases = { [keyOf('ada.l@y.example')]: keyOf('ada@x.example') };
    const rows = [attendee('ada.l@y.example'), attendee('guest@y.example')];

    const stays = merge(rows, { desired: [invitee('ada@x.example')], aliases });
    const leaves = merge(rows, { remove: [keyOf('ada@x.example')], aliases });
    // Docebo has the address that the calendar kept, at last: the same row, and nobody is mailed.
    const corrected = merge(rows, {
      ...{ desired: [invitee('ada.l@y.example')], remove: [keyOf('ada@x.example')], aliases },
    });

    expect(stays).toMatchObject({ attendees: rows, added: 0, removed: 0 });
    expect(leaves).toMatchObject({ addresses: ['guest@y.example'], removed: 1 });
    expect(corrected).toMatchObject({ attendees: rows, added: 0, removed: 0 });
  });

  it('takes off whom it may, and keeps a forwarded guest', () => {
    const merged = merge([attendee('ada@x.example'), attendee('guest@y.example')], {
      remove: [keyOf('ada@x.example')],
    });

    expect(merged).toMatchObject({ addresses: ['guest@y.example'], removed: 1 });
  });

  it('drops forwarded guests where the setting says so, but not while it only removes', () => {
    const guests = [attendee('guest@y.example')];

    expect(merge(guests, { forwarded: 'drop' })).toMatchObject({ addresses: [], removed: 1 });
    expect(merge(guests, { forwarded: 'drop', phase: 'remove' })).toMatchObject({
      addresses: ['guest@y.example'],
      removed: 0,
    });
  });

  it('only removes in phase remove', () => {
    const merged = merge([attendee('ada@x.example')], {
      phase: 'remove',
      desired: [invitee('ben@x.example')],
      remove: [keyOf('ada@x.example')],
    });

    expect(merged).toMatchObject({ addresses: [], added: 0, removed: 1 });
  });

  it('keeps somebody who is wanted although listed as leaving', () => {
    const wish = { desired: [invitee('ada@x.example')], remove: [keyOf('ada@x.example')] };

    expect(merge([attendee('ada@x.example')], wish)).toMatchObject({ addresses: ['ada@x.example'], removed: 0 });
  });

  it('neither adds the organiser nor takes their row off', () => {
    const wish = { desired: [invitee('ORG@x.example')], forwarded: 'drop' as const };

    expect(merge([], wish).addresses).toEqual([]);
    expect(merge([attendee('Org@x.example')], { forwarded: 'drop' }).addresses).toEqual(['Org@x.example']);
  });

  it('leaves rooms and rows without an SMTP address alone', () => {
    const rows = [attendee('room4@x.example', { type: 'resource' }), attendee('/o=ExchangeLabs/cn=ada'), attendee('')];

    expect(merge(rows, { forwarded: 'drop' })).toMatchObject({ removed: 0, attendees: rows });
  });

  it('counts as people neither rooms nor the organiser, and each person once', () => {
    const attendees = [
      attendee('Ada@x.example'),
      attendee('ada@x.example'),
      attendee('org@x.example'),
      attendee('room4@x.example', { type: 'resource' }),
    ];

    expect(peopleOn({ attendees, organiserAddress: 'org@x.example' }, keyOf)).toEqual([keyOf('ada@x.example')]);
  });
});
