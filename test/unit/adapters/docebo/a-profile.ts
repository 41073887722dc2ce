import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadProfile, type TenantProfile } from '../../../../src/adapters/docebo/profile/profile';

export const PROFILE_NAMES = ['assumed-v1', 'assumed-v2'] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

/** A profile's JSON, to be changed at JSON pointers. */
export interface ProfileDraft {
  readonly json: unknown;
  set(pointer: string, value: unknown): void;
  push(pointer: string, value: unknown): void;
  remove(pointer: string): void;
}

export function draftProfile(name: ProfileName = 'assumed-v1'): ProfileDraft {
  const file = join(__dirname, '../../../../profiles', `${name}.json`);
  const json = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const walk = (keys: readonly string[]) =>
    keys.reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, json);
  const split = (pointer: string): [Record<string, unknown>, string] => {
    const keys = pointer.slice(1).split('/');
    return [walk(keys.slice(0, -1)), keys.at(-1) ?? ''];
  };
  return {
    json,
    set(pointer, value) {
      const [at, key] = split(pointer);
      at[key] = value;
    },
    push(pointer, value) {
      const [at, key] = split(pointer);
      (at[key] as unknown[]).push(value);
    },
    remove(pointer) {
      const [at, key] = split(pointer);
      delete at[key];
    },
  };
}

/** A profile that ships, with changes. */
export function aProfile(
  change: (profile: ProfileDraft) => void = () => undefined,
  name: ProfileName = 'assumed-v1',
): TenantProfile {
  const draft = draftProfile(name);
  change(draft);
  return loadProfile(draft.json, `${name}.json`);
}
