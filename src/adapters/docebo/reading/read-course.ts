import type { CourseFacts, CourseId, ReadProblem, SessionId } from '../../../domain/model';
import { unlessMissing } from '../../../domain/unless-missing';
import { readFirst, readPointer } from '../profile/json-pointers';
import { quoteValue, READ } from './read-problems';
import type { Reading } from './reading';
import type { TenantProfile } from '../profile/profile';
import { classify } from '../profile/value-lists';
import { isObject, toFilledText, toId, toText, type JsonObject } from '../api/wire';

/** What is known of a course. */
export interface CourseRecord {
  readonly facts: CourseFacts;
  /** Docebo's own slugs of its sessions. */
  readonly slugs: ReadonlyMap<SessionId, string>;
  readonly additionalFields: unknown;
  readonly category: unknown;
}

/** From the administrators' service. */
export interface CourseSwitches extends Pick<CourseFacts, 'rsvp' | 'hideAttendees'> {
  readonly texts: CourseTexts;
  readonly problems: readonly ReadProblem[];
}

/** From the learners' service. */
export interface CourseDetails extends CourseTexts {
  readonly slugs: ReadonlyMap<SessionId, string>;
}

/** undefined: the answer does not say. */
interface CourseTexts {
  readonly name: unknown;
  readonly description: unknown;
  readonly additionalFields: unknown;
  readonly category: unknown;
}

/**
 * A course from two places: the administrators' service has the switches, the learners' one (whose fields are attested) the texts.
 *
 * @throws NotFoundError there is no such course.
 */
export async function readCourse(reading: Reading, courseId: CourseId): Promise<CourseRecord> {
  const { texts, rsvp, hideAttendees, problems } = await readCourseSwitches(reading, courseId);
  for (const problem of problems) reading.problems.add(problem);
  const details = await readDetails(reading, courseId);
  return {
    facts: {
      courseId,
      name: toFilledText(details?.name) ?? toText(texts.name),
      description: toText(details?.description ?? texts.description),
      rsvp,
      hideAttendees,
    },
    slugs: details?.slugs ?? new Map(),
    additionalFields: details?.additionalFields ?? texts.additionalFields,
    category: details?.category ?? texts.category,
  };
}

/**
 * The half that tells whether invitations are on. A switch whose value stands on no list of the profile is null, and a problem tells of it.
 *
 * @throws NotFoundError there is no such course.
 */
export async function readCourseSwitches(reading: Reading, courseId: CourseId): Promise<CourseSwitches> {
  const { caches, docebo, notOlderThan, profile } = reading;
  return caches.courses.get(courseId, notOlderThan, async () =>
    toSwitches(courseId, await docebo.get('course', { course_id: courseId }), profile),
  );
}

async function readDetails(reading: Reading, courseId: CourseId): Promise<CourseDetails | null> {
  const { caches, docebo, notOlderThan, problems } = reading;
  const details = await caches.courseDetails.get(courseId, notOlderThan, () =>
    unlessMissing(async () => {
      const answer = await docebo.get('courseDetails', { course_id: courseId });
      return { ...toTexts(answer), slugs: readSlugs(answer) };
    }),
  );
  if (details === null) {
    const detail = `Course ${courseId} is not found at the profile's endpoint courseDetails: its description and its sessions' link names are missing.`;
    problems.add({ code: READ.courseDetailsMissing, subject: 'course', id: courseId, detail });
  }
  return details;
}

function toSwitches(courseId: CourseId, course: JsonObject, { fields, values }: TenantProfile): CourseSwitches {
  const problems: ReadProblem[] = [];
  const readSwitch = (field: 'rsvp' | 'hideAttendees', on: readonly unknown[], off: readonly unknown[]) => {
    const value = readFirst(course, fields.course[field]);
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
  const rsvp = readSwitch('rsvp', values.rsvpOn, values.rsvpOff);
  const hideAttendees = readSwitch('hideAttendees', values.hideOn, values.hideOff);
  return { rsvp, hideAttendees, texts: toTexts(course), problems };
}

function toTexts(answer: JsonObject): CourseTexts {
  const { name, description, category } = answer;
  return { name, description, category, additionalFields: answer['additional_fields'] };
}

function readSlugs(details: JsonObject): Map<SessionId, string> {
  const slugs = new Map<SessionId, string>();
  const sessions = details['sessions'];
  for (const session of Array.isArray(sessions) ? (sessions as unknown[]) : []) {
    if (!isObject(session)) continue;
    const id = toId(session['id_session']);
    const slug = toFilledText(readPointer(session, '/slug_name'));
    if (id !== null && slug !== null) slugs.set(id, slug);
  }
  return slugs;
}
