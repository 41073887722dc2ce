import { chmod, mkdir, rename } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './setup-error.mjs';
import { readVersion } from './program-version.mjs';

/** Where a pinned program of an earlier download lies: `<cache>/temporal-cli/1.9.1/temporal`. */
export function cachedPath(pin, cacheDir) {
  return join(cacheDir, pin.cacheFolder, pin.version, pin.program);
}

/** The program of an earlier download. Throws SetupError when there is none, or one that is broken. */
export async function findCached(pin, cacheDir) {
  const path = cachedPath(pin, cacheDir);
  if (!existsSync(path)) throw new SetupError(`none at ${path}`);
  return { path, version: await readPinnedVersion(pin, path) };
}

/**
 * Moves a downloaded file into the cache, once it has proved to be the pinned version. `file` lies in the same file
 * system, so the rename is atomic: of several runs at once each sees nothing or a whole program.
 */
export async function storeInCache(pin, cacheDir, file) {
  await chmod(file, 0o755);
  const version = await readPinnedVersion(pin, file);
  const path = cachedPath(pin, cacheDir);
  await mkdir(join(path, '..'), { recursive: true });
  await rename(file, path);
  return { path, version };
}

async function readPinnedVersion(pin, path) {
  if (pin.fromPypiAlone) return pin.version;
  const version = await readVersion(path);
  if (version !== pin.version) throw new SetupError(`${path} is version ${version}, not ${pin.version}`);
  return version;
}
