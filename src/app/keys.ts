import { createHash, createHmac } from 'node:crypto';
import type { AddressKeys, Digest } from '../domain/ports';

/** SHA-256, cut to 22 characters of base64url (132 bits): short enough for state, long enough never to collide. */
export const digest: Digest = (text) => createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** HMAC-SHA-256 of the lower-case address, cut to 11 characters (66 bits). Without the key, nobody can tell whose it is. */
export function createAddressKeys(key: Uint8Array): AddressKeys {
  return (address) => createHmac('sha256', key).update(address.trim().toLowerCase()).digest('base64url').slice(0, 11);
}

/**
 * The secret by which a notification is believed: 43 characters, other for each address that notifications go to. Graph takes 128. What is
 * hashed begins with words that no mail address begins with, so that it is never an address key.
 */
export function createClientStates(key: Uint8Array): (notificationUrl: string) => string {
  return (url) => createHmac('sha256', key).update(`change notifications to ${url}`).digest('base64url');
}
