import type { KeyRing } from '../../temporal/payload-codec';
import type { Env } from '../env';

type Report = (problem: string) => void;

const KEY_BYTES = 32;
const MAKE_KEY = 'make one with: openssl rand -base64 32';

/** `id:base64[,id:base64...]`; the first encrypts. Empty, and reports, when something is wrong. */
export function toCodecKeys({ variables }: Env, report: Report): KeyRing {
  const name = 'CONVOKE_CODEC_KEYS';
  const text = variables[name];
  if (text === undefined) {
    report(`${name}: is missing; write an id, a colon and a key of 32 bytes in base64, such as 2026a:...; ${MAKE_KEY}`);
    return [];
  }
  const ids = new Set<string>();
  return text.split(',').flatMap((entry, i) => {
    const [, id = '', encoded = ''] = /^([A-Za-z0-9._-]{1,32}):(.+)$/.exec(entry.trim()) ?? [];
    const key = fromBase64(encoded);
    if (id === '' || key?.length !== KEY_BYTES) {
      const what = id === '' ? `entry ${i + 1}` : `the key "${id}"`;
      report(`${name}: ${what} is not id:key with ${KEY_BYTES} bytes in base64; ${MAKE_KEY}`);
      return [];
    }
    if (ids.has(id)) report(`${name}: the id "${id}" comes twice; every key needs an id of its own`);
    ids.add(id);
    return [{ id, key }];
  });
}

/** At least 32 bytes in base64. */
export function toAddressKey({ variables }: Env, report: Report): Uint8Array | null {
  const name = 'CONVOKE_ADDRESS_KEY';
  const text = variables[name];
  if (text === undefined) {
    report(`${name}: is missing; write a key of 32 bytes in base64 and never change it; ${MAKE_KEY}`);
    return null;
  }
  const key = fromBase64(text);
  if (key !== null && key.length >= KEY_BYTES) return key;
  report(`${name}: is not base64 of at least ${KEY_BYTES} bytes; ${MAKE_KEY}`);
  return null;
}

const TOKEN_CHARACTERS = 20;

/** null when there is none, or, with a report, when it is too easy to guess. */
export function toCodecToken({ variables }: Env, report: Report): string | null {
  const token = variables.CONVOKE_CODEC_TOKEN;
  if (token === undefined) return null;
  if (new RegExp(`^[A-Za-z0-9._~+/=-]{${TOKEN_CHARACTERS},}$`).test(token)) return token;
  report(
    `CONVOKE_CODEC_TOKEN: is no bearer token of at least ${TOKEN_CHARACTERS} letters, digits and ._~+/=-; make one with: openssl rand -hex 32`,
  );
  return null;
}

/** Node decodes anything; what does not come back the same was no base64. */
function fromBase64(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64');
  const plain = (encoded: string): string => encoded.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  return plain(bytes.toString('base64')) === plain(text) ? new Uint8Array(bytes) : null;
}
