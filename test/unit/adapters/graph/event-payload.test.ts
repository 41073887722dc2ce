import { toContentPayload, toCreatePayload } from '../../../../src/adapters/graph/event-payload';
import type { EventDraft } from '../../../../src/domain/ports';
import { keys } from './calendar-keys';

const draft: EventDraft = {
  ref: { platform: 'acme', sessionId: '54', eventId: '101' },
  generation: 1,
  transactionId: 'cvk1-acme-54-101-1',
  invitationHash: 'hash',
  subject: 'Forklift',
  html: '<p>text</p>',
  schedule: { startsAt: '2026-05-04T09:00:00.000Z', endsAt: '2026-05-04T15:00:00.000Z', timeZone: 'Europe/Rome' },
  place: { locationName: 'Room 4', hideAttendees: true },
  attendees: [{ address: 'ada@academy.example', name: 'Ada' }],
  teamsMeeting: false,
};

describe('what is sent to Graph', () => {
  it('creates with both keys, times in the event’s zone, and answers asked for but no counter-proposals', () => {
    expect(toCreatePayload(draft, keys)).toEqual({
      transactionId: 'cvk1-acme-54-101-1',
      subject: 'Forklift',
      body: { contentType: 'html', content: expect.stringContaining('[cvk1-acme-54-101-1 hash]') as string },
      start: { dateTime: '2026-05-04T11:00:00', timeZone: 'W. Europe Standard Time' },
      end: { dateTime: '2026-05-04T17:00:00', timeZone: 'W. Europe Standard Time' },
      location: { displayName: 'Room 4' },
      hideAttendees: true,
      allowNewTimeProposals: false,
      responseRequested: true,
      attendees: [{ type: 'required', emailAddress: { address: 'ada@academy.example', name: 'Ada' } }],
      singleValueExtendedProperties: [
        { id: expect.stringMatching(/^String \{.+\} Name ConvokeSession$/) as string, value: 'acme/54' },
        { id: expect.stringMatching(/^String \{.+\} Name ConvokeEvent$/) as string, value: 'acme/54/101' },
      ],
    });
  });

  it('asks for a Teams meeting at creation only', () => {
    expect(toCreatePayload({ ...draft, teamsMeeting: true }, keys)).toMatchObject({
      isOnlineMeeting: true,
      onlineMeetingProvider: 'teamsForBusiness',
    });
  });

  it('gives the same bytes for the same draft', () => {
    const again = toCreatePayload(JSON.parse(JSON.stringify(draft)) as EventDraft, keys);

    expect(JSON.stringify(again)).toBe(JSON.stringify(toCreatePayload(draft, keys)));
  });

  it('changes only what differs', () => {
    expect(toContentPayload({ locationName: '' }, null)).toEqual({ location: { displayName: '' } });
    expect(toContentPayload({ hideAttendees: false }, null)).toEqual({ hideAttendees: false });
    expect(Object.keys(toContentPayload({ schedule: draft.schedule }, null))).toEqual(['start', 'end']);
    expect(toContentPayload({ invitation: { subject: 'S', html: 'x', invitationHash: 'h' } }, '<p>whole</p>')).toEqual({
      subject: 'S',
      body: { contentType: 'html', content: '<p>whole</p>' },
    });
  });
});
