import type { ApiDefinition, ApiOperation } from '../../../domain/inspection/facts';
import { canonicalPath } from './api-definitions';
import type { EndpointName, TenantProfile } from '../profile/profile';

/** What the platform's own definition says of one entry of the profile. */
export interface ProfileFinding {
  /** JSON pointer into the profile: `/endpoints/session`. */
  readonly at: string;
  /** `found`: as the profile says; `untold`: the definition does not describe that answer; `absent`: it does, without this. */
  readonly verdict: 'found' | 'absent' | 'untold';
  readonly now: readonly string[];
  /** What it may be called instead, the likeliest first. */
  readonly candidates: readonly string[];
  /** Put into the proposal; null: the entry stays as it is. */
  readonly proposed: string | null;
}

export interface ProfileProposal {
  readonly findings: readonly ProfileFinding[];
  readonly profile: TenantProfile;
}

type FieldGroup = keyof TenantProfile['fields'];

/** The endpoint whose answer holds a group's fields. */
const ANSWERS: Readonly<Record<FieldGroup, EndpointName>> = {
  course: 'course',
  session: 'session',
  event: 'sessionEvents',
  enrollment: 'sessionEnrollments',
  instructor: 'eventInstructors',
  location: 'location',
  classroom: 'classroom',
  learningPlanCourse: 'learningPlanCourses',
};

/** Words that tell a field by its name, for those whose names Docebo does not publish. */
const WORDS: Readonly<Record<string, RegExp>> = {
  rsvp: /rsvp|(external|ext).*cal|invitation/i,
  hideAttendees: /(hid|visib|show).*(attend|participant|invit)|(attend|participant).*(hid|visib)/i,
  status: /status|state/i,
  waiting: /wait/i,
  level: /level|role/i,
  userId: /^\/(user_?id|id_?user|instructor_id)$/i,
  timeEnd: /(time|hour).*end|end.*(time|hour)/i,
  webinarTool: /(webinar|conference|collaboration).*tool/i,
  webinarUrl: /url|link/i,
  locationId: /location.*id|id.*location/i,
  classroomId: /classroom.*id|id.*classroom/i,
  instructors: /instructor|teacher/i,
};
const MAX_CANDIDATES = 6;

/** Compares; changes an entry only where one candidate alone remains. Events and values stand in no definition: they are left alone. */
export function proposeProfile(profile: TenantProfile, definition: ApiDefinition): ProfileProposal {
  const endpoints = Object.entries(profile.endpoints).map(([name, path]) => judgeEndpoint(name, path, definition));
  const fields = (Object.keys(ANSWERS) as FieldGroup[]).flatMap((group) => {
    const operation = find(definition, 'GET', profile.endpoints[ANSWERS[group]]);
    return Object.entries(profile.fields[group]).map(([field, now]) =>
      judgeField({ at: `/fields/${group}/${field}`, field, now, operation }),
    );
  });
  const writes = (['rsvpWriteBack', 'unenrol'] as const).flatMap((name): ProfileFinding[] => {
    const call = profile[name];
    if (call === undefined) return [];
    const isThere = find(definition, call.method, call.path) !== undefined;
    const now = [`${call.method} ${call.path}`];
    const candidates = isThere ? [] : similar(definition, { path: call.path, reads: false });
    return [{ at: `/${name}/path`, verdict: isThere ? 'found' : 'absent', now, candidates, proposed: null }];
  });
  const findings = [...endpoints, ...fields, ...writes];
  return { findings, profile: apply(profile, findings) };
}

function judgeEndpoint(name: string, path: string, definition: ApiDefinition): ProfileFinding {
  const at = `/endpoints/${name}`;
  if (find(definition, 'GET', path) !== undefined) {
    return { at, verdict: 'found', now: [path], candidates: [], proposed: null };
  }
  const service = path.split('/')[1] ?? '';
  const isServed = definition.services.some((one) => one.service.toLowerCase() === service && one.problem === null);
  return {
    at,
    verdict: isServed ? 'absent' : 'untold',
    now: [path],
    candidates: similar(definition, { path, reads: true }),
    proposed: null,
  };
}

function judgeField(input: {
  readonly at: string;
  readonly field: string;
  readonly now: readonly string[];
  readonly operation: ApiOperation | undefined;
}): ProfileFinding {
  const { at, field, now, operation } = input;
  const told = operation?.fields ?? [];
  if (told.length === 0) return { at, verdict: 'untold', now, candidates: [], proposed: null };
  if (now.some((pointer) => told.includes(pointer))) {
    return { at, verdict: 'found', now, candidates: [], proposed: null };
  }
  const word = WORDS[field];
  const candidates = told
    .filter((pointer) => (word === undefined ? isLike(pointer, now) : word.test(pointer) || isLike(pointer, now)))
    .slice(0, MAX_CANDIDATES);
  const [only] = candidates;
  return { at, verdict: 'absent', now, candidates, proposed: candidates.length === 1 ? (only ?? null) : null };
}

/** The same words in another spelling: `timeEnd`, `end_time`. */
function isLike(pointer: string, now: readonly string[]): boolean {
  return now.some((name) => wordsOf(pointer) === wordsOf(name));
}

function wordsOf(pointer: string): string {
  const last = pointer.split('/').at(-1) ?? '';
  const words = last.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  return words.split('_').sort().join(' ');
}

function find(definition: ApiDefinition, method: string, path: string): ApiOperation | undefined {
  const wanted = canonicalPath(path);
  return definition.operations.find((one) => one.method === method && canonicalPath(one.path) === wanted);
}

/** Paths that end in the same word, or hold most of the same ones. */
function similar(definition: ApiDefinition, to: { readonly path: string; readonly reads: boolean }): string[] {
  const wanted = segments(to.path);
  const scored = definition.operations
    .filter(({ method }) => (method === 'GET') === to.reads)
    .map((one) => {
      const have = segments(one.path);
      const shared = wanted.filter((word) => have.includes(word)).length;
      const score = shared * 2 - Math.abs(have.length - wanted.length) + (have.at(-1) === wanted.at(-1) ? 2 : 0);
      return { text: to.reads ? one.path : `${one.method} ${one.path}`, score, shared };
    });
  const likely = scored.filter(({ shared }) => shared > 0).sort((a, b) => b.score - a.score);
  return [...new Set(likely.map(({ text }) => text))].slice(0, MAX_CANDIDATES);
}

function segments(path: string): string[] {
  return canonicalPath(path)
    .split('/')
    .filter((word) => word !== '' && word !== '{}' && !/^v\d+$/.test(word));
}

function apply(profile: TenantProfile, findings: readonly ProfileFinding[]): TenantProfile {
  const copy = structuredClone(profile) as unknown as Record<string, Record<string, Record<string, unknown>>>;
  for (const { at, proposed } of findings) {
    const [, part, group, field] = at.split('/');
    if (proposed === null || part !== 'fields' || group === undefined || field === undefined) continue;
    const fields = copy['fields']?.[group];
    if (fields !== undefined) fields[field] = [proposed];
  }
  return copy as unknown as TenantProfile;
}
