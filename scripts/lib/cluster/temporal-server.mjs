import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { capture, lastWords } from '../child.mjs';
import { secondsSince, withHeartbeat } from '../progress.mjs';
import { userCacheFolder } from '../project.mjs';
import { findOnPath } from '../search-path.mjs';
import { SetupError } from '../setup-error.mjs';
import { withTemporaryFolder } from '../temporary-folder.mjs';

const MODULE = 'go.temporal.io/server';
/** Folder of the command in the module, and the name that images give it. */
const PROGRAMS = { 'cmd/server': 'temporal-server', 'cmd/tools/sql': 'temporal-sql-tool' };

/**
 * The real server and its tool for databases, built from the source of that version by Go's module proxy; once for this machine.
 * Answers the folder that holds both.
 */
export async function ensureTemporalServer({ version, log, env = process.env, cacheDir = userCacheFolder(env) }) {
  const folder = join(cacheDir, 'temporal-server', version);
  if (Object.values(PROGRAMS).every((name) => existsSync(join(folder, name)))) {
    log(`${version} (built before: ${folder})`);
    return folder;
  }
  const go = await findOnPath('go', env);
  if (go === undefined) {
    throw new SetupError(
      `verify:cluster runs the real Temporal server and builds it from source: it needs Go 1.26 or later (https://go.dev/dl/), found as "go" on PATH, ` +
        `and once about 10 minutes. Or put ${Object.values(PROGRAMS).join(' and ')} of version ${version} into ${folder}.`,
    );
  }
  const startedAt = Date.now();
  await withTemporaryFolder(join(folder, '..'), async (unfinished) => {
    const packages = Object.keys(PROGRAMS).map((path) => `${MODULE}/${path}@v${version}`);
    const build = () => capture(go, ['install', ...packages], { env: { ...env, GOBIN: unfinished } });
    const built = await withHeartbeat(build, { log, text: `building ${MODULE} ${version}`, everyMs: 60_000 });
    if (built.code !== 0) throw new SetupError(`Go could not build ${MODULE} ${version}: ${lastWords(built)}`);
    await mkdir(folder, { recursive: true });
    for (const [path, name] of Object.entries(PROGRAMS)) {
      await rename(join(unfinished, path.split('/').at(-1)), join(folder, name));
    }
  });
  log(`${version} (built in ${secondsSince(startedAt)} s)`);
  return folder;
}
