import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { PlatformKey } from '../domain/model';

export interface BasicCredential {
  readonly user: string;
  readonly password: string;
}

/** `unknown-platform`: the credentials are those of some platform, but the path names none. */
export type BasicVerdict = 'accepted' | 'refused' | 'unknown-platform';

export type VerifyBasic = (authorization: string | undefined, platform: PlatformKey) => BasicVerdict;

/**
 * Checks HTTP Basic credentials. Every accepted pair of every platform is compared, whatever matches, so that the time tells
 * neither how much of a password was right nor whether a platform exists.
 *
 * A path that names no platform is told apart only to callers who hold credentials of one: anybody else gets the same refusal as
 * for a wrong password, and cannot find out platform keys (they may name customers). The operator who mistyped the URL does learn it.
 */
export function createBasicVerifier(
  platforms: Readonly<Record<PlatformKey, { readonly credentials: readonly BasicCredential[] }>>,
): VerifyBasic {
  const digest = createDigest();
  const known = new Set(Object.keys(platforms));
  const accepted = Object.entries(platforms).flatMap(([platform, { credentials }]) =>
    credentials.map(({ user, password }) => ({ platform, digest: digest(`${user}:${password}`) })),
  );
  return function verifyBasic(authorization, platform) {
    const offered = digest(readBasic(authorization));
    let here = false;
    let anywhere = false;
    for (const candidate of accepted) {
      const equal = timingSafeEqual(offered, candidate.digest);
      anywhere = equal || anywhere;
      here = (equal && candidate.platform === platform) || here;
    }
    if (here) return 'accepted';
    return anywhere && !known.has(platform) ? 'unknown-platform' : 'refused';
  };
}

/** Compares in a time that tells nothing of the secret. */
export function createSecretVerifier(secret: string): (offered: string) => boolean {
  const digest = createDigest();
  const expected = digest(secret);
  return (offered) => timingSafeEqual(digest(offered), expected);
}

/** Digests of one length, whatever the secret's; the key is new in every process, so that they are of no use elsewhere. */
export function createDigest(): (secret: string | Buffer) => Buffer {
  const key = randomBytes(32);
  return (secret) => createHmac('sha256', key).update(secret).digest();
}

/** The bytes of `user:password`; empty when there are none, which matches nothing: accepted pairs hold a colon. */
function readBasic(authorization: string | undefined): Buffer {
  const [, encoded = ''] = /^Basic +([A-Za-z0-9+/_-]+={0,2}) *$/i.exec(authorization ?? '') ?? [];
  return Buffer.from(encoded, 'base64');
}
