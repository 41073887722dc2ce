import { CONVOKE_REMEDIES, UNKNOWN_REMEDY } from './remedies/convoke';
import { DOCEBO_REMEDIES } from './remedies/docebo';
import { MICROSOFT_REMEDIES } from './remedies/microsoft';
import type { Remedies, Remedy } from './remedies/remedy';
import { describeScope, detailOf } from './scope-of';

/** By error code: every code that can reach an operator. A test looks for those that are missing, here and in docs/errors.md. */
export const REMEDIES: Remedies = { ...DOCEBO_REMEDIES, ...MICROSOFT_REMEDIES, ...CONVOKE_REMEDIES };

/** What to tell of a code in a scope; for a code of a newer version, what is true of any failure. */
export function remedyFor(code: string, scope: string): Remedy {
  const remedy = Object.hasOwn(REMEDIES, code) ? REMEDIES[code] : undefined;
  const { title, ...rest } = remedy ?? UNKNOWN_REMEDY;
  const words = { '{scope}': describeScope(code, scope), '{detail}': detailOf(scope) ?? '' };
  const told = title.replace(/\{scope\}|\{detail\}/g, (name) => words[name as keyof typeof words]);
  return { ...rest, title: told.charAt(0).toUpperCase() + told.slice(1) };
}
