import { parse } from 'secure-json-parse';
import { InputError } from '../domain/errors';

/** Docebo's messages are four levels deep; what follows may recurse safely. */
export const MAX_JSON_DEPTH = 32;

/**
 * A request's body as JSON, with keys that could reach a prototype (`__proto__`, `constructor.prototype`) taken out.
 * Messages name the place, never the content.
 *
 * @throws InputError INPUT_BODY_EMPTY, INPUT_BODY_NOT_UTF8, INPUT_BODY_NOT_JSON, INPUT_BODY_TOO_DEEP, INPUT_CONTENT_TYPE
 */
export function parseJsonBody(body: Buffer, contentType: string | undefined): unknown {
  const text = decode(body);
  if (text.trim() === '') throw emptyBody();
  let json: unknown;
  try {
    json = parse(text, { protoAction: 'remove', constructorAction: 'remove' });
  } catch (error) {
    throw notJson(whereItFails(error, text.length), contentType);
  }
  refuseDepth(json);
  return json;
}

export function emptyBody(): InputError {
  return new InputError('The body is empty: a JSON object is expected.', { code: 'INPUT_BODY_EMPTY' });
}

/** @throws InputError INPUT_CONTENT_ENCODING */
export function refuseContentEncoding(contentEncoding: string | undefined): void {
  if (contentEncoding === undefined || contentEncoding.trim().toLowerCase() === 'identity') return;
  throw new InputError('The body is compressed (content-encoding): send it plain.', { code: 'INPUT_CONTENT_ENCODING' });
}

function decode(body: Buffer): string {
  const code = 'INPUT_BODY_NOT_UTF8';
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new InputError('The body is not valid UTF-8, as JSON must be.', { code });
  }
  if (!text.includes('\0')) return text;
  throw new InputError('The body holds NUL bytes: it looks like UTF-16, and JSON must be UTF-8.', { code });
}

/** The cause is left out on purpose: V8's message quotes the text around the error. */
function notJson(where: string, contentType: string | undefined): InputError {
  if (contentType !== undefined && !/\bjson\b/i.test(contentType)) {
    return new InputError('Neither the content-type nor the body is JSON: send application/json.', {
      code: 'INPUT_CONTENT_TYPE',
    });
  }
  return new InputError(`The body is not JSON: ${where}.`, { code: 'INPUT_BODY_NOT_JSON' });
}

function whereItFails(error: unknown, length: number): string {
  const message = error instanceof Error ? error.message : '';
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  const isCutOff = /^Unexpected end/.test(message) || (position !== undefined && Number(position) >= length);
  if (isCutOff) return 'it ends too early, as if cut off';
  return position === undefined ? 'it does not parse' : `it does not parse at character ${position}`;
}

/** Level by level, not by recursion: the depth is what the sender chose. */
function refuseDepth(json: unknown): void {
  let level = [json];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_JSON_DEPTH) {
      throw new InputError(`The body is nested deeper than ${MAX_JSON_DEPTH} levels.`, { code: 'INPUT_BODY_TOO_DEEP' });
    }
    const next: unknown[] = [];
    for (const node of level) {
      if (typeof node !== 'object' || node === null) continue;
      for (const value of Object.values(node)) next.push(value);
    }
    level = next;
  }
}
