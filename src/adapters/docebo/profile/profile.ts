import { Ajv2020, type ErrorObject } from 'ajv/dist/2020';
import { ConfigError } from '../../../domain/errors';
import profileSchema from '../../../../profiles/profile.schema.json';
import { escapeKey } from './json-pointers';
import { checkProfile } from './profile-checks';
import type { Scalar } from './value-lists';

export type EventList = 'sessionChanged' | 'eventChanged' | 'courseChanged' | 'learningPlanUnenrolled' | 'alsoSession';

export type EndpointName =
  | 'whoAmI'
  | 'user'
  | 'courses'
  | 'course'
  | 'courseDetails'
  | 'courseSessions'
  | 'session'
  | 'sessionEvents'
  | 'sessionEnrollments'
  | 'eventInstructors'
  | 'location'
  | 'classroom'
  | 'learningPlanCourses';

/** RFC 6901 pointers, the preferred one first. */
export type Pointers = readonly string[];
type Fields<K extends string> = Readonly<Record<K, Pointers>>;

/** What Docebo does not publish about one tenant; `profiles/profile.schema.json` says what each part means. */
export interface TenantProfile {
  readonly profileVersion: 1;
  readonly name: string;
  readonly about?: string;
  readonly events: Readonly<Record<EventList, readonly string[]>> & { readonly matchSimilarNames?: boolean };
  readonly webhook: Fields<
    'messageId' | 'firedAt' | 'courseId' | 'courseType' | 'sessionId' | 'eventId' | 'userId' | 'learningPlanId'
  >;
  readonly endpoints: Readonly<Record<EndpointName, string>>;
  readonly fields: {
    readonly course: Fields<'rsvp' | 'hideAttendees'>;
    readonly session: Fields<'courseId' | 'description' | 'status' | 'rsvp' | 'hideAttendees' | 'instructors'>;
    readonly event: Fields<
      | 'id'
      | 'name'
      | 'description'
      | 'timeEnd'
      | 'locationId'
      | 'classroomId'
      | 'webinarTool'
      | 'webinarUrl'
      | 'instructors'
    >;
    readonly enrollment: Fields<'userId' | 'status' | 'level' | 'waiting' | 'rsvp'>;
    readonly instructor: Fields<'userId'>;
    readonly location: Fields<'name' | 'address' | 'phone' | 'email' | 'direction' | 'accommodations' | 'otherInfo'>;
    readonly classroom: Fields<'name' | 'details' | 'seats' | 'equipment' | 'locationId'>;
    readonly learningPlanCourse: Fields<'courseId'>;
  };
  readonly values: Readonly<
    Record<
      | 'enrollmentActive'
      | 'enrollmentWaiting'
      | 'enrollmentInactive'
      | 'levelLearner'
      | 'levelInstructor'
      | 'levelOther'
      | 'waitingTrue'
      | 'waitingFalse'
      | 'rsvpOn'
      | 'rsvpOff'
      | 'rsvpInherit'
      | 'hideOn'
      | 'hideOff'
      | 'hideInherit'
      | 'sessionActive'
      | 'sessionCancelled',
      readonly Scalar[]
    >
  >;
  readonly times: { readonly eventBase: 'local' | 'utc' };
  readonly rsvpWriteBack: {
    readonly enabled: boolean;
    readonly method: 'POST' | 'PUT' | 'PATCH';
    readonly path: string;
    readonly contentType: 'application/json';
    /** JSON in which `{"$": "userId"}` stands for a value. */
    readonly body: unknown;
    readonly answers: Readonly<Record<'none' | 'accepted' | 'tentative' | 'declined', Scalar>>;
  };
  /** Absent: Docebo is not known to free seats by a call. */
  readonly unenrol?: {
    readonly enabled: boolean;
    readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    readonly path: string;
    readonly contentType: 'application/json';
    /** As in `rsvpWriteBack`; null: the path says it all. */
    readonly body: unknown;
  };
}

const validate = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true }).compile<TenantProfile>(
  profileSchema,
);

/**
 * Checks a parsed profile file against the schema and against itself.
 *
 * @throws ConfigError `CONFIG_PROFILE` with all problems, each with file, JSON pointer and what to do.
 */
export function loadProfile(json: unknown, fileName: string): TenantProfile {
  const problems = validate(json) ? checkProfile(json) : (validate.errors ?? []).map(describe);
  if (problems.length > 0 || !validate(json)) {
    throw new ConfigError(
      [...new Set(problems)].map((problem) => `${fileName} ${problem}`),
      'CONFIG_PROFILE',
    );
  }
  return json;
}

function describe(error: ErrorObject): string {
  const at = error.instancePath === '' ? '/' : error.instancePath;
  const params = error.params as Readonly<Record<string, unknown>>;
  const wanted = (error.parentSchema as { description?: string } | undefined)?.description;
  const got = JSON.stringify(error.data)?.slice(0, 100);
  switch (error.keyword) {
    case 'additionalProperties':
      return `${error.instancePath}/${escapeKey(String(params['additionalProperty']))}: unknown key; correct its spelling or remove it`;
    case 'required':
      return `${error.instancePath}/${escapeKey(String(params['missingProperty']))}: is missing; add it (profiles/assumed-v1.json shows an example)`;
    case 'type':
      return `${at}: is ${typeName(error.data)}; write ${[params['type']].flat().join(', ')}`;
    case 'const':
    case 'enum':
    case 'pattern':
      return `${at}: ${got} does not fit; write ${wanted}`;
    case 'minItems':
      return `${at}: is empty; list at least one entry`;
    case 'uniqueItems':
      return `${at}: holds the same entry twice; remove one`;
    default:
      return `${at}: ${error.message ?? 'is not valid'}`;
  }
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value;
}
