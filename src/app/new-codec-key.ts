import { randomBytes } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { replaceFile } from '../adapters/graph/tokens/replace-file';
import { InputError } from '../domain/errors';
import { toCodecKeys } from './config/keys';
import { readEnv } from './env';

const KEY_BYTES = 32;
const LINE = /^([ \t]*(?:export[ \t]+)?CONVOKE_CODEC_KEYS[ \t]*=[ \t]*)(["']?)([^"'\r\n#]*?)\2([ \t]*\r?)$/gm;

export interface NewKey {
  readonly id: string;
  /** `id:base64`: a secret. */
  readonly entry: string;
}

/** @param taken ids of the ring; the new one is the day, with a letter if there is one of that day. */
export function makeKey(now: Date, taken: readonly string[]): NewKey {
  const day = `k${now.toISOString().slice(0, 10).replaceAll('-', '')}`;
  let id = day;
  for (let i = 0; taken.includes(id); i++) id = i < 25 ? `${day}${String.fromCharCode(98 + i)}` : `${day}-${i}`;
  return { id, entry: `${id}:${randomBytes(KEY_BYTES).toString('base64')}` };
}

/**
 * Puts the key behind those of the file's `CONVOKE_CODEC_KEYS`. The file is replaced whole, so that it is never half written; its mode stays,
 * and so does every other line.
 *
 * @throws InputError `INPUT_ENV_FILE`.
 */
export async function addKeyToFile(name: string, { id, entry }: NewKey): Promise<void> {
  const refuse = (why: string, cause?: unknown): InputError =>
    new InputError(`${name} was left as it is: ${why}`, { code: 'INPUT_ENV_FILE', cause });
  const { file, text, mode } = await readWhole(name).catch((error: unknown) => {
    throw refuse(`it cannot be read (${codeOf(error)})`, error);
  });
  const lines = [...text.matchAll(LINE)];
  const [line] = lines;
  if (line === undefined || lines.length > 1) {
    throw refuse(`CONVOKE_CODEC_KEYS must stand in it on one line, and stands on ${lines.length}`);
  }
  const ring = line[3] ?? '';
  const problems: string[] = [];
  const keys = toCodecKeys(readEnv({ CONVOKE_CODEC_KEYS: ring.trim() }), (problem) => problems.push(problem));
  if (problems.length > 0) throw refuse(problems.join('; '));
  if (keys.some((key) => key.id === id)) throw refuse(`it has a key "${id}" already`);
  const changed = text.replace(LINE, (_, before: string, quote: string, value: string, after: string) =>
    [before, quote, value.trim(), ',', entry, quote, after].join(''),
  );
  await replaceFile(file, changed, mode).catch((error: unknown) => {
    throw refuse(`it cannot be written (${codeOf(error)})`, error);
  });
}

async function readWhole(name: string) {
  // A link stays a link.
  const file = await realpath(name);
  const { mode } = await stat(file);
  return { file, text: await readFile(file, 'utf8'), mode: mode & 0o777 };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown';
}
