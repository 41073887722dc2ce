import { ENCODING, KEY_ID } from '../payload-codec';

/** Where in a message payloads of a key were found. */
export interface KeysFound {
  /** Without these keys a worker can neither replay nor go on. */
  readonly needed: ReadonlySet<string>;
  /** Only shown to people: summaries and details, which no worker decodes. */
  readonly shown: ReadonlySet<string>;
}

/** The keys of all payloads anywhere in one of Temporal's messages, read from their metadata: nothing is decrypted. */
export function findKeys(message: unknown): KeysFound {
  const needed = new Set<string>();
  const shown = new Set<string>();
  walk(message, needed, shown);
  return { needed, shown };
}

function walk(value: unknown, into: Set<string>, shown: Set<string>): void {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  if (Array.isArray(value)) {
    for (const item of value) walk(item, into, shown);
    return;
  }
  const id = keyIdOf(value);
  if (id !== null) into.add(id);
  for (const [name, item] of Object.entries(value)) walk(item, name === 'userMetadata' ? shown : into, shown);
}

function keyIdOf(value: object): string | null {
  const { metadata } = value as { readonly metadata?: unknown };
  if (typeof metadata !== 'object' || metadata === null || !Object.hasOwn(metadata, KEY_ID)) return null;
  const { encoding, [KEY_ID]: id } = metadata as Readonly<Record<string, unknown>>;
  // Others who share the namespace may have a codec of their own.
  return textOf(encoding) === ENCODING ? textOf(id) : null;
}

function textOf(value: unknown): string | null {
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : null;
}
