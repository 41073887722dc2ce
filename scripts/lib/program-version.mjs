import { existsSync } from 'node:fs';
import { SetupError } from './setup-error.mjs';
import { capture, lastWords } from './child.mjs';

const TIME_LIMIT_MS = 30_000;

/** The version that `<path> --version` prints, as `1.9.1`. Throws SetupError when it does not run or says none. */
export async function readVersion(path, { env } = {}) {
  const result = await capture(path, ['--version'], { env, signal: AbortSignal.timeout(TIME_LIMIT_MS) });
  if (result.stopped) throw new SetupError(`${path} did not answer --version within ${TIME_LIMIT_MS / 1000} s`);
  if (result.code !== 0) throw new SetupError(`${path} does not run: ${lastWords(result, 1)}`);
  const found = /\bversion v?(\d+\.\d+\.\d+)/.exec(result.stdout);
  if (!found) throw new SetupError(`${path} --version names no version: ${lastWords(result, 1)}`);
  return found[1];
}

/** Whether version `a` is older than version `b`; both `major.minor.patch`. */
export function isOlder(a, b) {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  const at = left.findIndex((number, index) => number !== right[index]);
  return at >= 0 && left[at] < right[at];
}

/** The version of a pinned program, at least the pinned one. One that tells none has to be there, no more. */
export async function readPinned(pin, path, options) {
  if (!pin.fromPypiAlone) return readVersionAtLeast(path, pin.version, options);
  if (!existsSync(path)) throw new SetupError(`there is no ${path}`);
  return pin.version;
}

/** As `readVersion`, and refuses what is older than `version`. */
async function readVersionAtLeast(path, version, options) {
  const found = await readVersion(path, options);
  if (isOlder(found, version)) throw new SetupError(`${path} is version ${found}; ${version} or newer is needed`);
  return found;
}
