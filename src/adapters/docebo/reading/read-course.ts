import { NotFoundError } from '../../../domain/errors';
import type { CourseFacts, CourseId, ReadProblem, SessionId } from '../../../domain/model';
import { readFirst, readPointer } from '../profile/json-pointers';
import { quoteValue, READ } from './read-problems';
import type { Reading } from './reading';
import type { TenantProfile } from '../profile/profile';
import { classify } from '../profile/value-lists';
import { isObject, toFilledText, toId, toText, type JsonObject } from '../api/wire';

/** What is kept of a course. */
export interface CourseRecord {
  readonly facts: CourseFacts;
  /** Docebo's own slugs of its sessions. */
  readonly slugs: ReadonlyMap<SessionId, string>;
  readonly additionalFields: unknown;
  readonly category: unknown;
  readonly problems: readonly ReadProblem[];
}

/**
 * A course from two places: the administrators' service has the switches, the learners' one (whose fields are attested) the texts.
 * A switch whose value stands on no list of the profile is null and reported.
 *
 * @throws NotFoundError there is no such course.
 */
export async function readCourse(reading: Reading, courseId: CourseId): Promise<CourseRecord> {
  const { caches, docebo, notOlderThan, profile, problems } = reading;
  const record = await caches.courses.get(courseId, notOlderThan, async () => {
    const course = await docebo.get('course', { course_id: courseId });
    return toCourseRecord(courseId, { course, details: await readDetails(reading, courseId), profile });
  });
  for (const problem of record.problems) problems.add(problem);
  return record;
}

async function readDetails({ docebo }: Reading, courseId: CourseId): Promise<JsonObject | null> {
  try {
    return await docebo.get('courseDetails', { course_id: courseId });
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

function toCourseRecord(
  courseId: CourseId,
  { course, details, profile }: { course: JsonObject; details: JsonObject | null; profile: TenantProfile },
): CourseRecord {
  const problems: ReadProblem[] = [];
  if (details === null) {
    const detail = `Course ${courseId} is not found at the profile's endpoint courseDetails: its description and its sessions' link names are missing.`;
    problems.push({ code: READ.courseDetailsMissing, subject: 'course', id: courseId, detail });
  }
  const readSwitch = (field: 'rsvp' | 'hideAttendees', on: readonly unknown[], off: readonly unknown[]) => {
    const value = readFirst(course, profile.fields.course[field]);
    const position = classify(value, { on, off } as Parameters<typeof classify<'on' | 'off'>>[1]);
    if (position !== undefined) return position === 'on';
    problems.push({
      code: READ.switchUnreadable,
      subject: 'course',
      id: courseId,
      detail: `${field} of course ${courseId} is ${quoteValue(value)}, which the tenant profile does not know (fields.course.${field}, values).`,
    });
    return null;
  };
  const { values } = profile;
  return {
    facts: {
      courseId,
      name: toFilledText(details?.['name']) ?? toText(course['name']),
      description: toText(details?.['description'] ?? course['description']),
      rsvp: readSwitch('rsvp', values.rsvpOn, values.rsvpOff),
      hideAttendees: readSwitch('hideAttendees', values.hideOn, values.hideOff),
    },
    slugs: readSlugs(details),
    additionalFields: details?.['additional_fields'] ?? course['additional_fields'],
    category: details?.['category'] ?? course['category'],
    problems,
  };
}

function readSlugs(details: JsonObject | null): Map<SessionId, string> {
  const slugs = new Map<SessionId, string>();
  const sessions = details?.['sessions'];
  for (const session of Array.isArray(sessions) ? (sessions as unknown[]) : []) {
    if (!isObject(session)) continue;
    const id = toId(session['id_session']);
    const slug = toFilledText(readPointer(session, '/slug_name'));
    if (id !== null && slug !== null) slugs.set(id, slug);
  }
  return slugs;
}
