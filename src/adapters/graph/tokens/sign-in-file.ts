import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AccessError } from '../../../domain/errors';
import { replaceFile } from './replace-file';
import type { SignInStore } from './sign-in-store';

/** The first encrypts, all decrypt. */
export type SignInKeys = readonly { readonly id: string; readonly key: Uint8Array }[];

/** A sign-in in a file, which also tells and changes under which key it lies. */
export interface SignInFile extends SignInStore {
  /** Without a key; null: nobody has signed in. Throws as `read`. */
  sealedUnder(): Promise<{ readonly keyId: string; readonly at: Date } | null>;
  /** Writes what is there anew under the first key. Throws as `read`, and AccessError `GRAPH_SIGN_IN` when it cannot be written. */
  reseal(): Promise<void>;
}

interface Sealed {
  readonly v: 1;
  readonly key: string;
  readonly iv: string;
  readonly tag: string;
  readonly data: string;
}

/**
 * A sign-in in an encrypted file, readable by its owner alone and replaced whole, so that several processes and replicas can share it.
 * The key is derived from the codec's for this purpose; the account stands in the sealed part, so that one file cannot stand in for another.
 */
export function createSignInFile(options: {
  readonly path: string;
  readonly keys: SignInKeys;
  /** Account and app that the sign-in belongs to. */
  readonly label: string;
  /** How the operator mends a file that cannot be read. */
  readonly advice: string;
}): SignInFile {
  const { path: file, keys, label, advice } = options;

  function unreadable(why: string, cause?: unknown): AccessError {
    return new AccessError(`The file with the sign-in ${why}: ${advice}`, { code: 'GRAPH_SIGN_IN', cause });
  }

  async function readText(): Promise<string | null> {
    try {
      return await readFile(file, 'utf8');
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
      if (code === 'ENOENT') return null;
      throw unreadable(`cannot be read (${code})`, error);
    }
  }

  function toSealed(text: string): Sealed {
    const sealed = parse(text);
    if (sealed === null) throw unreadable('is damaged');
    return sealed;
  }

  function open(sealed: Sealed): string {
    const key = keys.find(({ id }) => id === sealed.key);
    if (key === undefined) throw unreadable(`needs the key "${sealed.key}", which CONVOKE_CODEC_KEYS does not hold`);
    try {
      return unseal(sealed, key.key, label);
    } catch (error) {
      throw unreadable('is damaged, or of another account or key', error);
    }
  }

  function sealNow(text: string): string {
    const [first] = keys;
    if (first === undefined) throw unreadable('cannot be written without a key');
    return JSON.stringify(seal(text, first, label));
  }

  return {
    async read() {
      const text = await readText();
      return text === null ? null : open(toSealed(text));
    },

    async write(text) {
      const sealed = sealNow(text);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await replaceFile(file, sealed);
    },

    async sealedUnder() {
      const text = await readText();
      if (text === null) return null;
      const { mtime } = await stat(file);
      return { keyId: toSealed(text).key, at: mtime };
    },

    async reseal() {
      for (;;) {
        const text = await readText();
        if (text === null) return;
        const sealed = toSealed(text);
        if (sealed.key === keys[0]?.id) return;
        const fresh = sealNow(open(sealed));
        // Somebody may have signed in or refreshed meanwhile: theirs is newer.
        if ((await readText()) !== text) continue;
        try {
          return await replaceFile(file, fresh);
        } catch (error) {
          throw unreadable(`cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`, error);
        }
      }
    },

    async remove() {
      const was = await readText();
      await rm(file, { force: true });
      return was !== null;
    },
  };
}

function seal(text: string, { id, key }: SignInKeys[number], label: string): Sealed {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', purposeKey(key), iv).setAAD(Buffer.from(label));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
  return { v: 1, key: id, iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data };
}

function unseal({ iv, tag, data }: Sealed, key: Uint8Array, label: string): string {
  const decipher = createDecipheriv('aes-256-gcm', purposeKey(key), Buffer.from(iv, 'base64'), { authTagLength: 16 })
    .setAAD(Buffer.from(label))
    .setAuthTag(Buffer.from(tag, 'base64'));
  return Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8');
}

/** What the codec encrypts and what is sealed here must not share a key: neither can then be passed off as the other. */
function purposeKey(key: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'convoke sign-in', 32));
}

function parse(text: string): Sealed | null {
  try {
    const value = JSON.parse(text) as Partial<Sealed> | null;
    const fields = [value?.key, value?.iv, value?.tag, value?.data];
    return value?.v === 1 && fields.every((field) => typeof field === 'string') ? (value as Sealed) : null;
  } catch {
    return null;
  }
}
