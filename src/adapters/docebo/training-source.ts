import { UpstreamError } from '../../domain/errors';
import type {
  CourseId,
  Instant,
  LearningPlanId,
  PlatformKey,
  SessionId,
  SessionProperties,
  SessionReading,
  SwitchedOff,
} from '../../domain/model';
import { decideOff } from '../../domain/planning/decide-switch';
import type { RouteReads } from '../../domain/planning/route-mailbox';
import type { Clock, TrainingSource } from '../../domain/ports';
import { unlessMissing } from '../../domain/unless-missing';
import { toAdditionalInputs, type AdditionalInput } from './reading/additional-inputs';
import type { DoceboClient, DoceboReader } from './api/client';
import { listFutureSessions } from './reading/course-sessions';
import { createIdentity } from './api/identity';
import { readSessionInstructors } from './reading/instructors';
import { readFirstAs } from './profile/json-pointers';
import { judgeMissingSession } from './reading/missing-session';
import { readPeople } from './reading/people';
import type { TenantProfile } from './profile/profile';
import { readCourse, readCourseSwitches } from './reading/read-course';
import { readEvents } from './reading/read-events';
import { READ, ReadProblems } from './reading/read-problems';
import { createCaches, type Reading } from './reading/reading';
import { toEnrolments } from './reading/to-enrolments';
import { toCourseId, toSession } from './reading/to-session';
import { toRouteFacts } from './reading/route-facts';
import { toId, type JsonObject } from './api/wire';

export interface TrainingSourceOptions {
  readonly platform: PlatformKey;
  readonly client: DoceboClient;
  readonly profile: TenantProfile;
  readonly clock: Clock;
  readonly additionalInputs?: readonly AdditionalInput[];
  /** What routes to mailboxes ask for. */
  readonly routeReads?: RouteReads;
}

/** Set aside for one session: itself, its lists, its course, and some places and people. Larger ones draw on the common budget. */
const CALLS_PER_SESSION = 16;
const CALLS_PER_LIST = 2;

/**
 * Docebo as the planner sees it. A reading is made of several calls, one after the other: the session, its events and enrolments are read
 * anew each time, the rest as `notOlderThan` allows.
 */
export function createTrainingSource(options: TrainingSourceOptions): TrainingSource {
  const { platform, client, profile, clock, additionalInputs = [], routeReads = null } = options;
  const caches = createCaches(clock);
  const identity = createIdentity(client, clock);

  function read<T>(
    { sessionId, courseId: knownCourse, notOlderThan }: Parameters<TrainingSource['readSession']>[0],
    readOn: (reading: Reading, found: Found) => Promise<T | SessionReading>,
  ): Promise<T | SessionReading> {
    return client.withCalls({ calls: CALLS_PER_SESSION, priority: 'hint' }, async (docebo) => {
      const readAs = await identity.current(docebo);
      const data = await unlessMissing(() => docebo.get('session', { session_id: sessionId }));
      if (data === null) return judgeMissingSession(docebo, identity, { sessionId, courseId: knownCourse });
      const problems = new ReadProblems();
      const reading: Reading = { docebo, profile, caches, notOlderThan, problems };
      const courseId = toCourseId(data, profile) ?? knownCourse;
      if (courseId === null) {
        return unreadable(sessionId, 'its answer names no course (fields.session.courseId of the tenant profile)');
      }
      const own = toSession(data, { sessionId, profile, problems });
      return readOn(reading, { data, own, sessionId, courseId, readAs, additionalInputs, routeReads });
    });
  }

  return {
    platform,
    readSession: (wanted) => read(wanted, readFound),

    readUnlessOff: (wanted) =>
      read<SessionReading | SwitchedOff>(
        wanted,
        async (reading, found) => (await readOff(reading, found)) ?? readFound(reading, found),
      ),

    listFutureSessions: (input: { readonly courseId: CourseId; readonly now: Instant }) =>
      client.withCalls({ calls: CALLS_PER_LIST, priority: 'bulk' }, (docebo) => listFutureSessions(docebo, input)),

    listLearningPlanCourses: (learningPlanId) =>
      client.withCalls({ calls: CALLS_PER_LIST, priority: 'bulk' }, (docebo) =>
        listLearningPlanCourses(docebo, profile, learningPlanId),
      ),

    whoAmI: () => client.withCalls({ calls: 1, priority: 'hint' }, (docebo) => identity.ask(docebo)),
  };
}

/** The session's own answer, and what it is read with. */
interface Found {
  readonly data: JsonObject;
  readonly own: Omit<SessionProperties, 'instructors' | 'additionalInputs'>;
  readonly sessionId: SessionId;
  readonly courseId: CourseId;
  readonly readAs: string;
  readonly additionalInputs: readonly AdditionalInput[];
  readonly routeReads: RouteReads | null;
}

/** null: invitations are not off, or that cannot be told. The course is asked only where the session leaves it to it. */
async function readOff(reading: Reading, { own, courseId, readAs }: Found): Promise<SwitchedOff | null> {
  const asksCourse = own.status === 'active' && own.rsvp === 'inherit';
  const course = asksCourse ? await unlessMissing(() => readCourseSwitches(reading, courseId)) : null;
  const position = decideOff({ session: own, course });
  if (position === null) return null;
  const problems = [...reading.problems.list(), ...(course?.problems ?? [])];
  return { kind: 'off', readAs, position, courseId, problems };
}

async function readFound(reading: Reading, input: Found): Promise<SessionReading> {
  const { profile, problems, docebo } = reading;
  const { data, own, sessionId, courseId, readAs, routeReads } = input;
  const events = await readEvents(reading, { sessionId, courseId });
  const list = await docebo.list('sessionEnrollments', { session_id: sessionId });
  const { enrolments, complete, people: known } = toEnrolments(list, { profile, problems, sessionId });
  const course = await unlessMissing(() => readCourse(reading, courseId));
  if (course === null) return unreadable(sessionId, `its course ${courseId} is not found in Docebo`);

  const instructors = readSessionInstructors(reading, data, sessionId);
  const seated = enrolments.filter((e) => e.standing === 'active' && e.level !== 'other').map((e) => e.userId);
  const teaching = [...instructors.userIds, ...events.events.flatMap((e) => e.instructors)];
  const people = await readPeople(reading, [...seated, ...teaching], known);
  const fields = { course: course.additionalFields, session: data['additional_fields'] };
  return {
    kind: 'found',
    readAs,
    facts: {
      course: course.facts,
      session: {
        ...own,
        slugName: own.slugName ?? course.slugs.get(sessionId) ?? null,
        instructors: instructors.userIds,
        additionalInputs: toAdditionalInputs(input.additionalInputs, fields, { problems, sessionId }),
      },
      events: events.events,
      eventsComplete: events.complete,
      enrolments,
      enrolmentsComplete: complete,
      instructorsComplete: events.instructorsComplete && instructors.faults.length === 0,
      people,
      ...(asksForMore(routeReads) && { routing: toRouteFacts(routeReads, { ...fields, category: course.category }) }),
    },
    problems: problems.list(),
  };
}

function asksForMore(reads: RouteReads | null): reads is RouteReads {
  return reads !== null && (reads.category || reads.fields.length > 0);
}

/** The session is there, but what it says cannot be acted on. */
function unreadable(sessionId: SessionId, why: string): SessionReading {
  const detail = `Session ${sessionId} cannot be read: ${why}. Nothing is changed.`;
  return { kind: 'unproven', problem: { code: READ.sessionUnproven, subject: 'session', id: sessionId, detail } };
}

/** The port returns a plain list, so a list that may lack courses is an error: asking again may give all of it. */
async function listLearningPlanCourses(
  docebo: DoceboReader,
  profile: TenantProfile,
  learningPlanId: LearningPlanId,
): Promise<CourseId[]> {
  const { items, faults } = await docebo.list('learningPlanCourses', { learning_plan_id: learningPlanId });
  const ids = items.map((item) => readFirstAs(item, profile.fields.learningPlanCourse.courseId, toId));
  const courseIds = [...new Set(ids.filter((id) => id !== undefined))];
  const unread = ids.filter((id) => id === undefined).length;
  if (faults.length === 0 && unread === 0) return courseIds;
  const why = [...faults, ...(unread === 0 ? [] : [`${unread} without a course id`])].join(', ');
  throw new UpstreamError(`DOCEBO's list of courses of learning plan ${learningPlanId} is not complete: ${why}`, {
    code: 'DOCEBO_UNAVAILABLE',
    context: { learningPlanId, read: courseIds.length },
  });
}
