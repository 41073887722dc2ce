import { isObject } from './wire';

/** Stands for the message by which Docebo refuses the session list of a course that cannot have sessions. */
export const NO_SESSIONS = 'NO_SESSIONS';

/**
 * Code of a refused call. API errors are Yii's `{name, message, code, status}`, where `message` is a text or a list; OAuth errors are
 * `{error, error_description}`. Messages may quote personal data and are never passed on; only the one that is known by its words
 * ("does not have sessions", a 400; seen in public clients) becomes a code.
 */
export function readErrorCode(json: unknown): string | null {
  if (!isObject(json)) return null;
  const messages = [json['message']].flat();
  if (messages.some((m) => typeof m === 'string' && /does not have sessions/i.test(m))) return NO_SESSIONS;
  const code = [json['error'], json['name']].find((c) => typeof c === 'string' && /^[\w .-]{1,60}$/.test(c));
  return (code as string | undefined) ?? null;
}
