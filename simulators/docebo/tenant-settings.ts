import Ajv from 'ajv';
import type { Lag } from './academy/api-view';
import { CommandError } from './academy/command-error';

/** How the simulated tenant behaves. All of it can change while it runs (`PATCH /__control/settings`). */
export interface TenantSettings {
  readonly tokens: {
    readonly expiresInSeconds: number;
    /** Refuses every token request, as after an administrator removed the OAuth client. */
    readonly refuse: boolean;
  };
  readonly rights: Rights;
  readonly limits: {
    readonly callsPerHour: number;
    /** Whether a 429 says when to come back. */
    readonly retryAfter: boolean;
  };
  readonly lag: Lag;
  readonly wire: {
    /** `usual`: where Docebo was seen to do it; `all`: every number of every resource. */
    readonly numbersAsStrings: 'usual' | 'all';
    /** How a missing date is written; `mixed` takes turns by id. */
    readonly emptyDates: 'null' | 'empty' | 'zero' | 'mixed';
    readonly errorMessages: 'string' | 'array';
    /** Enrolment lists also name the session's instructors, with their own level. */
    readonly instructorsInEnrollments: boolean;
    /** When the caller does not say. */
    readonly defaultPageSize: number;
  };
  readonly webhooks: SenderSettings;
}

/** What the user behind the tokens may see. */
export interface Rights {
  readonly level: 'godadmin' | 'power_user' | 'user';
  /** `vanish`: unpublished courses and `hiddenCourseIds` are as if they did not exist; `forbid`: 403 to all but the self-test. */
  readonly beyond: 'vanish' | 'forbid';
  readonly hiddenCourseIds: readonly number[];
}

export interface SenderSettings {
  /** Makes splits, duplicates, losses and order repeatable. */
  readonly seed: number;
  /** Nothing leaves while it is true. */
  readonly held: boolean;
  readonly timeoutMs: number;
  /** 0: no limit. Docebo sends about 1. */
  readonly messagesPerSecondPerHost: number;
  /** Messages under way to one host at a time; 1 keeps their order. */
  readonly parallelPerHost: number;
  readonly backoff: { readonly baseMs: number; readonly factor: number; readonly capMs: number };
  readonly deactivateAfterHours: number;
  /** How a group of events is cut into messages of at most `maxGroup`. */
  readonly split: 'whole' | 'random' | 'ones';
  readonly maxGroup: number;
  /** The key under which a group of one travels. */
  readonly groupOfOne: 'payload' | 'payloads' | 'random';
  /** Probabilities, 0 to 1. */
  readonly duplicates: number;
  readonly losses: number;
  /** A delayed message leaves up to `delayMs` late, so that later ones overtake it. */
  readonly delayed: number;
  readonly delayMs: number;
  readonly envelope: {
    readonly webhookId: boolean;
    readonly originalDomain: boolean;
    readonly idKey: 'message_id' | 'id';
  };
}

export const defaultSettings: TenantSettings = {
  tokens: { expiresInSeconds: 3600, refuse: false },
  rights: { level: 'godadmin', beyond: 'vanish', hiddenCourseIds: [] },
  limits: { callsPerHour: 1000, retryAfter: true },
  lag: { mode: 'none' },
  wire: {
    numbersAsStrings: 'usual',
    emptyDates: 'mixed',
    errorMessages: 'string',
    instructorsInEnrollments: true,
    defaultPageSize: 10,
  },
  webhooks: {
    seed: 1,
    held: false,
    timeoutMs: 5000,
    messagesPerSecondPerHost: 0,
    parallelPerHost: 1,
    backoff: { baseMs: 30_000, factor: 2, capMs: 4 * 3_600_000 },
    deactivateAfterHours: 60,
    split: 'whole',
    maxGroup: 25,
    groupOfOne: 'payload',
    duplicates: 0,
    losses: 0,
    delayed: 0,
    delayMs: 200,
    envelope: { webhookId: true, originalDomain: true, idKey: 'message_id' },
  },
};

const group = (properties: Record<string, object>): object => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});
const count = { type: 'integer', minimum: 0 };
const flag = { type: 'boolean' };
const chance = { type: 'number', minimum: 0, maximum: 1 };
const oneOf = (...values: string[]): object => ({ enum: values });

const isSettings = new Ajv({ allErrors: true }).compile<TenantSettings>(
  group({
    tokens: group({ expiresInSeconds: count, refuse: flag }),
    rights: group({
      level: oneOf('godadmin', 'power_user', 'user'),
      beyond: oneOf('vanish', 'forbid'),
      hiddenCourseIds: { type: 'array', items: { type: 'integer' } },
    }),
    limits: group({ callsPerHour: count, retryAfter: flag }),
    lag: {
      type: 'object',
      oneOf: [group({ mode: oneOf('none', 'held') }), group({ mode: oneOf('delay'), ms: count })],
    },
    wire: group({
      numbersAsStrings: oneOf('usual', 'all'),
      emptyDates: oneOf('null', 'empty', 'zero', 'mixed'),
      errorMessages: oneOf('string', 'array'),
      instructorsInEnrollments: flag,
      defaultPageSize: { type: 'integer', minimum: 1, maximum: 200 },
    }),
    webhooks: group({
      seed: count,
      held: flag,
      timeoutMs: { type: 'integer', minimum: 1 },
      messagesPerSecondPerHost: { type: 'number', minimum: 0 },
      parallelPerHost: { type: 'integer', minimum: 1 },
      backoff: group({ baseMs: count, factor: { type: 'number', minimum: 1 }, capMs: count }),
      deactivateAfterHours: { type: 'number', exclusiveMinimum: 0 },
      split: oneOf('whole', 'random', 'ones'),
      maxGroup: { type: 'integer', minimum: 1, maximum: 25 },
      groupOfOne: oneOf('payload', 'payloads', 'random'),
      duplicates: chance,
      losses: chance,
      delayed: chance,
      delayMs: count,
      envelope: group({ webhookId: flag, originalDomain: flag, idKey: oneOf('message_id', 'id') }),
    }),
  }),
);

/**
 * Lays a partial change over the settings, group by group; `lag` is replaced whole.
 *
 * @throws CommandError that names every setting that is unknown or out of range.
 */
export function changeSettings(settings: TenantSettings, change: unknown): TenantSettings {
  const changed = merge(settings, change);
  if (isSettings(changed)) return changed;
  const problems = (isSettings.errors ?? []).map(
    (e) => `${e.instancePath || '/'} ${e.message} ${JSON.stringify(e.params)}`,
  );
  throw new CommandError(400, `unusable settings: ${problems.join('; ')}`);
}

function merge(old: unknown, change: unknown): unknown {
  if (!isPlain(old) || !isPlain(change)) return change;
  const merged: Record<string, unknown> = { ...old };
  for (const [key, value] of Object.entries(change)) merged[key] = key === 'lag' ? value : merge(old[key], value);
  return merged;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
