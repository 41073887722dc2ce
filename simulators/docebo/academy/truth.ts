import type { Academy } from './academy';
import {
  effective,
  type Classroom,
  type Course,
  type Enrolment,
  type LearningPlan,
  type Location,
  type RsvpAnswer,
  type Session,
  type SessionEvent,
  type User,
} from './model';
import { slug } from './slug';
import { endOf, startOf } from './times';

/** The whole truth as simple lists, for a checker that works out by itself what a calendar must hold. Lag and rights do not matter here. */
export interface Truth {
  readonly courses: readonly Course[];
  readonly sessions: readonly (Session & {
    readonly slug: string;
    /** The switch after course default and override. */
    readonly rsvpOn: boolean;
    readonly attendeesHidden: boolean;
  })[];
  readonly events: readonly (SessionEvent & { readonly startsAtUtc: string; readonly endsAtUtc: string })[];
  readonly enrolments: readonly (Enrolment & { readonly sessionId: number })[];
  readonly users: readonly User[];
  readonly locations: readonly Location[];
  readonly classrooms: readonly Classroom[];
  readonly learningPlans: readonly LearningPlan[];
  readonly answers: readonly RsvpAnswer[];
}

export function truthOf({ state }: Academy): Truth {
  return {
    courses: Object.values(state.courses),
    sessions: Object.values(state.sessions).map((session) => {
      const course = state.courses[session.courseId];
      return {
        ...session,
        slug: slug(session.name),
        rsvpOn: effective(session.rsvp, course?.rsvp ?? false),
        attendeesHidden: effective(session.hideAttendees, course?.hideAttendees ?? false),
      };
    }),
    events: Object.values(state.events).map((event) => ({
      ...event,
      startsAtUtc: startOf(event).toJSDate().toISOString(),
      endsAtUtc: endOf(event).toJSDate().toISOString(),
    })),
    enrolments: Object.entries(state.enrolments).flatMap(([sessionId, rows]) =>
      rows.map((row) => ({ sessionId: Number(sessionId), ...row })),
    ),
    users: Object.values(state.users),
    locations: Object.values(state.locations),
    classrooms: Object.values(state.classrooms),
    learningPlans: Object.values(state.learningPlans),
    answers: state.answers,
  };
}
