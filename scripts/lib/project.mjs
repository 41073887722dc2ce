import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** What is downloaded once and serves every clone: `$XDG_CACHE_HOME/convoke` or `~/.cache/convoke`. */
export function userCacheFolder(env = process.env) {
  // The XDG specification: a relative path is invalid and is to be ignored.
  const base = env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : join(homedir(), '.cache');
  return join(base, 'convoke');
}
