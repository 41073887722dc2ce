import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { AppError, ConfigError, InputError } from '../domain/errors';

/** Encrypts with the first key; decrypts with whichever key the payload names. */
export type KeyRing = readonly { readonly id: string; readonly key: Uint8Array }[];

/** Told the code of what could not be decrypted. */
export type OnUnreadable = (code: string) => void;

export const ENCODING = 'binary/convoke-v1';
/** Names the key in a payload's metadata. */
export const KEY_ID = 'encryption-key-id';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/**
 * gzip, then AES-256-GCM, for everything that crosses Temporal: inputs, results, signals, failure details, summaries.
 * Layout of `data`: 12 bytes IV, 16 bytes tag, cipher text of the gzipped protobuf payload. The key's id is authenticated.
 * Payloads in other encodings pass through `decode`, so that the codec can be switched on for a live namespace.
 */
export function createPayloadCodec(keys: KeyRing, onUnreadable: OnUnreadable = () => undefined): PayloadCodec {
  const active = keys[0];
  if (active === undefined) throw new ConfigError(['The codec has no key: give at least one.'], 'CONFIG_CODEC_KEYS');
  const byId = new Map(keys.map((k) => [k.id, k.key]));

  return {
    encode: (payloads) => Promise.resolve(payloads.map((payload) => seal(payload, active))),
    decode: (payloads) => {
      try {
        return Promise.resolve(payloads.map((payload) => open(payload, byId)));
      } catch (error) {
        if (error instanceof AppError) onUnreadable(error.code);
        throw error;
      }
    },
  };
}

function seal(payload: Payload, { id, key }: KeyRing[number]): Payload {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(text(id));
  const plain = gzipSync(temporal.api.common.v1.Payload.encode(payload).finish());
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return {
    metadata: { encoding: text(ENCODING), [KEY_ID]: text(id) },
    data: Buffer.concat([iv, cipher.getAuthTag(), sealed]),
  };
}

function open(payload: Payload, keys: ReadonlyMap<string, Uint8Array>): Payload {
  if (read(payload, 'encoding') !== ENCODING) return payload;
  const id = read(payload, KEY_ID);
  const key = keys.get(id);
  if (key === undefined) {
    throw new ConfigError(
      [
        `A payload was encrypted with the key "${id}", which the key ring lacks: put that key back into CONVOKE_CODEC_KEYS, behind the others.`,
      ],
      'CONFIG_CODEC_KEYS',
    );
  }
  const data = payload.data ?? new Uint8Array();
  try {
    // Else a shorter tag would do.
    const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(text(id));
    decipher.setAuthTag(data.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const plain = Buffer.concat([decipher.update(data.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    return temporal.api.common.v1.Payload.decode(gunzipSync(plain));
  } catch (cause) {
    const message = `A payload could not be decrypted with the key "${id}": it was changed, or the key is another one.`;
    throw new InputError(message, { code: 'CODEC_UNREADABLE', cause });
  }
}

function read(payload: Payload, key: string): string {
  const value = payload.metadata?.[key];
  return value == null ? '' : new TextDecoder().decode(value);
}
