import { STATUS_CODES } from 'node:http';
import { isObject } from './wire';

/** Stands for the message by which Docebo refuses the session list of a course that cannot have sessions. */
export const NO_SESSIONS = 'NO_SESSIONS';

/** Of RFC 6749 and RFC 6750. */
const OAUTH_ERRORS: readonly string[] = [
  'access_denied',
  'insufficient_scope',
  'invalid_client',
  'invalid_grant',
  'invalid_request',
  'invalid_scope',
  'invalid_token',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
  'unsupported_grant_type',
];
/** Yii names its errors by HTTP's words for the status, and bugs by their class. */
const YII_NAMES = new Set(Object.values(STATUS_CODES).map((words) => words?.toLowerCase()));
const YII_CLASS = /^[A-Z]\w{0,50}(Exception|Error)$/;

/**
 * Code of a refused call. API errors are Yii's `{name, message, code, status}`, where `message` is a text or a list; OAuth errors are
 * `{error, error_description}`. Messages may quote personal data and are never passed on, nor is any word that is not of the vocabulary of
 * either; only the message that is known by its words ("does not have sessions", a 400; seen in public clients) becomes a code.
 */
export function readErrorCode(json: unknown): string | null {
  if (!isObject(json)) return null;
  const messages = [json['message']].flat();
  if (messages.some((m) => typeof m === 'string' && /does not have sessions/i.test(m))) return NO_SESSIONS;
  const { error, name } = json;
  if (typeof error === 'string' && OAUTH_ERRORS.includes(error)) return error;
  const isKnown = typeof name === 'string' && (YII_NAMES.has(name.toLowerCase()) || YII_CLASS.test(name));
  return isKnown ? name : null;
}
