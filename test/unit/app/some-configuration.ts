import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import type { ReadFile } from '../../../src/app/config/config-context';
import { toConfig } from '../../../src/app/config';
import type { Configuration } from '../../../src/app/config';
import { readEnv } from '../../../src/app/env';
import { thrownConfigError } from '../thrown-config-error';

const ROOT = path.resolve(__dirname, '../../..');
const KEY = Buffer.alloc(32, 7).toString('base64');

/** The least that works. */
export const SOME_ENV = {
  CONVOKE_DOCEBO_ACADEMY_CLIENT_ID: 'docebo-client',
  CONVOKE_DOCEBO_ACADEMY_CLIENT_SECRET: 'docebo-secret',
  CONVOKE_WEBHOOK_ACADEMY: 'hook:hook-password',
  CONVOKE_MICROSOFT_CLIENT_SECRET: 'microsoft-secret',
  CONVOKE_CODEC_KEYS: `2026a:${KEY}`,
  CONVOKE_ADDRESS_KEY: KEY,
};

export const SOME_YAML = `
platforms:
  academy:
    baseUrl: https://academy.example.com
    profile: assumed-v1
mailboxes:
  training:
    user: training@example.com
microsoft:
  tenant: contoso.onmicrosoft.com
  clientId: 00001111-aaaa-2222-bbbb-3333cccc4444
`.trimStart();

export interface Situation {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly yaml?: string;
  /** Files beside convoke.yaml, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** The configuration that the least working one becomes with these changes. */
export function configure({ env = {}, yaml = SOME_YAML, files = {} }: Situation = {}): Configuration {
  return toConfig(readEnv({ ...SOME_ENV, ...env }), yaml, readerOf(files));
}

/** What is wrong with it. */
export function problemsOf(situation: Situation): readonly string[] {
  return thrownConfigError(() => configure(situation)).problems;
}

/** `SOME_YAML` with settings put over it, group by group; undefined takes one out. */
export function yamlWith(changes: Readonly<Record<string, unknown>>): string {
  return stringify(merge(parse(SOME_YAML), changes));
}

function merge(base: unknown, changes: unknown): unknown {
  if (!isGroup(base) || !isGroup(changes)) return changes;
  const merged = Object.entries(changes).map(([key, value]) => [key, merge(base[key], value)] as const);
  return { ...base, ...Object.fromEntries(merged) };
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readerOf(files: Readonly<Record<string, string>>): ReadFile {
  return (file, base) => {
    if (base === 'package') return readFileSync(path.join(ROOT, file), 'utf8');
    const text = files[file];
    if (text === undefined) throw Object.assign(new Error(`no ${file}`), { code: 'ENOENT' });
    return text;
  };
}
