import { InvariantError } from '../../domain/errors';

/** Queues are named after the configuration's keys: another key reaches a process only by a mistake of ours. */
export function known<T>(value: T | undefined, what: string, key: string): T {
  if (value !== undefined) return value;
  throw new InvariantError(`No ${what} "${key}" in this configuration`, { code: 'BUG_UNKNOWN_KEY' });
}
