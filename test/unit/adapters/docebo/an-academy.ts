import { createDoceboClient } from '../../../../src/adapters/docebo/api/client';
import type { TenantProfile } from '../../../../src/adapters/docebo/profile/profile';
import { createTrainingSource, type TrainingSourceOptions } from '../../../../src/adapters/docebo/training-source';
import type { SessionFacts, SessionReading } from '../../../../src/domain/model';
import { aProfile } from './a-profile';
import { aClock, aPage, stubDocebo, type StubAnswer } from './stub-docebo';

export const PATHS = {
  whoAmI: 'GET /manage/v1/user/session',
  session: 'GET /course/v1/sessions/7',
  events: 'GET /course/v1/sessions/7/events',
  enrolments: 'GET /course/v1/sessions/7/enrollments',
  course: 'GET /course/v1/courses/3',
  courseDetails: 'GET /learn/v1/courses/3',
  courseSessions: 'GET /course/v1/courses/3/sessions',
  location: 'GET /learn/v1/location/20',
  classroom: 'GET /learn/v1/classroom/60',
  eventInstructors: 'GET /course/v1/events/50/instructors',
  planCourses: 'GET /learningplan/v1/learningplans/80/courses',
} as const;

/** Session 7 of course 3 with one event and two learners, as Docebo would answer by the profile `assumed-v1`. */
export const ANSWERS: Readonly<Record<string, StubAnswer>> = {
  [PATHS.whoAmI]: { data: { id: '13000', username: 'api', user_level: 'godadmin' } },
  [PATHS.session]: {
    data: {
      id: '7',
      name: 'Day 1',
      course: { id: 3, name: 'Forklifts' },
      description: 'Bring boots',
      status: 'active',
      external_calendar_rsvp: 'default',
      external_calendar_hide_attendees: 'default',
      instructors: [],
    },
  },
  [PATHS.events]: aPage([anEvent()]),
  [PATHS.enrolments]: aPage([aRow(11), aRow(12)]),
  [PATHS.course]: {
    data: { id: 3, external_calendar_rsvp: 'enabled', external_calendar_hide_attendees: '0' },
  },
  [PATHS.courseDetails]: {
    data: { id: 3, name: 'Forklifts', description: '<p>All</p>', sessions: [{ id_session: '7', slug_name: 'day-1' }] },
  },
};

export function anEvent(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: 50,
    name: 'Morning',
    description: '',
    schedule: { date: '2026-05-11', time_begin: '09:00:00', time_end: '12:00:00', timezone: 'Europe/Rome' },
    instructors: [],
    ...changes,
  };
}

export function aRow(userId: number, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    user_id: userId,
    email: `user${userId}@example.com`,
    firstname: 'User',
    lastname: String(userId),
    status: 'subscribed',
    level: 'learner',
    waiting: 0,
    ...changes,
  };
}

/** A training source over that academy, with some answers of Docebo's replaced. */
export function anAcademy(
  answers: Parameters<typeof stubDocebo>[0] = {},
  options: Partial<TrainingSourceOptions> & { readonly profile?: TenantProfile } = {},
) {
  const docebo = stubDocebo({ ...ANSWERS, ...answers });
  const clock = aClock();
  const profile = options.profile ?? aProfile();
  const client = createDoceboClient({
    baseUrl: docebo.baseUrl,
    credentials: { grant: 'client_credentials', clientId: 'id', clientSecret: 'secret' },
    profile,
    clock,
    fetch: docebo.fetch,
  });
  const source = createTrainingSource({ platform: 'acme', client, profile, clock, ...options });
  const read = (courseId: string | null = null, notOlderThan = clock.iso()): Promise<SessionReading> =>
    source.readSession({ sessionId: '7', courseId, notOlderThan });
  const readUnlessOff = () => source.readUnlessOff({ sessionId: '7', courseId: null, notOlderThan: clock.iso() });
  return { docebo, clock, client, source, read, readUnlessOff };
}

export async function factsOf(reading: Promise<SessionReading>): Promise<SessionFacts> {
  const { facts } = await found(reading);
  return facts;
}

export async function found(reading: Promise<SessionReading>): Promise<SessionReading & { kind: 'found' }> {
  const it = await reading;
  if (it.kind !== 'found') throw new Error(`the reading is ${it.kind}`);
  return it;
}
