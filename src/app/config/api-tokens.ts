import type { Env } from '../env';
import { isApiRole, type ApiRole } from './api-roles';

/** Who sends the token may do what its roles say. Several may have one name, while a token changes. */
export interface ApiToken {
  /** For the audit log: a program or a desk, not a person. */
  readonly name: string;
  readonly roles: readonly ApiRole[];
  readonly token: string;
}

const NAME = 'CONVOKE_API_TOKENS';
const TOKEN_CHARACTERS = 32;
const TOKEN = new RegExp(`^[A-Za-z0-9._~+/=-]{${TOKEN_CHARACTERS},}$`);

/** `name:role[+role]:token`, or several with commas between them; empty, and reports, when something is wrong. No report quotes a token. */
export function toApiTokens({ variables }: Env, report: (problem: string) => void): ApiToken[] {
  const entries = variables[NAME]?.split(',') ?? [];
  const seen = new Set<string>();
  return entries.flatMap((entry, i) => {
    const which = `${NAME}: entry ${i + 1}`;
    const [name = '', roles = '', token = '', ...more] = entry.trim().split(':');
    if (more.length > 0 || !/^[a-z0-9-]{1,32}$/.test(name)) {
      report(`${which} is not name:role:token; write the name in lower-case letters, digits and dashes`);
      return [];
    }
    const asked = roles.split('+');
    if (!asked.every(isApiRole)) {
      report(`${which} ("${name}") has roles other than read, operate and decode; join several with a plus sign`);
      return [];
    }
    if (!TOKEN.test(token)) {
      report(
        `${which} ("${name}") has no bearer token of at least ${TOKEN_CHARACTERS} letters, digits and ._~+/=-; make one with: openssl rand -hex 32`,
      );
      return [];
    }
    if (seen.has(token))
      report(`${which} ("${name}") has the token of another entry; every entry needs one of its own`);
    seen.add(token);
    return [{ name, roles: asked, token }];
  });
}
