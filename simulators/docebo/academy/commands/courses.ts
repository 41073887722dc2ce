import type { AdditionalField, Course, CourseType } from '../model';
import { command, is } from './command';
import { eraseSession } from './sessions';

interface CourseArgs {
  readonly name?: string;
  readonly code?: string;
  readonly type?: CourseType;
  readonly description?: string;
  readonly shortDescription?: string;
  readonly language?: string;
  readonly category?: string;
  readonly rsvp?: boolean;
  readonly hideAttendees?: boolean;
  readonly isPublished?: boolean;
  readonly instructorIds?: readonly number[];
  readonly additionalFields?: readonly AdditionalField[];
}

const properties = {
  name: is.name,
  code: is.text,
  type: { enum: ['classroom', 'elearning', 'webinar'] },
  description: is.text,
  shortDescription: is.text,
  language: is.name,
  category: is.name,
  rsvp: is.flag,
  hideAttendees: is.flag,
  isPublished: is.flag,
  instructorIds: is.ids,
  additionalFields: is.additionalFields,
};

export const createCourse = command<CourseArgs & { readonly id?: number; readonly name: string }, Course>(
  { id: is.id, ...properties },
  ['name'],
  (draft, { id: wanted, ...given }) => {
    const id = draft.newId('courses', wanted);
    draft.mustExist('users', given.instructorIds);
    return draft.put('courses', {
      code: `C-${id}`,
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
      ...given,
      id,
      createdAt: draft.nowIso,
      updatedAt: draft.nowIso,
    });
  },
);

/** Switching RSVP off here tells only `course.updated`: Docebo cancels a session's invitations at the session's own next update. */
export const updateCourse = command<CourseArgs & { readonly courseId: number }, Course>(
  { courseId: is.id, ...properties },
  ['courseId'],
  (draft, { courseId, ...changes }) => {
    draft.mustExist('users', changes.instructorIds);
    const course = draft.put('courses', { ...draft.get('courses', courseId), ...changes, updatedAt: draft.nowIso });
    draft.tell({ kind: 'courseUpdated', course });
    return course;
  },
);

/** Takes the course's sessions along; each tells of its own end. */
export const deleteCourse = command<{ readonly courseId: number }, null>(
  { courseId: is.id },
  ['courseId'],
  (draft, { courseId }) => {
    const course = draft.get('courses', courseId);
    for (const session of draft.all('sessions')) if (session.courseId === courseId) eraseSession(draft, session);
    for (const plan of draft.all('learningPlans'))
      draft.put('learningPlans', { ...plan, courseIds: plan.courseIds.filter((id) => id !== courseId) });
    draft.remove('courses', courseId);
    draft.tell({ kind: 'courseDeleted', course });
    return null;
  },
);
