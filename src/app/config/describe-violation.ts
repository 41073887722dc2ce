import type { ErrorObject } from 'ajv';
import { didYouMean } from '../../domain/closest-name';
import type { SettingPath } from './parse-yaml';

/** Of Ajv, in verbose mode. */
export type Violation = ErrorObject<string, Readonly<Record<string, unknown>>>;

interface SchemaPart {
  readonly description?: string;
  readonly type?: string | readonly string[];
  /** Marks addresses: their values are not repeated in messages. */
  readonly writeOnly?: boolean;
  readonly properties?: Readonly<Record<string, SchemaPart>>;
}

/** The setting that a violation is about; an unknown or misnamed one included. */
export function pathOf({ instancePath, keyword, params, propertyName }: Violation): SettingPath {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  if (propertyName !== undefined) return [...path, propertyName];
  return keyword === 'additionalProperties' ? [...path, params.additionalProperty as string] : path;
}

/** Where, what is wrong, and what to write instead; the schema's descriptions say the latter. */
export function describeViolation(violation: Violation, place: (path: SettingPath) => string): string[] {
  const { keyword, params, data } = violation;
  const part = (violation.parentSchema ?? {}) as SchemaPart;
  const at = place(pathOf(violation));
  switch (keyword) {
    case 'required': {
      const missing = String(params.missingProperty);
      return [`${at}: ${missing} is missing; write ${wanted(part.properties?.[missing] ?? {})}`];
    }
    case 'additionalProperties': {
      const name = String(params.additionalProperty);
      const known = Object.keys(part.properties ?? {});
      const hint = didYouMean(name, known) || `; known are ${known.join(', ')}`;
      return [`${at}: there is no such setting${hint}`];
    }
    // The reason follows as a violation of its own.
    case 'propertyNames':
      return [];
    case 'enum': {
      const allowed = params.allowedValues as readonly string[];
      const hint = typeof data === 'string' ? didYouMean(data, allowed) : '';
      return [`${at}: is ${shown(data, part)}; write ${allowed.join(' or ')}${hint}`];
    }
    default:
      if (violation.propertyName !== undefined) return [`${at}: is no name for this; write ${wanted(part)}`];
      return [`${at}: is ${shown(data, part)}; write ${wanted(part)}`];
  }
}

function wanted({ description, type = 'value' }: SchemaPart): string {
  return description ?? `a ${[type].flat().join(' or ')}`;
}

const LONGEST = 60;

function shown(data: unknown, { writeOnly }: SchemaPart): string {
  if (data === null || data === '') return 'empty';
  if (Array.isArray(data)) return data.length === 0 ? 'an empty list' : 'a list';
  if (typeof data === 'object') return Object.keys(data).length === 0 ? 'empty' : 'a group of settings';
  if (writeOnly === true) return 'something else';
  const text = JSON.stringify(data);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
