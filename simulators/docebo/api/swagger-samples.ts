import type { Classroom, Course, Location, Session, SessionEvent } from '../academy/model';
import { emptyAcademy } from '../academy/model';
import type { Json } from '../wire/json';
import type { Reading } from '../wire/reading';
import {
  classroomResource,
  courseResource,
  enrolmentResources,
  eventResource,
  instructors,
  locationResource,
  planCourseResource,
  sessionResource,
} from '../wire/resources';

const course: Course = {
  id: 1,
  name: 'Course',
  code: 'C',
  type: 'classroom',
  description: '',
  shortDescription: '',
  language: 'english',
  category: 'General',
  rsvp: true,
  hideAttendees: false,
  isPublished: true,
  instructorIds: [],
  additionalFields: [],
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
};
const session: Session = {
  id: 1,
  courseId: 1,
  name: 'Session',
  code: 'S',
  uid: 'S1',
  description: '',
  status: 'active',
  cancelReason: '',
  rsvp: 'inherit',
  hideAttendees: 'inherit',
  instructorIds: [1],
  maxEnroll: 1,
  additionalFields: [],
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
};
const event: SessionEvent = {
  id: 1,
  sessionId: 1,
  name: 'Event',
  description: '',
  date: '2026-01-01',
  timeBegin: '09:00',
  timeEnd: '10:00',
  timezone: 'UTC',
  locationId: 1,
  classroomId: 1,
  webinarTool: null,
  webinarUrl: null,
  instructorIds: [1],
};
const location: Location = {
  id: 1,
  name: 'Location',
  address: '',
  country: '',
  phone: '',
  email: '',
  direction: '',
  accommodations: '',
  otherInfo: '',
};
const classroom: Classroom = { id: 1, locationId: 1, name: 'Classroom', details: '', seats: 1, equipment: '' };
const row = { userId: 1, status: 'active', completed: false, enrolledAt: '2026-01-01T00:00:00.000Z' } as const;

/** One resource of each kind whose keys vary from tenant to tenant, by the kind of the endpoint that answers it. */
export function samples(tenant: Reading): Record<string, unknown> {
  const state = { ...emptyAcademy(), courses: { 1: course }, enrolments: { 1: [row] } };
  const reading: Reading = { ...tenant, state };
  const list = (items: Json[]) => ({ data: { count: 1, has_more_data: false, total_count: 1, items } });
  return {
    course: { data: courseResource(reading, course) },
    session: { data: sessionResource(reading, session) },
    sessionEvents: list([eventResource(reading, event)]),
    sessionEnrollments: list(enrolmentResources(reading, session)),
    eventInstructors: list(instructors(reading, [1])),
    location: { data: locationResource(reading, location) },
    classroom: { data: classroomResource(reading, classroom) },
    learningPlanCourses: list([planCourseResource(reading, 1)]),
    rsvpWriteBack: reading.profile.rsvpWriteBack.body,
    unenrol: reading.profile.unenrol?.body ?? {},
  };
}
