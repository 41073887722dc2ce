import { createHash, createHmac } from 'node:crypto';
import type { AddressKeys, Digest } from '../domain/ports';

/** SHA-256, cut to 22 characters of base64url (132 bits): short enough for state, long enough never to collide. */
export const digest: Digest = (text) => createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** HMAC-SHA-256 of the lower-case address, cut to 11 characters (66 bits). Without the key, nobody can tell whose it is. */
export function createAddressKeys(key: Uint8Array): AddressKeys {
  return (address) => createHmac('sha256', key).update(address.trim().toLowerCase()).digest('base64url').slice(0, 11);
}
