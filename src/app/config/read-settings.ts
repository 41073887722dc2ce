import Ajv2020 from 'ajv/dist/2020';
import schema from '../../../convoke.schema.json';
import { describeViolation, pathOf } from './describe-violation';
import type { Violation } from './describe-violation';
import { parseYaml } from './parse-yaml';
import type { SettingPath } from './parse-yaml';
import type { SettingsFile } from './settings-file';

/** convoke.yaml, checked against its schema. */
export interface SettingsReading {
  /** What can be used: a platform, a mailbox or another section with a mistake in it is left out. */
  readonly file: SettingsFile;
  /** All keys, of faulty ones too, so that references to them are not called wrong. */
  readonly platformKeys: readonly string[];
  readonly mailboxKeys: readonly string[];
  readonly place: (path: SettingPath) => string;
  readonly problems: readonly string[];
}

const validate = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(schema);

export function readSettings(yamlText: string, fileName: string): SettingsReading {
  const { data, place, problems } = parseYaml(yamlText, fileName);
  const violations = problems.length > 0 || validate(data) ? [] : ((validate.errors ?? []) as Violation[]);
  return {
    file: {
      ...usableSections(data, violations),
      platforms: usableEntries(data, 'platforms', violations),
      mailboxes: usableEntries(data, 'mailboxes', violations),
    },
    platformKeys: Object.keys(sectionOf(data, 'platforms')),
    mailboxKeys: Object.keys(sectionOf(data, 'mailboxes')),
    place,
    problems: [...problems, ...violations.flatMap((violation) => describeViolation(violation, place))],
  };
}

function usableSections(
  data: unknown,
  violations: readonly Violation[],
): Omit<SettingsFile, 'platforms' | 'mailboxes'> {
  const sections = Object.entries(isObject(data) ? data : {});
  return Object.fromEntries(sections.filter(([name]) => isUsable([name], violations)));
}

function usableEntries<T>(
  data: unknown,
  section: string,
  violations: readonly Violation[],
): Readonly<Record<string, T>> {
  const entries = Object.entries(sectionOf(data, section));
  return Object.fromEntries(entries.filter(([key]) => isUsable([section, key], violations))) as Record<string, T>;
}

function isUsable(path: readonly string[], violations: readonly Violation[]): boolean {
  return !violations.some((violation) => {
    const at = pathOf(violation).map(String);
    return path.every((part, i) => at[i] === part);
  });
}

function sectionOf(data: unknown, section: string): Readonly<Record<string, unknown>> {
  const value = isObject(data) ? data[section] : undefined;
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
