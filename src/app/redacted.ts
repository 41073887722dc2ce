import { inspect } from 'node:util';

const CENSORED = '(secrets)';

/**
 * The same object, whose JSON and whose picture in logs and errors say only that it holds secrets; the objects in it as well. Reading a
 * field and spreading work as before.
 */
export function redacted<T extends object>(secrets: T): T {
  if (ArrayBuffer.isView(secrets)) return secrets;
  for (const part of Object.values(secrets)) {
    if (typeof part === 'object' && part !== null) redacted(part as object);
  }
  Object.defineProperty(secrets, 'toJSON', { value: () => CENSORED });
  Object.defineProperty(secrets, inspect.custom, { value: () => CENSORED });
  return Object.freeze(secrets);
}
