import type { EndpointName, EventList, TenantProfile } from './profile';
import { readVariables } from './uri-templates';
import { canonicalValue } from './value-lists';
import { ANSWER_VALUES, PATH_VARIABLES, placeholdersIn, UNENROL_VALUES, type WriteValue } from './write-templates';

interface Allowed {
  readonly must: readonly string[];
  readonly may?: readonly string[];
}

const PAGING = ['page', 'page_size'];

const ENDPOINT_VARIABLES: Readonly<Record<EndpointName, Allowed>> = {
  whoAmI: { must: [] },
  user: { must: ['user_id'] },
  courses: { must: PAGING },
  course: { must: ['course_id'] },
  courseDetails: { must: ['course_id'] },
  courseSessions: { must: ['course_id', ...PAGING] },
  session: { must: ['session_id'] },
  sessionEvents: { must: ['session_id', ...PAGING] },
  sessionEnrollments: { must: ['session_id', ...PAGING] },
  eventInstructors: { must: ['event_id', ...PAGING], may: ['session_id', 'course_id'] },
  location: { must: ['location_id'] },
  classroom: { must: ['classroom_id'], may: ['location_id'] },
  learningPlanCourses: { must: ['learning_plan_id', ...PAGING] },
};

/** Lists of which a value may stand on one only. */
const VALUE_GROUPS: readonly (readonly (keyof TenantProfile['values'])[])[] = [
  ['enrollmentActive', 'enrollmentWaiting', 'enrollmentInactive'],
  ['levelLearner', 'levelInstructor', 'levelOther'],
  ['waitingTrue', 'waitingFalse'],
  ['rsvpOn', 'rsvpOff', 'rsvpInherit'],
  ['hideOn', 'hideOff', 'hideInherit'],
  ['sessionActive', 'sessionCancelled'],
];

const EVENT_LISTS: readonly EventList[] = [
  'sessionChanged',
  'eventChanged',
  'courseChanged',
  'learningPlanUnenrolled',
  'alsoSession',
];

/** What the schema cannot tell: each problem with its JSON pointer and what to do. */
export function checkProfile(profile: TenantProfile): string[] {
  return [
    ...checkEvents(profile),
    ...checkEndpoints(profile),
    ...checkValues(profile),
    ...checkWriteBack(profile),
    ...checkUnenrol(profile),
  ];
}

function checkEvents({ events }: TenantProfile): string[] {
  const problems: string[] = [];
  const seen = new Map<string, string>();
  for (const list of EVENT_LISTS) {
    events[list].forEach((name, i) => {
      const at = `/events/${list}/${i}`;
      const before = seen.get(name);
      if (before === undefined) seen.set(name, at);
      else problems.push(`${at}: "${name}" is assigned at ${before} already; keep it in one place`);
    });
    if (events[list].length === 0 && list !== 'alsoSession' && events.matchSimilarNames !== true) {
      problems.push(
        `/events/${list}: is empty; list the event's exact name, or set /events/matchSimilarNames to true until it has been seen`,
      );
    }
  }
  return problems;
}

function checkEndpoints({ endpoints }: TenantProfile): string[] {
  return (Object.keys(ENDPOINT_VARIABLES) as EndpointName[]).flatMap((name) =>
    checkTemplate(`/endpoints/${name}`, endpoints[name], ENDPOINT_VARIABLES[name]),
  );
}

function checkTemplate(at: string, template: string, { must, may = [] }: Allowed): string[] {
  const read = readVariables(template);
  if ('fault' in read) return [`${at}: ${read.fault}; write variables as {name} or {?name,name}`];
  const allowed = [...must, ...may];
  const told = allowed.length === 0 ? 'it takes no variables' : `use ${allowed.map((v) => `{${v}}`).join(', ')}`;
  return [
    ...read.variables.filter((v) => !allowed.includes(v)).map((v) => `${at}: {${v}} is not known here; ${told}`),
    ...must
      .filter((v) => !read.variables.includes(v))
      .map(
        (v) =>
          `${at}: {${v}} is missing; put it where the value belongs${PAGING.includes(v) ? ', such as {?page,page_size}' : ''}`,
      ),
  ];
}

function checkValues({ values }: TenantProfile): string[] {
  const problems: string[] = [];
  for (const group of VALUE_GROUPS) {
    const seen = new Map<string | undefined, { readonly list: string; readonly at: string }>();
    for (const list of group) {
      values[list].forEach((value, i) => {
        const at = `/values/${list}/${i}`;
        const before = seen.get(canonicalValue(value));
        if (before === undefined) seen.set(canonicalValue(value), { list, at });
        // 1 and "1" side by side in one list say the same twice, which harms nothing.
        else if (before.list !== list) {
          problems.push(
            `${at}: ${JSON.stringify(value)} means ${before.list} at ${before.at} already; keep it in one list`,
          );
        }
      });
    }
  }
  return problems;
}

function checkWriteBack({ rsvpWriteBack }: TenantProfile): string[] {
  const { told, problems } = checkWrite('/rsvpWriteBack', rsvpWriteBack, ANSWER_VALUES);
  return [
    ...problems,
    ...untold('/rsvpWriteBack', told, ['userId', 'answer']),
    ...(told.has('eventId') || told.has('sessionId')
      ? []
      : ['/rsvpWriteBack: nothing tells what is answered; put {"$": "eventId"} or {"$": "sessionId"} into the body']),
  ];
}

function checkUnenrol({ unenrol }: TenantProfile): string[] {
  if (unenrol === undefined) return [];
  const { told, problems } = checkWrite('/unenrol', unenrol, UNENROL_VALUES);
  return [...problems, ...untold('/unenrol', told, ['userId', 'sessionId'])];
}

function untold(at: string, told: ReadonlySet<string>, names: readonly string[]): string[] {
  return names
    .filter((name) => !told.has(name))
    .map((name) => `${at}: nothing tells ${name}; put {"$": "${name}"} into the body or a variable into the path`);
}

/** What the path and the body of a writing call tell, by placeholder, and what is wrong with them. */
function checkWrite(
  at: string,
  { path, body }: Pick<TenantProfile['rsvpWriteBack'], 'path' | 'body'>,
  values: readonly WriteValue[],
): { readonly told: ReadonlySet<string>; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const told = new Set<string>();
  const read = readVariables(path);
  if ('fault' in read) {
    // What an unreadable path tells is not known: nothing more is said of it.
    return { told: new Set(values), problems: [`${at}/path: ${read.fault}; write variables as {name}`] };
  }
  for (const variable of read.variables) {
    const value = values.find((one) => PATH_VARIABLES[one] === variable);
    if (value !== undefined) told.add(value);
    else {
      const known = values.map((one) => `{${PATH_VARIABLES[one]}}`).join(', ');
      problems.push(`${at}/path: {${variable}} is not known here; use ${known}`);
    }
  }
  for (const { pointer, name, alone } of placeholdersIn(body, `${at}/body`)) {
    if (!alone) problems.push(`${pointer}: a placeholder holds "$" alone; remove its other keys`);
    if (values.some((one) => one === name)) told.add(String(name));
    else {
      const known = values.map((one) => `"${one}"`).join(', ');
      problems.push(`${pointer}/$: ${JSON.stringify(name)} is no placeholder; use ${known}`);
    }
  }
  return { told, problems };
}
