/** The whole truth of the simulated academy, as plain JSON. Ids are numbers, unique within their kind. */
export interface AcademyState {
  readonly courses: Table<Course>;
  readonly sessions: Table<Session>;
  readonly events: Table<SessionEvent>;
  /** Rows of each session's enrolment list, by session id. */
  readonly enrolments: Readonly<Record<number, readonly Enrolment[]>>;
  readonly users: Table<User>;
  readonly locations: Table<Location>;
  readonly classrooms: Table<Classroom>;
  readonly learningPlans: Table<LearningPlan>;
  /** Answers that the product wrote back, newest last. */
  readonly answers: readonly RsvpAnswer[];
  readonly lastIds: Readonly<Record<EntityKind, number>>;
}

export type Table<T> = Readonly<Record<number, T>>;

export interface EntityKinds {
  courses: Course;
  sessions: Session;
  events: SessionEvent;
  users: User;
  locations: Location;
  classrooms: Classroom;
  learningPlans: LearningPlan;
}
export type EntityKind = keyof EntityKinds;

/** Only `classroom` and the migrated `webinar` hold sessions. */
export type CourseType = 'classroom' | 'elearning' | 'webinar';

export interface Course {
  readonly id: number;
  readonly name: string;
  readonly code: string;
  readonly type: CourseType;
  /** HTML, as an administrator's editor leaves it. */
  readonly description: string;
  readonly shortDescription: string;
  readonly language: string;
  readonly category: string;
  /** "Enable external calendars' RSVP feature for all of the sessions of this course". */
  readonly rsvp: boolean;
  /** "Hide attendees in the external calendar event for all the sessions and related events of this course". */
  readonly hideAttendees: boolean;
  readonly isPublished: boolean;
  readonly instructorIds: readonly number[];
  readonly additionalFields: readonly AdditionalField[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A session takes its course's default, or overrides it. */
export type Override = 'inherit' | 'on' | 'off';

export interface Session {
  readonly id: number;
  readonly courseId: number;
  readonly name: string;
  readonly code: string;
  readonly uid: string;
  readonly description: string;
  readonly status: 'active' | 'cancelled';
  /** Docebo asks for one when a session is cancelled; empty while it is active. */
  readonly cancelReason: string;
  readonly rsvp: Override;
  readonly hideAttendees: Override;
  readonly instructorIds: readonly number[];
  /** Seats for learners; instructors do not count. */
  readonly maxEnroll: number;
  readonly additionalFields: readonly AdditionalField[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** One date of a session: wall time in `timezone`; an end at or before the begin is on the next day. */
export interface SessionEvent {
  readonly id: number;
  readonly sessionId: number;
  readonly name: string;
  readonly description: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  /** HH:MM. */
  readonly timeBegin: string;
  readonly timeEnd: string;
  /** IANA name. */
  readonly timezone: string;
  readonly locationId: number | null;
  readonly classroomId: number | null;
  /** For example `teams` or `zoom`; null when people meet in a room. */
  readonly webinarTool: string | null;
  readonly webinarUrl: string | null;
  readonly instructorIds: readonly number[];
}

export interface Enrolment {
  readonly userId: number;
  /** `inactive` rows are unenrolled people whom Docebo still lists. */
  readonly status: 'active' | 'waiting' | 'inactive';
  readonly completed: boolean;
  readonly enrolledAt: string;
}

export interface User {
  readonly id: number;
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly timezone: string;
  /** A deactivated user keeps its enrolments. */
  readonly valid: boolean;
}

export interface Location {
  readonly id: number;
  readonly name: string;
  readonly address: string;
  readonly country: string;
  readonly phone: string;
  readonly email: string;
  readonly direction: string;
  readonly accommodations: string;
  readonly otherInfo: string;
}

export interface Classroom {
  readonly id: number;
  readonly locationId: number;
  readonly name: string;
  readonly details: string;
  readonly seats: number;
  readonly equipment: string;
}

export interface LearningPlan {
  readonly id: number;
  readonly name: string;
  readonly code: string;
  readonly courseIds: readonly number[];
  readonly userIds: readonly number[];
}

export interface AdditionalField {
  readonly id: number;
  readonly name: string;
  readonly value: string;
  /** `textfield` when absent. */
  readonly type?: string;
}

export type Answer = 'none' | 'accepted' | 'tentative' | 'declined';

export interface RsvpAnswer {
  readonly sessionId: number;
  readonly eventId: number;
  readonly userId: number;
  readonly answer: Answer;
  readonly at: string;
}

/** Each kind counts in its own range, so that an id of the wrong kind finds nothing. */
export function emptyAcademy(): AcademyState {
  return {
    courses: {},
    sessions: {},
    events: {},
    enrolments: {},
    users: {},
    locations: {},
    classrooms: {},
    learningPlans: {},
    answers: [],
    lastIds: {
      courses: 100,
      sessions: 1000,
      events: 5000,
      users: 13000,
      locations: 20,
      classrooms: 60,
      learningPlans: 800,
    },
  };
}

export function canHaveSessions(course: Course): boolean {
  return course.type !== 'elearning';
}

/** The switch after course default and session override. */
export function effective(override: Override, byDefault: boolean): boolean {
  return override === 'inherit' ? byDefault : override === 'on';
}
