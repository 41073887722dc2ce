import { InputError, NotFoundError } from '../../domain/errors';
import { canonical } from '../../domain/ledger-hashes';
import type { CourseId, Instant, PlatformKey, SessionId } from '../../domain/model';
import type { Clock } from '../../domain/ports';
import type { SessionRow } from '../../domain/sweep/session-row';
import type { CourseLook, SessionLister, SessionListing } from '../../domain/sweep/sweep-ports';
import { unlessMissing } from '../../domain/unless-missing';
import type { DoceboClient, DoceboReader } from './api/client';
import { END_SLACK_MS } from './reading/course-sessions';
import { NO_SESSIONS } from './api/error-body';
import type { DoceboList } from './api/paging';
import type { TenantProfile } from './profile/profile';
import { readCourse } from './reading/read-course';
import { ReadProblems } from './reading/read-problems';
import { createCaches } from './reading/reading';
import { toCourseRow, toSessionRow } from './reading/session-rows';

export interface SessionListerOptions {
  readonly platform: PlatformKey;
  readonly client: DoceboClient;
  readonly profile: TenantProfile;
  readonly clock: Clock;
}

const KEEP = { keepWhatWasRead: true } as const;
const ONE_CALL = { calls: 1, priority: 'bulk' } as const;
const TWO_CALLS = { calls: 2, priority: 'bulk' } as const;

/**
 * Walks from the list of courses to the session list of each (the administrators' one): one call for each 200 items. Of Docebo's lists it is
 * the only one that shows dates and counters and says how many sessions there are, so that what it lacks is known to be absent. The list
 * that filters by date shows no counters, so that it misses every enrolment; the learners' answer about a course shows all its sessions
 * in one call, but nothing tells whether it shows them all. No list spans courses, so each walk costs a call a course at least.
 */
export function createSessionLister({ platform, client, profile, clock }: SessionListerOptions): SessionLister {
  const caches = createCaches(clock);

  return {
    platform,

    listCourses: () =>
      client.withCalls(ONE_CALL, async (docebo) => {
        const list = await docebo.list('courses', {}, KEEP);
        const courses = list.items.flatMap((item) => toCourseRow(item, profile) ?? []);
        return { courses, ...howComplete(list, courses.length), calls: docebo.spent() };
      }),

    listSessionRows: ({ courseId, from, to }) =>
      client.withCalls(ONE_CALL, async (docebo): Promise<SessionListing> => {
        const list = await listSessions(docebo, courseId);
        if (list === 'no-sessions') return { kind: 'no-sessions', calls: docebo.spent() };
        if (list === 'gone') return { kind: 'gone', calls: docebo.spent() };
        const all = list.items.flatMap((item) => toSessionRow(item, { courseId, profile }) ?? []);
        const rows: SessionRow[] = [];
        const outside: SessionId[] = [];
        for (const row of all) {
          if (isWithin(row, from, to)) rows.push(row);
          else outside.push(row.sessionId);
        }
        return { kind: 'sessions', rows, outside, ...howComplete(list, all.length), calls: docebo.spent() };
      }),

    lookAtCourse: (courseId) =>
      client.withCalls(TWO_CALLS, (docebo): Promise<CourseLook | null> => {
        const notOlderThan = clock.now().toISOString();
        const reading = { docebo, profile, caches, notOlderThan, problems: new ReadProblems() };
        return unlessMissing(async () => {
          const { facts, additionalFields } = await readCourse(reading, courseId);
          return { facts: canonical({ ...facts, additionalFields }), rsvp: facts.rsvp, calls: docebo.spent() };
        });
      }),
  };
}

async function listSessions(docebo: DoceboReader, courseId: CourseId): Promise<DoceboList | 'no-sessions' | 'gone'> {
  try {
    return await docebo.list('courseSessions', { course_id: courseId }, KEEP);
  } catch (error) {
    if (error instanceof InputError && error.context['upstreamCode'] === NO_SESSIONS) return 'no-sessions';
    if (error instanceof NotFoundError) return 'gone';
    throw error;
  }
}

/** An item that names nothing leaves the list incomplete. */
function howComplete(list: DoceboList, read: number) {
  return {
    complete: list.faults.length === 0 && read === list.items.length,
    interruptedBy: list.interruptedBy ?? null,
  };
}

/** Dates are held to be UTC, which Docebo nowhere says: only what is outside in every zone is. A session without dates is inside. */
function isWithin({ startsAt, endsAt }: SessionRow, from: Instant, to: Instant | null): boolean {
  const over = endsAt !== null && Date.parse(endsAt) <= Date.parse(from) - END_SLACK_MS;
  const later = to !== null && startsAt !== null && Date.parse(startsAt) > Date.parse(to) + END_SLACK_MS;
  return !over && !later;
}
