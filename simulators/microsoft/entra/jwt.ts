import {
  constants,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';

export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signed: string;
  readonly signature: Buffer;
}

/** null for a text that is none. Nothing is verified. */
export function readJwt(text: string): Jwt | null {
  const [header = '', claims = '', signature = '', ...rest] = text.split('.');
  if (rest.length > 0 || signature === '') return null;
  try {
    const part = (encoded: string) =>
      JSON.parse(Buffer.from(encoded, 'base64url').toString()) as Record<string, unknown>;
    return {
      header: part(header),
      claims: part(claims),
      signed: `${header}.${claims}`,
      signature: Buffer.from(signature, 'base64url'),
    };
  } catch {
    return null;
  }
}

/** RS256 and PS256, the two that Entra takes from a client. */
export function isSignedBy({ header, signed, signature }: Jwt, key: KeyObject): boolean {
  const data = Buffer.from(signed);
  if (header.alg === 'RS256') return verify('sha256', data, key, signature);
  if (header.alg !== 'PS256') return false;
  const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return verify('sha256', data, pss, signature);
}

export function keyOf(jwk: Record<string, unknown>): KeyObject {
  return createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
}

let own: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } | null = null;
const OWN_KEY_ID = 'simulated-1';

/** With the key that `publicKeys` shows. */
export function signJwt(claims: Record<string, unknown>): string {
  const encoded = [{ typ: 'JWT', alg: 'RS256', kid: OWN_KEY_ID }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const signed = encoded.join('.');
  return `${signed}.${sign('sha256', Buffer.from(signed), ownKeys().privateKey).toString('base64url')}`;
}

export function publicKeys(): Record<string, unknown> {
  return { keys: [{ ...ownKeys().publicKey.export({ format: 'jwk' }), kid: OWN_KEY_ID, use: 'sig' }] };
}

function ownKeys() {
  own ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  return own;
}
