import { escapeKey } from './json-pointers';
import { expandTemplate, readVariables } from './uri-templates';
import type { Scalar } from './value-lists';

/** What a writing call of the tenant profile may tell: placeholder of the body -> variable of the path. */
export const PATH_VARIABLES = {
  courseId: 'course_id',
  sessionId: 'session_id',
  eventId: 'event_id',
  userId: 'user_id',
  answer: 'answer',
} as const;

export type WriteValue = keyof typeof PATH_VARIABLES;

export const ANSWER_VALUES: readonly WriteValue[] = ['courseId', 'sessionId', 'eventId', 'userId', 'answer'];
export const UNENROL_VALUES: readonly WriteValue[] = ['courseId', 'sessionId', 'userId'];

export type WriteValues = Readonly<Partial<Record<WriteValue, Scalar>>>;

export interface Placeholder {
  readonly pointer: string;
  readonly name: unknown;
  /** False: it stands beside other keys. */
  readonly alone: boolean;
}

interface WriteTemplate {
  /** RFC 6570. */
  readonly path: string;
  /** JSON in which `{"$": "userId"}` stands for a value. */
  readonly body: unknown;
}

export function placeholdersIn(json: unknown, pointer: string): Placeholder[] {
  if (typeof json !== 'object' || json === null) return [];
  if (Object.hasOwn(json, '$')) {
    return [{ pointer, name: (json as Record<string, unknown>)['$'], alone: Object.keys(json).length === 1 }];
  }
  return Object.entries(json).flatMap(([key, value]) => placeholdersIn(value, `${pointer}/${escapeKey(key)}`));
}

/** Whether path or body tell this value. */
export function tells({ path, body }: WriteTemplate, value: WriteValue): boolean {
  const read = readVariables(path);
  const inPath = 'variables' in read && read.variables.includes(PATH_VARIABLES[value]);
  return inPath || placeholdersIn(body, '').some(({ name }) => name === value);
}

/** Path and body with their values. Ids stand as numbers in the body, as everywhere in Docebo's JSON. */
export function fillWrite(
  { path, body }: WriteTemplate,
  values: WriteValues,
): { readonly url: string; readonly body: unknown } {
  const variables = Object.entries(PATH_VARIABLES).map(([name, variable]) => {
    const value = values[name as WriteValue];
    return [variable, value === undefined || value === null ? undefined : String(value)] as const;
  });
  return { url: expandTemplate(path, Object.fromEntries(variables)), body: filled(body, values) };
}

function filled(json: unknown, values: WriteValues): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map((item) => filled(item, values));
  if (!Object.hasOwn(json, '$')) {
    return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, filled(value, values)]));
  }
  const name = (json as { readonly $: WriteValue }).$;
  return name === 'answer' ? values.answer : toNumber(values[name]);
}

/** An id beyond what numbers hold exactly stays text. */
function toNumber(id: unknown): unknown {
  return typeof id === 'string' && /^\d{1,15}$/.test(id) ? Number(id) : id;
}
