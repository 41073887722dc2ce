import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import type { Answer } from './academy/model';

/** JSON pointers in order of preference; the simulator writes at the first. */
type Pointers = readonly [string, ...string[]];
type Values = readonly [unknown, ...unknown[]];

const FIELDS = {
  course: ['rsvp', 'hideAttendees'],
  session: ['courseId', 'description', 'status', 'rsvp', 'hideAttendees', 'instructors'],
  event: [
    'id',
    'name',
    'description',
    'timeEnd',
    'locationId',
    'classroomId',
    'webinarTool',
    'webinarUrl',
    'instructors',
  ],
  enrollment: ['userId', 'status', 'level', 'waiting', 'rsvp'],
  instructor: ['userId'],
  location: ['name', 'address', 'phone', 'email', 'direction', 'accommodations', 'otherInfo'],
  classroom: ['name', 'details', 'seats', 'equipment', 'locationId'],
  learningPlanCourse: ['courseId'],
} as const;
const WEBHOOK_IDS = ['courseId', 'sessionId', 'eventId', 'userId', 'learningPlanId'] as const;
const EVENTS = ['sessionChanged', 'eventChanged', 'learningPlanUnenrolled'] as const;
const ENDPOINTS = ['eventInstructors', 'location', 'classroom', 'learningPlanCourses'] as const;
const VALUES = [
  'enrollmentActive',
  'enrollmentWaiting',
  'enrollmentInactive',
  'levelLearner',
  'levelInstructor',
  'waitingTrue',
  'waitingFalse',
  'rsvpOn',
  'rsvpOff',
  'rsvpInherit',
  'hideOn',
  'hideOff',
  'hideInherit',
  'sessionActive',
  'sessionCancelled',
] as const;
const ANSWERS: readonly Answer[] = ['none', 'accepted', 'tentative', 'declined'];

/** What Docebo does not publish, as one tenant has it. Everything that is known of Docebo stands in the code instead. */
export interface Profile {
  readonly name: string;
  readonly events: Readonly<Record<(typeof EVENTS)[number], readonly [string, ...string[]]>>;
  readonly webhook: Readonly<Record<(typeof WEBHOOK_IDS)[number], Pointers>>;
  readonly endpoints: Readonly<Record<(typeof ENDPOINTS)[number], string>>;
  readonly fields: {
    readonly [K in keyof typeof FIELDS]: Readonly<Record<(typeof FIELDS)[K][number], Pointers>>;
  };
  readonly values: Readonly<Record<(typeof VALUES)[number], Values>>;
  readonly times: { readonly eventBase: 'local' | 'utc' };
  readonly rsvpWriteBack: {
    readonly method: string;
    readonly path: string;
    /** A JSON template: `{"$": "eventId"}` stands for a value. */
    readonly body: unknown;
    readonly answers: Readonly<Record<Answer, unknown>>;
  };
  /** Absent in a tenant that frees no seats by a call. */
  readonly unenrol?: {
    readonly method: string;
    readonly path: string;
    /** As in `rsvpWriteBack`; null: the path says it all. */
    readonly body: unknown;
  };
}

const record = (keys: readonly string[], of: object): object => ({
  type: 'object',
  required: keys,
  properties: Object.fromEntries(keys.map((key) => [key, of])),
});
const pointers = { type: 'array', minItems: 1, items: { type: 'string', pattern: '^(/[^/]+)+$' } };
const names = { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } };
const fields = Object.fromEntries(Object.entries(FIELDS).map(([kind, keys]) => [kind, record(keys, pointers)]));

const isProfile = new Ajv({ allErrors: true }).compile<Profile>({
  type: 'object',
  required: ['name', 'events', 'webhook', 'endpoints', 'fields', 'values', 'times', 'rsvpWriteBack'],
  properties: {
    name: { type: 'string' },
    events: record(EVENTS, names),
    webhook: record(WEBHOOK_IDS, pointers),
    endpoints: record(ENDPOINTS, { type: 'string', pattern: '^/' }),
    fields: { type: 'object', required: Object.keys(fields), properties: fields },
    values: record(VALUES, { type: 'array', minItems: 1 }),
    times: { type: 'object', required: ['eventBase'], properties: { eventBase: { enum: ['local', 'utc'] } } },
    rsvpWriteBack: {
      type: 'object',
      required: ['method', 'path', 'body', 'answers'],
      properties: {
        method: { enum: ['POST', 'PUT', 'PATCH'] },
        path: { type: 'string', pattern: '^/' },
        answers: record(ANSWERS, {}),
      },
    },
    unenrol: {
      type: 'object',
      required: ['method', 'path', 'body'],
      properties: {
        method: { enum: ['POST', 'PUT', 'PATCH', 'DELETE'] },
        path: { type: 'string', pattern: '^/' },
      },
    },
  },
});

/** @throws Error that names the file and every problem in it. */
export function loadProfile(file: string): Profile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`cannot read the tenant profile ${file}`, { cause });
  }
  return toProfile(parsed, file);
}

export function toProfile(value: unknown, from: string): Profile {
  if (isProfile(value)) return value;
  const problems = (isProfile.errors ?? []).map((e) => `${e.instancePath || '/'} ${e.message}`);
  throw new Error(`the tenant profile ${from} is unusable: ${problems.join('; ')}`);
}
