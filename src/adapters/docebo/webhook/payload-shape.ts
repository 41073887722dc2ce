import type { UnknownEventShape } from '../../../domain/hints';
import { escapeKey } from '../profile/json-pointers';
import { isObject, type JsonObject } from '../api/wire';

const MAX_POINTERS = 60;
const MAX_DEPTH = 8;
const MAX_KEY = 60;

/**
 * Where values stand in payloads, for an operator who writes a profile: keys, never values. Of a list only its first entry is looked at.
 * Keys that look like data (an address, a long text) are shown as `*`.
 */
export function describeShape(input: {
  readonly event: string;
  readonly payloads: readonly JsonObject[];
  readonly reason: UnknownEventShape['reason'];
}): UnknownEventShape {
  const pointers = new Set<string>();
  for (const payload of input.payloads) collect(payload, '', 0, pointers);
  return { event: input.event, pointers: [...pointers].sort().slice(0, MAX_POINTERS), reason: input.reason };
}

function collect(value: unknown, at: string, depth: number, pointers: Set<string>): void {
  const entries = Array.isArray(value)
    ? value.slice(0, 1).map((v: unknown): [string, unknown] => ['0', v])
    : isObject(value)
      ? Object.entries(value)
      : [];
  if (entries.length === 0 || depth >= MAX_DEPTH) {
    if (at !== '') pointers.add(at);
    return;
  }
  for (const [key, child] of entries) collect(child, `${at}/${showKey(key)}`, depth + 1, pointers);
}

function showKey(key: string): string {
  return key.length > MAX_KEY || /[@\s]/.test(key) ? '*' : escapeKey(key);
}
