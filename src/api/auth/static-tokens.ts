import { timingSafeEqual } from 'node:crypto';
import type { ApiToken } from '../../app/config/api-tokens';
import { createDigest } from '../credentials';
import type { Principal } from './principal';

/** Compares with every token, whatever matches: the time tells neither how much of one was right nor which it was. */
export function createTokenFinder(tokens: readonly ApiToken[]): (token: string) => Principal | null {
  const digest = createDigest();
  const known = tokens.map(({ name, roles, token }) => ({
    principal: { id: `token:${name}`, roles },
    digest: digest(token),
  }));
  return function findToken(offered) {
    const wanted = digest(offered);
    let found: Principal | null = null;
    for (const candidate of known) if (timingSafeEqual(wanted, candidate.digest)) found = candidate.principal;
    return found;
  };
}
