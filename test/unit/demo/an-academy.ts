import type { Academy, ExpectedEvent } from '../../../demo/checker/expectation';
import type { MailboxEvent } from '../../../demo/checker/mailbox';

export const NOW = '2026-05-01T08:00:00.000Z';
export const RULES = { addInstructors: true, organiser: 'training@academy.example' };

type Session = Academy['sessions'][number];
type Event = Academy['events'][number];

/** One course, one session, one event in a room, two learners (11, 12) and an instructor (90). */
export function anAcademy(over: {
  readonly course?: Partial<Academy['courses'][number]>;
  readonly session?: Partial<Session>;
  readonly event?: Partial<Event>;
  readonly enrolments?: Academy['enrolments'];
}): Academy {
  return {
    platform: 'academy',
    domain: 'academy.docebosaas.example',
    now: NOW,
    courses: [
      {
        id: 190,
        name: 'First aid',
        code: 'FA',
        type: 'classroom',
        description: '<p>Bandages</p>',
        shortDescription: '',
        language: 'english',
        category: 'General',
        rsvp: true,
        hideAttendees: false,
        isPublished: true,
        instructorIds: [],
        additionalFields: [],
        createdAt: NOW,
        updatedAt: NOW,
        ...over.course,
      },
    ],
    sessions: [
      {
        id: 54,
        courseId: 190,
        name: 'Spring',
        code: 'S',
        uid: 'U',
        description: '',
        status: 'active',
        cancelReason: '',
        rsvp: 'inherit',
        hideAttendees: 'inherit',
        instructorIds: [90],
        maxEnroll: 30,
        additionalFields: [],
        createdAt: NOW,
        updatedAt: NOW,
        slug: 'spring',
        rsvpOn: true,
        attendeesHidden: false,
        ...over.session,
      },
    ],
    events: [
      {
        id: 101,
        sessionId: 54,
        name: 'Day 1',
        description: '',
        date: '2026-06-01',
        timeBegin: '09:00',
        timeEnd: '17:00',
        timezone: 'Europe/Rome',
        locationId: 21,
        classroomId: 61,
        webinarTool: null,
        webinarUrl: null,
        instructorIds: [],
        startsAtUtc: '2026-06-01T07:00:00.000Z',
        endsAtUtc: '2026-06-01T15:00:00.000Z',
        ...over.event,
      },
    ],
    enrolments: over.enrolments ?? [aSeat(11), aSeat(12)],
    users: [11, 12, 13, 90, 91].map((id) => ({
      id,
      username: `u${id}`,
      firstName: 'Person',
      lastName: String(id),
      email: `Person${id}@academy.example`,
      timezone: 'Europe/Rome',
      valid: true,
    })),
    locations: [
      {
        id: 21,
        name: 'Milano',
        address: 'Via Roma 1',
        country: 'Italy',
        phone: '',
        email: '',
        direction: '',
        accommodations: '',
        otherInfo: '',
      },
    ],
    classrooms: [{ id: 61, locationId: 21, name: 'Aula 1', details: '', seats: 20, equipment: '' }],
    learningPlans: [],
    answers: [],
  };
}

export function aSeat(
  userId: number,
  status: 'active' | 'waiting' | 'inactive' = 'active',
): Academy['enrolments'][number] {
  return { sessionId: 54, userId, status, completed: false, enrolledAt: NOW };
}

/** The calendar's event as `wanted` asks for it. */
export function aMailboxEvent(wanted: ExpectedEvent, over: Partial<MailboxEvent> = {}): MailboxEvent {
  return {
    id: `graph-${wanted.key}`,
    isCancelled: false,
    folder: 'calendar',
    transactionId: null,
    subject: wanted.texts.join(' · '),
    body: '<p>Welcome</p>',
    startUtc: wanted.startUtc,
    endUtc: wanted.endUtc,
    location: wanted.place.join(', '),
    hideAttendees: wanted.hidden,
    attendees: wanted.attendees.map((address) => ({ address })),
    extendedProperties: { ConvokeEvent: `academy/${wanted.key}` },
    ...over,
  };
}
