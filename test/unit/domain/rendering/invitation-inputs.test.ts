import type { CourseFacts, EventFacts, SessionProperties } from '../../../../src/domain/model';
import { toInvitationInputs } from '../../../../src/domain/rendering/invitation-inputs';
import { BARE_INPUTS, someInputs } from './builders';

const COURSE: CourseFacts = {
  courseId: '190',
  name: 'Working at heights',
  description: '<p>Harness, anchor, rescue.</p>',
  rsvp: true,
  hideAttendees: false,
};
const SESSION: SessionProperties = {
  sessionId: '54',
  name: 'Example Session',
  slugName: 'own',
  description: '<p>Two days, <b>one</b> exam.</p>',
  status: 'active',
  rsvp: 'inherit',
  hideAttendees: 'inherit',
  instructors: [],
  additionalInputs: { room_note: 'Ring twice' },
};
const EVENT: EventFacts = {
  eventId: '901',
  name: 'Day 1',
  description: '<p>Theory.</p>',
  startsAt: '2026-05-04T07:00:00.000Z',
  endsAt: '2026-05-04T15:00:00.000Z',
  timeZone: 'Europe/Rome',
  location: {
    name: 'Head office',
    address: '1 Main Street, Milan',
    phone: '+39 02 000000',
    email: 'desk@example.com',
    direction: '<p>Metro line 3.</p>',
    accommodations: '<p>Hotel next door.</p>',
    otherInfo: '<p>Bring an id card.</p>',
  },
  classroom: {
    name: 'Aula 4',
    details: '<p>Third floor.</p>',
    seats: '24',
    equipment: '<ul><li>Projector</li></ul>',
  },
  webinarTool: 'Zoom',
  webinarUrl: 'https://zoom.example.com/1',
  instructors: [],
};

describe('the template’s inputs', () => {
  it('hold everything that the guide names', () => {
    expect(toInvitationInputs(COURSE, SESSION, EVENT)).toEqual(
      someInputs({ slug_name: 'own', extra: { room_note: 'Ring twice' } }),
    );
  });

  it('are empty, and both flags false, where there is no place', () => {
    const nowhere = { ...EVENT, name: '', description: '', webinarTool: '', location: null, classroom: null };
    const bare = { ...SESSION, slugName: null, description: '', additionalInputs: {} };

    expect(toInvitationInputs({ ...COURSE, description: '' }, bare, nowhere)).toEqual(BARE_INPUTS);
  });
});
